"""The contract booklets annexed to a deliberation."""
