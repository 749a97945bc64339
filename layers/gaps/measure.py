"""Gaps: which communes, and how many people, are too far from a service, and how sure that is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from geo.access.nearest import coverage, nearest
from geo.travel.line import Distance
from geo.travel.times import Integers, figure
from layers.catalogue.layers import Catalogue
from layers.gaps.journeys import Journeys
from layers.gaps.services import Service
from layers.model.layer import LayerError
from layers.priority_districts import QPV

MOST_MINUTES: Final = 240
"""One crosses the département in half of it: a longer threshold is a slip of the hand."""
KILOMETRE: Final = "kilomètre"
MINUTE: Final = "minute"


class Target(StrEnum):
    """Whose distance to the service is asked about."""

    EVERYBODY = "population"
    DISTRICTS = "qpv"
    """The communes that have a QPV, all their inhabitants: those of the QPV are not known."""


class GapError(ValueError):
    """The question makes no sense; the message is a French sentence for a person."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of communes, and of the people in them."""

    communes: int
    people: int

    @classmethod
    def of(cls, communes: pd.DataFrame) -> "Tally":
        """Count communes, with the column ``population``."""
        return cls(len(communes), int(communes["population"].sum()))


@dataclass(frozen=True, slots=True)
class Gap:
    """Who is beyond the threshold in a perimeter.

    Parameters
    ----------
    everyone
        All its communes.
    beyond
        By the central time; exactly the threshold is within it.
    surely, possibly
        Beyond even by the low time; beyond at least by the high time.
    unreachable
        Those of ``beyond`` from which no service can be reached at all.
    """

    everyone: Tally
    beyond: Tally
    surely: Tally
    possibly: Tally
    unreachable: Tally

    @classmethod
    def of(cls, communes: pd.DataFrame) -> "Gap":
        """Count communes, as :attr:`Gaps.communes` has them."""
        people, minutes, beyond, uncertain = (
            communes[name].to_numpy() for name in ("population", "minutes", "beyond", "uncertain")
        )
        chosen = (
            np.ones(len(people), dtype=bool),
            beyond,
            beyond & ~uncertain,
            beyond | uncertain,
            np.isinf(minutes),
        )
        return cls(*(Tally(int(rows.sum()), int(people[rows].sum())) for rows in chosen))

    @property
    def uncertain(self) -> Tally:
        """Those for whom the threshold lies between the low and the high time."""
        return Tally(
            self.possibly.communes - self.surely.communes,
            self.possibly.people - self.surely.people,
        )

    @property
    def share_beyond(self) -> float:
        """Share of the people beyond, ``nan`` where nobody lives."""
        return self.beyond.people / self.everyone.people if self.everyone.people else math.nan


@dataclass(frozen=True, slots=True)
class EpciGap:
    """Who is beyond the threshold in the part of an EPCI that lies in the département."""

    code: str
    name: str
    gap: Gap


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """The answer.

    Parameters
    ----------
    service
        What is to be reached.
    services
        How many of them there are, new sites left out.
    threshold
        Minutes, or kilometres where the model gives those.
    model
        Identifier of the travel model.
    communes
        One row a commune of the target, the farthest first: ``code``, ``commune``, ``epci_code``,
        ``epci``, ``territory``, ``population``, ``has_district`` (a QPV); ``minutes_low``,
        ``minutes``, ``minutes_high`` to the nearest service, ``inf`` for out of reach;
        ``beyond``, ``uncertain``; ``nearest`` and ``nearest_commune``, which service that is by
        the central time; ``second_minutes``, ``second`` and ``second_commune``, likewise, None
        where there is none.
    remarks
        French sentences on what a reader must know.
    sites
        Codes of the communes where a new site is supposed.
    target
        Whose distance is asked about.
    """

    service: Service
    services: int
    threshold: float
    model: str
    communes: pd.DataFrame
    remarks: tuple[str, ...]
    sites: tuple[str, ...] = ()
    target: Target = Target.EVERYBODY

    @property
    def unit(self) -> str:
        """French noun of what the threshold counts."""
        return unit_of(self.model)

    @property
    def measures(self) -> str:
        """French noun of what is measured, plural."""
        return "temps" if self.unit == MINUTE else "distances"

    @property
    def total(self) -> Gap:
        """The whole département."""
        return Gap.of(self.communes)

    @property
    def beyond(self) -> pd.DataFrame:
        """The communes beyond the threshold, the farthest first."""
        return self.communes[self.communes["beyond"]]

    def by_epci(self) -> tuple[EpciGap, ...]:
        """Return every EPCI, the one with most people beyond first."""
        groups = self.communes.groupby(["epci_code", "epci"])
        found = [EpciGap(str(code), str(name), Gap.of(rows)) for (code, name), rows in groups]
        return tuple(sorted(found, key=lambda e: (-e.gap.beyond.people, e.code)))


