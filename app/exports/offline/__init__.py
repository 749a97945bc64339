"""The offline map: one HTML file, made with folium, that opens from a disk without a network."""
