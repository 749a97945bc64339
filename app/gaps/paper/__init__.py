"""Écarts on paper: note, map, files."""
