"""Indicators: one number for each perimeter of a level."""
