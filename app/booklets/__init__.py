"""The page Livrets."""
