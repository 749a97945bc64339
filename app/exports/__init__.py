"""Files for people: the rows of a layer in the formats that they open elsewhere."""
