"""All the pages of a kind, in one go."""
