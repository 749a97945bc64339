"""What the documents count: printed figures, what they measure, and what is said against them."""
