"""The pages of positions and of the geocoder."""
