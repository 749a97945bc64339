"""The page Écarts."""
