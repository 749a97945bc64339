"""From a reviewed draft to the rows of the data."""
