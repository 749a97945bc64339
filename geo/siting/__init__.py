"""Siting: where further services would serve most."""
