"""The tables that several subjects read, adopt into and verify: each declared once, here."""
