"""Données: every layer with what it says of itself, and the files that visitors bring."""
