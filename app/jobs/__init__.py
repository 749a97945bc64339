"""Asking for long work: orders, and the processes that may do it."""
