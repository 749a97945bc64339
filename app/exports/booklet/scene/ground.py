"""The ground: the land that a page shows, its own communes apart from what lies around."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from app.parts.typography import typeset
from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import Catalogue

SEA_NAMES: Final = (("Mer du Nord", 622_500.0, 9e6), ("Manche", 0.0, 622_500.0))
"""Name, west and east limit in metres (EPSG:2154): the Channel ends at the Walde, near Calais."""

_NARROW_LEVELS: Final = {Level.COMMUNE, Level.CANTON}


@dataclass(frozen=True)
class Land:
    """Some land: codes, printed names, outlines in metres (EPSG:2154), in the same order."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    shapes: np.ndarray

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True)
class Ground:
    """What a page shows.

    Parameters
    ----------
    own
        The communes of the perimeter; of an EPCI also those beyond the border.
    around
        What lies around, each named: EPCIs, or communes around a commune; then other land.
    outline
        Of the perimeter, metres.
    epcis
        EPCIs inside a perimeter wider than one; empty otherwise.
    departement
        Outline of the département.
    """

    own: Land
    around: Land
    outline: shapely.Geometry
    epcis: Land
    departement: shapely.Geometry


def ground_of(perimeter: Perimeter, catalogue: Catalogue) -> Ground:
    """Gather the land of a page.

    Raises
    ------
    geo.perimeter.UnknownPlaceError
        There is no such perimeter.
    """
    reference = catalogue.reference
    members = reference.members(perimeter)
    if perimeter.level is Level.EPCI:
        members = (*members, *reference.epcis[perimeter.code].communes_outside)
    everything = catalogue.derive(_communes)
    own = _chosen(everything, members)
    return Ground(
        own=own,
        around=_around(perimeter, frozenset(members), catalogue),
        outline=shapely.union_all(own.shapes),
        epcis=_epcis_inside(perimeter, catalogue),
        departement=catalogue.derive(_departement),
    )


def _communes(catalogue: Catalogue) -> Land:
    """Return every commune, those beyond the border whose EPCI crosses it too."""
    reference = catalogue.reference
    inside = reference.coverage.communes(0)
    beyond = reference.neighbour_land()
    beyond = beyond[beyond["code"].str.len() == 5]  # noqa: PLR2004 - a commune's code
    names = [reference.communes[code].name for code in inside["code"]] + list(beyond["name"])
    return Land(
        (*inside["code"], *beyond["code"]),
        tuple(typeset(name) for name in names),
        np.concatenate([inside.geometry.to_numpy(), beyond.geometry.to_numpy()]),
    )


def _epcis(catalogue: Catalogue) -> Land:
    frame = catalogue.reference.outlines(Level.EPCI)
    return Land(tuple(frame["code"]), tuple(map(typeset, frame["name"])), frame.geometry.to_numpy())


def _departement(catalogue: Catalogue) -> shapely.Geometry:
    return shapely.coverage_union_all(catalogue.reference.coverage.communes(0).geometry.to_numpy())


def _beyond(catalogue: Catalogue) -> Land:
    """Return the land outside every EPCI of the département, one row a country or département."""
    frame = catalogue.reference.neighbour_land()
    frame = frame[frame["code"].str.len() != 5]  # noqa: PLR2004 - a commune's code
    names = frame["name"].where(frame["code"] != "FR", "")
    return Land(tuple(frame["code"]), tuple(names), frame.geometry.to_numpy())


def _chosen(land: Land, codes: tuple[str, ...]) -> Land:
    position = {code: index for index, code in enumerate(land.codes)}
    indices = np.array([position[code] for code in codes], dtype=int)
    return Land(tuple(codes), tuple(land.names[i] for i in indices), land.shapes[indices])


def _joined(*lands: Land) -> Land:
    return Land(
        tuple(code for land in lands for code in land.codes),
        tuple(name for land in lands for name in land.names),
        np.concatenate([land.shapes for land in lands]),
    )


def _around(perimeter: Perimeter, members: frozenset[str], catalogue: Catalogue) -> Land:
    """Return what lies around, the far land first: what comes later is drawn over it."""
    communes = catalogue.derive(_communes)
    beyond = catalogue.derive(_beyond)
    if perimeter.level in _NARROW_LEVELS:
        others = _chosen(communes, tuple(c for c in communes.codes if c not in members))
        return _joined(beyond, catalogue.derive(_foreign_communes), others)
    abroad = [c for c in communes.codes if not c.startswith("62") and c not in members]
    crossing = _chosen(communes, tuple(abroad))
    if perimeter.level is Level.DEPARTEMENT:
        return _joined(beyond, crossing)
    of = {code: commune.epci for code, commune in catalogue.reference.communes.items()}
    own = {of[code] for code in members if code in of}
    epcis = catalogue.derive(_epcis)
    return _joined(
        beyond, crossing, _chosen(epcis, tuple(code for code in epcis.codes if code not in own))
    )


def _foreign_communes(catalogue: Catalogue) -> Land:
    frame = catalogue.reference.neighbour_communes()
    return Land(tuple(frame["code"]), tuple(map(typeset, frame["name"])), frame.geometry.to_numpy())


def _epcis_inside(perimeter: Perimeter, catalogue: Catalogue) -> Land:
    if perimeter.level in {Level.EPCI, Level.COMMUNE}:
        return Land((), (), np.array([], dtype=object))
    reference = catalogue.reference
    own = {reference.communes[code].epci for code in reference.members(perimeter)}
    epcis = catalogue.derive(_epcis)
    return _chosen(epcis, tuple(code for code in epcis.codes if code in own))