def measure_gaps(
    journeys: Journeys,
    service: Service,
    threshold: float,
    sites: Sequence[str] = (),
    target: Target = Target.EVERYBODY,
) -> Gaps:
    """Find who lives farther from a service than a threshold.

    Parameters
    ----------
    threshold
        Minutes, or kilometres where the model gives those.
    sites
        Codes of communes in whose town halls a site is supposed to open.

    Raises
    ------
    GapError
        The threshold makes no sense, or no service can be reached from anywhere.
    LayerError, ServiceError
        The services cannot be had, or a commune is unknown.
    TravelError
        The model knows nothing of the communes or of the services.
    """
    model, catalogue = journeys.model.id, journeys.catalogue
    check_threshold(threshold, unit_of(model))
    times = journeys.to_services_and(service, sites)
    near, communes = nearest(times, 2), _communes(journeys)
    if np.isinf(near.central).all():
        raise GapError(
            f"Aucune commune n’a {service.one} à portée selon le modèle « {model} » ; attendu "
            "au moins un trajet possible : vérifiez le fichier des trajets."
        )
    covered = coverage(near, communes["population"], threshold)
    for name, bound in (
        ("minutes_low", near.low),
        ("minutes", near.central),
        ("minutes_high", near.high),
    ):
        communes[name] = bound[:, 0]
    communes["beyond"], communes["uncertain"] = covered.beyond, covered.uncertain
    places = _places(journeys, service, sites)
    communes["nearest"], communes["nearest_commune"] = _named(places, near.destination[:, 0])
    communes["second_minutes"] = near.central[:, 1]
    communes["second"], communes["second_commune"] = _named(places, near.destination[:, 1])
    communes = communes.sort_values(["minutes", "code"], ascending=[False, True])
    if target == Target.DISTRICTS:
        communes = communes[communes["has_district"]]
        if communes.empty:
            raise GapError(
                "Aucune commune n’a de quartier prioritaire connu ; choisissez la population."
            )
    return Gaps(
        service,
        len(places) - len(sites),
        threshold,
        model,
        communes.reset_index(drop=True),
        (*service.remarks(catalogue), *times.remarks),
        tuple(sites),
        target,
    )


def unit_of(model: str) -> str:
    """Return the French noun of what a travel model counts: minutes, or kilometres."""
    return KILOMETRE if model == Distance.id else MINUTE


def check_threshold(threshold: float, unit: str = MINUTE) -> None:
    """Refuse a threshold that is no duration and no length of a trip in the département."""
    if not 0 < threshold <= MOST_MINUTES:
        raise GapError(
            f"Seuil en {unit}s : trouvé {figure(threshold)}, attendu plus de 0 et au plus "
            f"{MOST_MINUTES}."
        )


def communes_with_districts(catalogue: Catalogue) -> frozenset[str]:
    """Return the codes of the communes that a QPV touches, none where the layer is missing."""
    try:
        codes = catalogue.load(QPV.id)["commune_codes"]
    except LayerError:
        return frozenset()
    return frozenset(code for several in codes for code in several)


def _communes(journeys: Journeys) -> pd.DataFrame:
    """Return the communes in the order of the reference, which is that of their points."""
    reference, districts = journeys.reference, communes_with_districts(journeys.catalogue)
    return pd.DataFrame(
        {
            "code": commune.code,
            "commune": commune.name,
            "epci_code": commune.epci,
            "epci": reference.epcis[commune.epci].name,
            "territory": commune.territory,
            "population": commune.population,
            "has_district": commune.code in districts,
        }
        for commune in reference.communes.values()
    )


def _places(
    journeys: Journeys, service: Service, sites: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Return the title and the commune of each service, then of each new site."""
    layer, rows = journeys.catalogue.layer(service.layer_id), service.rows(journeys.catalogue)
    titles = [layer.title_of(row) for row in rows.to_dict("records")]
    opened = [journeys.reference.communes[code].name for code in sites]
    return (
        *zip(titles, rows["commune"].tolist(), strict=True),
        *((f"Nouveau site ({name})", name) for name in opened),
    )


def _named(places: Sequence[tuple[str, str]], numbers: Integers) -> tuple[pd.Series, pd.Series]:
    """Return titles and communes by number, None for none."""
    found = [places[i] if i >= 0 else (None, None) for i in numbers.tolist()]
    titles, communes = zip(*found, strict=True)
    # of any other type, None would become NaN
    return pd.Series(titles, dtype=object), pd.Series(communes, dtype=object)
