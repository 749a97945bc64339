"""Gaps: which communes, and how many people, are too far from a service, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.access.nearest import nearest
from geo.travel.homes import NO_QUARTER, Homes
from geo.travel.line import Distance
from geo.travel.times import Integers, figure
from layers.catalogue.layers import Catalogue
from layers.gaps.commune_means import choices_of, count_communes
from layers.gaps.journeys import CHOICES, Journeys
from layers.gaps.public_words import public_remarks
from layers.gaps.publics import Public, count_people
from layers.gaps.services import Service
from layers.gaps.tallies import EpciGap, Gap
from layers.model.layer import LayerError
from layers.priority_districts import QPV

MOST_MINUTES: Final = 240
"""One crosses the département in half of it: a longer threshold is a slip of the hand."""
KILOMETRE: Final = "kilomètre"
MINUTE: Final = "minute"


class GapError(ValueError):
    """The question makes no sense; the message is a French sentence for a person."""


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
        One row a commune where some of the public may live, the farthest first: ``code``,
        ``commune``, ``epci_code``, ``epci``, ``territory``, ``population`` (all inhabitants),
        ``has_district`` (a QPV); ``minutes_low``, ``minutes``, ``minutes_high`` to the nearest
        service, on average over the public, ``inf`` where it is out of reach for some;
        ``beyond``, ``uncertain`` by that average; ``people``, how many of the public, and those
        ``people_beyond``, ``people_surely``, ``people_possibly``, ``people_unreachable`` by their
        own way; ``nearest`` and ``nearest_commune``, which service is nearest for most of them;
        ``second_minutes``, ``second`` and ``second_commune``, likewise, None where there is none.
    homes
        One row a home of the public: ``code`` of its commune, ``epci``, ``territory``,
        ``has_district``, ``minutes``, ``people``.
    remarks
        French sentences on what a reader must know.
    sites
        Codes of the communes where a new site is supposed.
    public
        Whose way is asked about.
    places
        Longitude and latitude of each new site.
    """

    service: Service
    services: int
    threshold: float
    model: str
    communes: pd.DataFrame
    homes: pd.DataFrame
    remarks: tuple[str, ...]
    sites: tuple[str, ...] = ()
    public: Public = Public.EVERYBODY
    places: tuple[tuple[float, float], ...] = ()

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
    public: Public = Public.EVERYBODY,
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
        The services or the public cannot be had, or a commune is unknown.
    TravelError
        The model knows nothing of the communes or of the services.
    """
    model, catalogue, homes = journeys.model.id, journeys.catalogue, journeys.homes
    check_threshold(threshold, unit_of(model))
    times = journeys.to_services_and(service, sites)
    near, communes = nearest(times, CHOICES), _communes(journeys)
    if np.isinf(near.central).all():
        raise GapError(
            f"Aucune commune n’a {service.one} à portée selon le modèle « {model} » ; attendu "
            "au moins un trajet possible : vérifiez le fichier des trajets."
        )
    people = count_people(public, homes, catalogue)
    counted = count_communes(near, people, homes, threshold, len(communes))
    communes = communes.assign(**counted)
    places = _places(journeys, service, sites)
    first, second = choices_of(near, people, homes, len(communes))
    communes["nearest"], communes["nearest_commune"] = _named(places, first)
    communes["second"], communes["second_commune"] = _named(places, second)
    asked = _asked(public, homes)
    if not asked.any():
        raise GapError(
            "Aucune commune n’a de quartier prioritaire connu ; choisissez toute la population."
        )
    rows = communes.iloc[np.unique(homes.commune[asked])]
    rows = rows.sort_values(["minutes", "code"], ascending=[False, True])
    each = communes[["code", "epci", "territory", "has_district"]].iloc[homes.commune[asked]]
    return Gaps(
        service,
        len(places) - len(sites),
        threshold,
        model,
        rows.reset_index(drop=True),
        each.assign(minutes=near.central[asked, 0], people=people[asked]).reset_index(drop=True),
        (
            *public_remarks(public, service.id),
            *service.remarks(catalogue),
            *times.remarks,
        ),
        tuple(sites),
        public,
        tuple(journeys.opening_at(service, number) for number in journeys.numbers(sites)),
    )


def _asked(public: Public, homes: Homes) -> NDArray[np.bool_]:
    """Tell the homes where some of a public may live."""
    if public == Public.DISTRICTS:
        return np.asarray(homes.quarter != NO_QUARTER)
    return np.ones(len(homes), dtype=bool)


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
