"""Subjects shown on the map: one module a layer, one line each in the catalogue."""
