"""The Base Adresse Nationale, asked over HTTP where the operator allows it."""
