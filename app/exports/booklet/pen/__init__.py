"""Ink, letters and lines on a page."""
