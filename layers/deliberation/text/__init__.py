"""The text of a document, line by line."""
