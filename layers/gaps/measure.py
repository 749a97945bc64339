"""Gaps: which communes, and how many people, are too far from a service, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.travel.homes import NO_QUARTER, Homes
from geo.travel.times import Floats, Integers
from layers.catalogue.layers import Catalogue
from layers.gaps.border import NearBorder, count_near_border
from layers.gaps.commune_means import choices_of, count_communes
from layers.gaps.counted import Without, without_any
from layers.gaps.journeys import Journeys
from layers.gaps.opened import find_site
from layers.gaps.public_words import grid_remarks, public_remarks
from layers.gaps.publics import Public, count_people
from layers.gaps.question import MINUTE, GapError, Question, check_threshold, unit_of
from layers.gaps.reach import Choices, choices_in
from layers.gaps.sites import Place, find_place
from layers.gaps.tallies import EpciGap, Gap
from layers.model.layer import LayerError
from layers.model.taken import year_of
from layers.population.ages import ages_source
from layers.priority_districts import QPV


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """The answer.

    Parameters
    ----------
    question
        What was asked.
    services
        How many places of the services there are, new sites and those that close left out.
    model
        Identifier of the travel model.
    communes
        One row a commune where some of the public may live, the farthest first: ``code``,
        ``commune``, ``epci_code``, ``epci``, ``territory``, ``population`` (all inhabitants),
        ``has_district`` (a QPV); ``minutes_low``, ``minutes``, ``minutes_high`` of the way that is
        asked about, on average over the public, ``inf`` where it is out of reach for some;
        ``beyond``, ``uncertain`` by that average; ``people``, how many of the public, and those
        ``people_beyond``, ``people_surely``, ``people_possibly``, ``people_unreachable`` by their
        own way; ``nearest`` and ``nearest_commune``, which place is nearest for most of them;
        ``second_minutes``, ``second`` and ``second_commune``, likewise, None where there is none.
    homes
        One row a home of the public: ``code`` of its commune, ``epci``, ``territory``,
        ``has_district``, ``minutes``, ``people``.
    remarks
        French sentences on what a reader must know.
    border
        Who lives nearer to another département than to a service.
    places
        Longitude and latitude of each new site.
    gone
        The places that are supposed closed.
    without
        Of services that are only counted: the communes that have none.
    on_grid
        Whether a grid says where people live.
    """

    question: Question
    services: int
    model: str
    communes: pd.DataFrame
    homes: pd.DataFrame
    remarks: tuple[str, ...]
    border: NearBorder
    places: tuple[tuple[float, float], ...] = ()
    gone: tuple[Place, ...] = ()
    without: Without | None = None
    on_grid: bool = False

    @property
    def threshold(self) -> float:
        """Minutes, or kilometres where the model gives those."""
        return self.question.threshold

    @property
    def public(self) -> Public:
        """Whose way is asked about."""
        return self.question.public

    @property
    def sites(self) -> tuple[str, ...]:
        """Words of the sites that are supposed to open."""
        return self.question.opened

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


def measure_gaps(journeys: Journeys, question: Question) -> Gaps:
    """Find who lives farther from a service than a threshold.

    Raises
    ------
    GapError
        The threshold makes no sense, or no service can be reached from anywhere.
    LayerError, ServiceError
        The services or the public cannot be had, or a site is unknown.
    TravelError
        The model knows nothing of the communes or of the services.
    """
    model, homes = journeys.model.id, journeys.homes
    check_threshold(question.threshold, unit_of(model))
    choices = _reached(journeys, question)
    people = count_people(question.public, homes, journeys.catalogue)
    asked = _asked(question.public, homes)
    communes = _counted(journeys, question, choices, people)
    rows = communes.iloc[np.unique(homes.commune[asked])]
    rows = rows.sort_values(["minutes", "code"], ascending=[False, True]).reset_index(drop=True)
    each = communes[["code", "epci", "territory", "has_district"]].iloc[homes.commune[asked]]
    ways = choices.near.central[asked, question.rank - 1]
    sites = [find_site(journeys, question.services, word) for word in question.opened]
    gone = closed_places(journeys, question)
    return Gaps(
        question,
        sum(len(journeys.places(one)) for one in question.services) - len(gone),
        model,
        rows,
        each.assign(minutes=ways, people=people[asked]).reset_index(drop=True),
        _remarks(journeys, question, choices, people),
        _near_border(journeys, question, people, choices),
        tuple((site.lon, site.lat) for site in sites),
        gone,
        _without(journeys, question, rows),
        homes.on_grid,
    )


def closed_places(journeys: Journeys, question: Question) -> tuple[Place, ...]:
    """Return the places that are supposed closed.

    Raises
    ------
    ServiceError
        One is no place of the services that are asked about.
    """
    known = {word: one for each in question.services for word, one in journeys.places(each).items()}
    return tuple(find_place(known, word) for word in question.closed)


def _reached(journeys: Journeys, question: Question) -> Choices:
    """Return the choices of each home; refuse where nobody has any."""
    choices = choices_in(journeys, question)
    if np.isinf(choices.near.central[:, question.rank - 1]).all():
        raise GapError(
            f"Aucune commune n’a {question.one} à portée selon le modèle « {journeys.model.id} » ; "
            "attendu au moins un trajet possible : vérifiez le fichier des trajets."
        )
    return choices


def _counted(
    journeys: Journeys, question: Question, choices: Choices, people: Floats
) -> pd.DataFrame:
    """Return all communes, as :attr:`Gaps.communes` has some of them, in the reference's order."""
    homes, communes = journeys.homes, communes_of(journeys)
    counted = count_communes(
        choices.near, people, homes, question.threshold, len(communes), question.rank
    )
    communes = communes.assign(**counted)
    first, second = choices_of(choices.near, people, homes, len(communes))
    communes["nearest"], communes["nearest_commune"] = _named(choices.places, first)
    communes["second"], communes["second_commune"] = _named(choices.places, second)
    return communes


