"""Names on a printed map."""
