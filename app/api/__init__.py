"""The layers, the indicators and the money as a service that QGIS takes (OGC API – Features)."""
