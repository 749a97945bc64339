"""The layer contract: schema, tables, points."""
