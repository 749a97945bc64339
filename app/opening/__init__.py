"""Opening the data: catalogue, store, geocoder, travel models."""
