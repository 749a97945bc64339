"""What the server stands: many at once, processes killed again and again, minutes of mixed use."""
