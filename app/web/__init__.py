"""What every page needs of HTTP: addresses, templates, static files, privacy of an answer."""
