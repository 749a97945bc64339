"""The address of a view: its words, read and written."""
