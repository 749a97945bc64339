"""The map: outlines, points, names, legend, search."""