def _remarks(
    journeys: Journeys, question: Question, choices: Choices, people: Floats
) -> tuple[str, ...]:
    """Return what a reader must know, each once."""
    homes, services = journeys.homes, [service.id for service in question.services]
    beyond = people * (choices.near.central[:, question.rank - 1] > question.threshold)
    told = (
        *public_remarks(
            question.public,
            services,
            on_grid=homes.on_grid,
            census=year_of(ages_source(journeys.catalogue.data)),
        ),
        *grid_remarks(question.public, homes, beyond),
        *(remark for one in question.services for remark in one.remarks(journeys.catalogue)),
        *choices.remarks,
    )
    return tuple(dict.fromkeys(told))


def _near_border(
    journeys: Journeys, question: Question, people: Floats, choices: Choices
) -> NearBorder:
    beyond = choices.near.central[:, question.rank - 1] > question.threshold
    services = (journeys.points_of(one) for one in question.services)
    points = journeys.homes.points
    return count_near_border(journeys.border_km, points, services, people, beyond)


def _without(journeys: Journeys, question: Question, communes: pd.DataFrame) -> Without | None:
    """Count the communes that have none, where that is all that is sure of a service."""
    (service, *others) = question.services
    if others or not service.counted:
        return None
    having = service.rows(journeys.catalogue)["commune_code"]
    return without_any(communes["code"], communes["people"], having)


def _asked(public: Public, homes: Homes) -> NDArray[np.bool_]:
    """Tell the homes where some of a public may live; refuse where there are none."""
    asked = np.ones(len(homes), dtype=bool)
    if public == Public.DISTRICTS:
        asked = np.asarray(homes.quarter != NO_QUARTER)
    if not asked.any():
        raise GapError(
            "Aucune commune n’a de quartier prioritaire connu ; choisissez toute la population."
        )
    return asked


def communes_with_districts(catalogue: Catalogue) -> frozenset[str]:
    """Return the codes of the communes that a QPV touches, none where the layer is missing."""
    try:
        codes = catalogue.load(QPV.id)["commune_codes"]
    except LayerError:
        return frozenset()
    return frozenset(code for several in codes for code in several)


def communes_of(journeys: Journeys) -> pd.DataFrame:
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


def _named(places: Sequence[tuple[str, str]], numbers: Integers) -> tuple[pd.Series, pd.Series]:
    """Return titles and communes by number, None for none."""
    found = [places[i] if i >= 0 else (None, None) for i in numbers.tolist()]
    titles, communes = zip(*found, strict=True)
    # of any other type, None would become NaN
    return pd.Series(titles, dtype=object), pd.Series(communes, dtype=object)
