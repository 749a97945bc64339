"""Trying the geocoder: texts whose place is known, and what bad files make of them."""
