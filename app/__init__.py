"""Screens and files for people: the map page, the command line, the downloads."""
