"""The offline map: one HTML file, made with folium, that opens from a disk without a network."""

from app.exports.offline.contents import OfflineChoice
from app.exports.offline.page import offline_map

__all__ = ["OfflineChoice", "offline_map"]
