"""The store of adopted layers in a PostgreSQL with PostGIS, which several machines share."""
