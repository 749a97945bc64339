"""What changed between two versions of a table, a line for each cell, as CSV for Excel."""

from collections.abc import Iterable
from typing import Final

from app.exports.tables import write_csv
from layers.brought.differences import Difference

HEADS: Final = ("Suite", "Ligne", "Avant", "Après", "Colonne", "Valeur avant", "Valeur après")


def differences_csv(differences: Iterable[Difference]) -> bytes:
    """Write differences; a row that came or went is one line without cells."""
    return write_csv(
        HEADS,
        (
            (one.kind, one.name, *(str(line or "") for line in (one.before, one.after)), *cell)
            for one in differences
            for cell in one.cells or (("", "", ""),)
        ),
    )
