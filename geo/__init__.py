"""Places: communes, EPCIs, territories, their borders, names and neighbours."""
