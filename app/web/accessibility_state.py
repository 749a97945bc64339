"""How accessible the pages are found to be: what every footer must say, by law."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from app.settings import EMBEDDED_DATA
from layers.model.schema import Field, LayerError
from layers.model.tables import Table

CONFORM, FAULTY, ELSEWHERE = "conforme", "non conforme", "non applicable"

STATUSES: Final = (CONFORM, FAULTY, ELSEWHERE)

CRITERIA: Final = Table(
    "accessibility/rgaa.csv",
    (
        Field("criterion", "Critère", "Numéro du critère dans le RGAA 4.1."),
        Field("theme", "Thème", "Thème du RGAA."),
        Field("subject", "Objet", "Ce que le critère demande, en nos mots."),
        Field("status", "État", "Notre constat.", allowed=STATUSES),
        Field("reason", "Raison", "Pourquoi."),
    ),
    key="criterion",
)

STATES: Final = (
    (1.0, "totalement conforme"),
    (0.5, "partiellement conforme"),
    (0.0, "non conforme"),
)
"""Least rate for each state, as the decree of 24 July 2019 has them."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the RGAA and what we found."""

    criterion: str
    theme: str
    subject: str
    status: str
    reason: str


@dataclass(frozen=True)
class Audit:
    """What was found, criterion by criterion."""

    criteria: tuple[Criterion, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """Number of criteria by status."""
        return Counter(criterion.status for criterion in self.criteria)

    @property
    def rate(self) -> float:
        """Share of the applicable criteria that are met, 0 to 1."""
        applicable = self.counts[CONFORM] + self.counts[FAULTY]
        return self.counts[CONFORM] / applicable if applicable else 1.0

    @property
    def state(self) -> str:
        """What the declaration must say: totally, partly or not conform."""
        return next(state for least, state in STATES if self.rate >= least)

    @property
    def faulty(self) -> tuple[Criterion, ...]:
        """The criteria that are not met."""
        return tuple(one for one in self.criteria if one.status == FAULTY)

    @property
    def themes(self) -> tuple[tuple[str, tuple[Criterion, ...]], ...]:
        """The criteria by theme, in the order of the RGAA."""
        grouped = groupby(self.criteria, key=lambda one: one.theme)
        return tuple((theme, tuple(criteria)) for theme, criteria in grouped)


@lru_cache(maxsize=1)
def read_audit() -> Audit:
    """Return the self-audit that comes with the program.

    Raises
    ------
    layers.model.schema.LayerError
        Its table is missing or damaged.
    """
    rows = CRITERIA.read(EMBEDDED_DATA).to_dict("records")
    return Audit(tuple(Criterion(**{str(name): row[name] for name in row}) for row in rows))


def link_text() -> str:
    """Return what the foot of each page says of accessibility, as the law wants it."""
    try:
        return f"Accessibilité\u00a0: {read_audit().state}"
    except LayerError:
        return "Accessibilité"
