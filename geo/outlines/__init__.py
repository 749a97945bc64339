"""Outlines: shared borders kept shared, simplified, measured, kept on disk."""
