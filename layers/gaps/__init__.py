"""Gaps: who lives too far from a service, and where one more would help."""
