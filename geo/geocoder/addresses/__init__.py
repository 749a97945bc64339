"""Streets and numbers of the département, on disk: made of the Base Adresse Nationale, found in."""
