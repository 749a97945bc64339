"""What one reader sees, and what is told to them."""
