"""Uncertain positions, and what they may be instead."""
