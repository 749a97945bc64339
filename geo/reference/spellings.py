"""All names and codes by which a place may be asked for."""

from collections.abc import Mapping, Sequence

from geo.perimeter import DEPARTEMENT, DEPARTEMENT_NAME, Level, Perimeter
from geo.reference.index import PlaceIndex
from geo.reference.records import Commune, Epci, FormerCommune, PlaceRecord


def index_places(
    places: Mapping[Level, Mapping[str, PlaceRecord]],
    former: Sequence[FormerCommune],
    other_names: Mapping[str, Sequence[str]],
) -> PlaceIndex:
    """Return the index of all places: names of today, former and other names, codes, postcodes.

    Parameters
    ----------
    places
        The places of each level below the département, by code.
    other_names
        Names of communes in common use, by code.
    """
    former_names: dict[str, list[str]] = {}
    for place in former:
        former_names.setdefault(place.current, []).append(place.name)
    names: list[tuple[Perimeter, str, list[str], int]] = [(DEPARTEMENT, DEPARTEMENT_NAME, [], 0)]
    codes = [(DEPARTEMENT.code, DEPARTEMENT)]
    for level, of_level in places.items():
        for code, record in of_level.items():
            perimeter = Perimeter(level, code)
            others = [*other_names.get(code, ()), *former_names.get(code, ()), *_others(record)]
            names.append((perimeter, record.name, others, _weight(record)))
            codes += [
                (code, perimeter),
                *((postcode, perimeter) for postcode in _postcodes(record)),
            ]
    codes += [(place.code, Perimeter(Level.COMMUNE, place.current)) for place in former]
    return PlaceIndex(names, codes)


def _others(record: PlaceRecord) -> tuple[str, ...]:
    return record.other_names if isinstance(record, Epci) else ()


def _postcodes(record: PlaceRecord) -> tuple[str, ...]:
    return record.postcodes if isinstance(record, Commune) else ()


def _weight(record: PlaceRecord) -> int:
    return record.population or 0
