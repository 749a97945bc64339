"""The geocoder: from words to places, without a network."""
