"""The two coordinate reference systems: one to measure in, one to exchange in."""

from typing import Final

MEASURE: Final = "EPSG:2154"
"""RGF93 v1 / Lambert-93: metres; lengths, areas and distances are computed in it alone."""

EXCHANGE: Final = "EPSG:4326"
"""WGS 84 longitude, latitude: what layers, files and the browser hold."""
