"""Gaps: which communes, and how many people, are too far from a service, and how sure that is."""

import math
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.access import coverage, nearest
from geo.reference import Reference
from geo.travel import Integers, Points, TravelModel, figure
from geo.travel_communes import commune_points, service_points
from layers.base import Layer
from layers.catalogue import Catalogue
from layers.service_choice import Service

MOST_MINUTES: Final = 240
"""One crosses the département in half of it: a longer threshold is a slip of the hand."""


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
        beyond, uncertain = communes["beyond"], communes["uncertain"]
        return cls(
            Tally.of(communes),
            Tally.of(communes[beyond]),
            Tally.of(communes[beyond & ~uncertain]),
            Tally.of(communes[beyond | uncertain]),
            Tally.of(communes[np.isinf(communes["minutes"])]),
        )

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
        How many of them there are.
    threshold
        Minutes.
    model
        Identifier of the travel model.
    communes
        One row a commune, the farthest first: ``code``, ``commune``, ``epci_code``, ``epci``,
        ``population``; ``minutes_low``, ``minutes``, ``minutes_high`` to the nearest service,
        ``inf`` for out of reach; ``beyond``, ``uncertain``; ``nearest`` and ``nearest_commune``,
        which service that is by the central time; ``second_minutes``, ``second`` and
        ``second_commune``, likewise, None where there is none.
    remarks
        French sentences on what a reader must know.
    """

    service: Service
    services: int
    threshold: float
    model: str
    communes: pd.DataFrame
    remarks: tuple[str, ...]

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
    catalogue: Catalogue, service: Service, threshold: float, model: TravelModel
) -> Gaps:
    """Find who lives farther from a service than a threshold of minutes.

    Raises
    ------
    GapError
        The threshold makes no sense, or no service can be reached from anywhere.
    LayerError, ServiceError
        The services cannot be had.
    TravelError
        The model knows nothing of the communes or of the services.
    """
    check_threshold(threshold)
    reference, rows = catalogue.reference, service.rows(catalogue)
    times = model.times(commune_points(reference), points_of(reference, rows))
    near, communes = nearest(times, 2), _communes(reference)
    if np.isinf(near.central).all():
        raise GapError(
            f"Aucune commune n’a {service.one} à portée selon le modèle « {model.id} » ; attendu "
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
    layer = catalogue.layer(service.layer_id)
    communes["nearest"], communes["nearest_commune"] = _named(layer, rows, near.destination[:, 0])
    communes["second_minutes"] = near.central[:, 1]
    communes["second"], communes["second_commune"] = _named(layer, rows, near.destination[:, 1])
    communes = communes.sort_values(["minutes", "code"], ascending=[False, True])
    return Gaps(
        service,
        len(rows),
        threshold,
        model.id,
        communes.reset_index(drop=True),
        (*service.remarks(catalogue), *times.remarks),
    )


def check_threshold(minutes: float) -> None:
    """Refuse a threshold that is no duration of a trip in the département."""
    if not 0 < minutes <= MOST_MINUTES:
        raise GapError(
            f"Seuil en minutes : trouvé {figure(minutes)}, attendu plus de 0 et au plus "
            f"{MOST_MINUTES}."
        )


def points_of(reference: Reference, rows: gpd.GeoDataFrame) -> Points:
    """Return the rows of a point layer as points to travel to."""
    return service_points(reference, rows.geometry.x, rows.geometry.y, list(rows["commune_code"]))


def _communes(reference: Reference) -> pd.DataFrame:
    """Return the communes in the order of the reference, which is that of their points."""
    return pd.DataFrame(
        {
            "code": commune.code,
            "commune": commune.name,
            "epci_code": commune.epci,
            "epci": reference.epcis[commune.epci].name,
            "population": commune.population,
        }
        for commune in reference.communes.values()
    )


def _named(layer: Layer, rows: gpd.GeoDataFrame, numbers: Integers) -> tuple[pd.Series, pd.Series]:
    """Return the titles and the communes of services by number, None for none."""
    titles = [layer.title_of(row) for row in rows.to_dict("records")]

    def at(values: list[str]) -> pd.Series:
        found = [values[i] if i >= 0 else None for i in numbers.tolist()]
        return pd.Series(found, dtype=object)  # of any other type, None would become NaN

    return at(titles), at(rows["commune"].tolist())
