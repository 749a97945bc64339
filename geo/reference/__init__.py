"""The reference: every commune, EPCI, territory and canton, found by code or by name."""
