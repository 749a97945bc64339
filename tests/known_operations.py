"""The seven operations of the deliberation of 4 December 2023, in its order."""

OPERATIONS = (
    "2023-534-grand-calais-1",
    "2023-534-bethune-bruay-1",
    "2023-534-bethune-bruay-2",
    "2023-534-7-vallees-1",
    "2023-534-ternois-1",
    "2023-534-aire-sur-la-lys-1",
    "2023-534-fauquembergues-1",
)
