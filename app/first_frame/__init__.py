"""The first frame: what a reader sees of a page with a map before any script, and without one."""
