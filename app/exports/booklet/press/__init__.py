"""What a printer needs, and the check that a finished page has it."""
