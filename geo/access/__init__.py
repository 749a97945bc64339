"""Access to services: nearest, within a threshold, catchments, inequality."""
