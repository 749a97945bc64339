"""Finer outlines that an operator brings: read, matched to the reference, checked."""
