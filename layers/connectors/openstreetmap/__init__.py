"""OpenStreetMap, under the ODbL: what it gives is shown with its contributors named."""
