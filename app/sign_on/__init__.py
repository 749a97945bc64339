"""Who signs on, as what, and what they may change; nobody needs to where nothing is set."""
