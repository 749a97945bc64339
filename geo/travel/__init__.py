"""Travel times between communes and sites: straight line, roads, or a table."""
