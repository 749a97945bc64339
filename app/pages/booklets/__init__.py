"""Livrets: choose a territory, see its page, take it away; or all pages at once."""
