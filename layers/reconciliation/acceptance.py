"""The discrepancies that somebody has looked into: exactly which two values, why, since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from layers.figures.records import Figures
from layers.model.schema import Field
from layers.model.tables import Table
from layers.reconciliation.confrontation import Confrontation, Value

ACCEPTED: Final = Table(
    "accepted_discrepancies.csv",
    (
        Field("id", "Constat", "Identifiant du constat."),
        Field("printed", "Imprimé", "Première valeur."),
        Field("computed", "Calculé", "Seconde valeur."),
        Field("difference", "Écart", "Écart, vide quand aucun nombre ne le dit.", nullable=True),
        Field("unit", "Unité", "Unité de l’écart.", nullable=True),
        Field("reason", "Raison", "Pourquoi l’écart est accepté."),
        Field("accepted_on", "Accepté le", "Jour de l’acceptation.", "date"),
    ),
    key="id",
)

FIGURES: Final = "chiffres"
"""Check whose discrepancies are accepted by a remark in ``figures/remarks.csv``."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Two values that are known to disagree.

    Parameters
    ----------
    printed, computed, difference
        Exactly these, as text: any other value is a new discrepancy.
    reason
        French sentence.
    accepted_on
        ISO date, empty where a remark stands for the acceptance.
    """

    printed: str
    computed: str
    difference: str
    reason: str
    accepted_on: str

    def covers(self, found: Confrontation) -> bool:
        """Tell whether it is these two values that were accepted, with this difference."""
        return (
            _means(self.printed, found.printed)
            and _means(self.computed, found.computed)
            and _means(self.difference, "" if found.difference is None else found.difference)
        )


def read_accepted(data: Path) -> Mapping[str, Acceptance]:
    """Read the accepted discrepancies, by the identifier of their finding.

    Raises
    ------
    layers.model.schema.LayerError
        The file is missing or damaged.
    """
    return {
        row["id"]: Acceptance(
            printed=row["printed"],
            computed=row["computed"],
            difference=row["difference"] if isinstance(row["difference"], str) else "",
            reason=row["reason"],
            accepted_on=row["accepted_on"],
        )
        for row in ACCEPTED.read(data).to_dict("records")
    }


def remarked_figures(figures: Figures) -> Mapping[str, Acceptance]:
    """Return the discrepancies of printed figures that a remark explains."""
    return {
        f"{FIGURES}.{remark.id}": Acceptance(
            printed=str(remark.printed),
            computed=str(remark.other),
            difference=str(remark.difference),
            reason=remark.explanation,
            accepted_on="",
        )
        for remark in figures.remarks.values()
        if remark.rule != "lecture"
    }


def _means(text: str, value: Value) -> bool:
    """Tell whether a text is a value: 0.2 is 0.20, but a year is not a number of euros."""
    if isinstance(value, str):
        return text == value
    try:
        return Decimal(text) == value
    except InvalidOperation:
        return False
