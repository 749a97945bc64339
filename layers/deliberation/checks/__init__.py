"""A draft held against itself."""
