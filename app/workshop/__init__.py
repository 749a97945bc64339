"""Doing long work: the warm process beside the server, and its jobs."""
