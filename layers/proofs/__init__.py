"""What shows that the figures can be relied on: published cases made again, accuracy."""
