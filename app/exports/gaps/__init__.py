"""What is taken away from the page Écarts: the map, the note of a page, the table."""
