"""What portals, harvesters and search engines read of the whole: catalogue, robots, site map."""
