"""Everything that can be recomputed, held against what the documents print."""
