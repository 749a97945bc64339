"""The catalogue of the layers, and what is taken from it."""
