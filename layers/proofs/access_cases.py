"""Published examples of accessibility, computed again by our own code."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from geo.access.catchment import floating_catchment
from geo.access.impedance import Power
from geo.travel.times import to_minutes
from layers.model.schema import Field
from layers.model.tables import Table

TABLE: Final = Table(
    "access/hospital_example.csv",
    (
        Field("scenario", "Scénario", "Rang du scénario dans l’exemple."),
        Field("tract", "Secteur", "Rang du secteur dans l’exemple.", "int"),
        Field("access", "Accès", "Médecins par habitant, selon PySAL.", "float"),
    ),
)
SOURCE: Final = "PySAL access 1.1.10, access/tests/test_hospital_example.py (licence BSD)"

PEOPLE: Final = (100, 50, 10)
DOCTORS: Final = (15, 20, 100)
LONGEST: Final = 61.0
"""Minutes beyond which a doctor is out of reach in the example."""
SCENARIOS: Final[Mapping[str, tuple[str, tuple[tuple[float, ...], ...]]]] = {
    "0": ("Bouchons dans les deux sens", ((1, 80, 40), (80, 1, 40), (40, 40, 1))),
    "1": ("Plus vite vers la ville", ((1, 80, 20), (80, 1, 20), (40, 40, 1))),
    "2": ("Plus vite depuis la ville", ((1, 80, 40), (80, 1, 40), (20, 20, 1))),
    "3": ("Plus vite dans les deux sens", ((1, 40, 20), (40, 1, 20), (20, 20, 1))),
}
"""What the example calls each scenario, and its minutes between three tracts, the last a city."""


@dataclass(frozen=True, slots=True)
class Reproduced:
    """A scenario of the example: doctors per inhabitant of each tract.

    Parameters
    ----------
    expected, computed
        What PySAL gives, and what our own code gives.
    """

    title: str
    expected: tuple[float, ...]
    computed: tuple[float, ...]

    @property
    def difference(self) -> float:
        """Largest relative difference."""
        expected = np.array(self.expected)
        return float(np.abs(np.array(self.computed) / expected - 1).max())


def reproduce(data: Path) -> tuple[Reproduced, ...]:
    """Compute the hospital example of PySAL: E2SFCA with weights of one over the minutes.

    Raises
    ------
    LayerError
        The table of expected values is missing or damaged.
    """
    rows = TABLE.texts(data)
    return tuple(
        Reproduced(
            title,
            tuple(float(value) for value in rows.loc[rows["scenario"] == number, "access"]),
            _computed(minutes),
        )
        for number, (title, minutes) in SCENARIOS.items()
    )


def _computed(minutes: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    dense = np.array(minutes, dtype=np.float64)
    rows, columns = np.nonzero(dense <= LONGEST)
    shape = (len(PEOPLE), len(DOCTORS))
    (sparse,) = to_minutes(rows, columns, [dense[rows, columns]], shape)
    found = floating_catchment(sparse, PEOPLE, DOCTORS, Power(1))
    return tuple(found.tolist())
