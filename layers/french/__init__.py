"""French for people: numbers, money, dates and periods in words."""
