"""What a map is read by: main roads, rivers and canals, railways, built-up areas."""
