"""Pages to be read like printed documents: plain HTML from the server, without any script."""
