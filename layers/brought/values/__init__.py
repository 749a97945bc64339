"""From a cell's text to a value: numbers and amounts as the French write them, dates, codes."""
