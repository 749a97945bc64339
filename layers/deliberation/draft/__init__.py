"""The draft that a person corrects."""
