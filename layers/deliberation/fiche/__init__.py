"""The fiche of an operation, as printed."""
