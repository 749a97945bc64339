"""Find: the house, the street or the locality that a text names in a commune, or why none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.geocoder.addresses.index import Addresses, House, KnownStreet, Named
from geo.geocoder.streets import WAYS, read_house, whole_name
from geo.geocoder.text import Words
from geo.names import normalise
from geo.precision import Precision
from geo.reference.records import Commune

TOGETHER_M: Final = 300
"""Metres within which streets or houses of one name are one place: what a street counts as."""
LONG_M: Final = 600
"""Metres to its farthest house from which a street is said to be long."""
DEGREE_M: Final = 111_195

ENDS: Final = WAYS | {
    "a", "angle", "appartement", "appt", "bat", "batiment", "bloc", "boite", "centre", "commune",
    "ecole", "entree", "escalier", "et", "etage", "hall", "parcelle", "porte", "ville",
}  # fmt: skip
"""Words that no name goes on with: what stands before them is the whole name."""

CALLED: Final = frozenset(("coron", "dit", "ferme", "hameau", "lieudit", "quartier"))
"""Words that say that a locality follows."""

ONE_EDIT, TWO_EDITS = 10, 16
"""Letters of a name from which one may be wrong, and from which two."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a text names in a commune.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84; ``None`` where several are possible: then ``remark`` says so.
    remark
        French sentence; empty where the point is what the text names.
    """

    lon: float | None
    lat: float | None
    precision: Precision
    label: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """A street of the commune that the text names, with a house number or without."""

    streets: tuple[KnownStreet, ...]
    number: str
    repeated: str
    read: str = ""


def find_address(
    words: Words,
    parts: Sequence[list[str]],
    commune: Commune,
    addresses: Addresses,
    usual: frozenset[str],
) -> Found | None:
    """Return the sharpest of what a text names in a commune.

    A street that is understood with a letter otherwise gives no address: that is a guess.

    Parameters
    ----------
    parts
        Its words between two signs, without those that name the commune.
    usual
        Words of French that are also names of localities: « le Centre »; alone they name none.

    Returns
    -------
    Found or None
        Without a point where two streets of the name lie apart; None where none is known.
    """
    streets, localities = addresses.streets(commune.code), addresses.localities(commune.code)
    if not streets and not localities:
        return None
    formers = _formers_named(words, streets, commune) if streets else frozenset()
    named = [one for part in parts for one in _name(part, streets)] if streets else []
    found = [place for one in named if (place := _place(one, addresses, formers))]
    if not found:
        return next(_localities(parts, localities, usual), None)
    rank = (Precision.ADDRESS, Precision.STREET, Precision.COMMUNE)
    return min(found, key=lambda one: rank.index(one.precision))


def _formers_named(words: Words, streets: Named, commune: Commune) -> frozenset[str]:
    """Return the former communes that a text names, but for one that has today's name."""
    told = f" {' '.join(words.words)} "
    formers = {street.former for group in streets.values() for street in group}
    return frozenset(
        name for name in formers - {"", commune.name} if f" {normalise(name)} " in told
    )


def _name(part: list[str], streets: Named) -> Iterator[_Named]:
    """Yield the first street that a part of a text names."""
    begins = [place for place, word in enumerate(part) if word in WAYS]
    for begin in [*begins, _behind_number(part)]:
        name = part[begin:]
        for end in (len(name), *_ends(name)):
            key = whole_name(name[:end])
            if key in streets:
                yield _Named(streets[key], *read_house(part[:begin]))
                return
    for begin in begins:
        meant = _misspelt(whole_name(part[begin:]), streets)
        if meant:
            yield _Named(streets[meant], *read_house(part[:begin]), " ".join(part[begin:]))
            return


def _behind_number(part: list[str]) -> int:
    number, repeated = read_house(part[:2])
    if not number:
        return 0
    return 2 if repeated and part[0] == number else 1


def _ends(name: Sequence[str]) -> Iterator[int]:
    """Yield where a name may end before the part does, the longest first."""
    for end in range(len(name) - 1, 1, -1):
        if name[end] in ENDS or name[end].isdigit():
            yield end


def _misspelt(key: str, streets: Named) -> str:
    """Return the one street that has a letter or two otherwise; its way and numbers the same."""
    edits = (len(key) >= ONE_EDIT) + (len(key) >= TWO_EDITS)
    if not edits or " " not in key:
        return ""
    near = process.extract(key, streets.keys(), scorer=OSA.distance, score_cutoff=edits, limit=2)
    if not near or (len(near) > 1 and near[0][1] == near[1][1]):
        return ""
    meant = str(near[0][0])
    ways = {meant.partition(" ")[0], key.partition(" ")[0]}
    alike = _figures(meant) == _figures(key) and not (len(ways) > 1 and ways <= WAYS)
    return meant if alike else ""


def _figures(key: str) -> list[str]:
    return [word for word in key.split() if not word.isalpha()]


def _place(one: _Named, addresses: Addresses, formers: frozenset[str]) -> Found | None:
    """Return where a street is; nothing where the text says another former commune than its own."""
    streets = [street for street in one.streets if not formers or street.former in formers]
    if not streets:
        return None
    first = streets[0]
    if not _together([(street.lon, street.lat) for street in streets]):
        where = ", ".join(street.former or "sans ancienne commune" for street in streets)
        remark = f"Plusieurs «\u00a0{first.name}\u00a0» dans la commune ({where})."
        return Found(None, None, Precision.COMMUNE, first.name, remark)
    found = _at_house(one, first, addresses) if one.number else _at_street(first)
    if not one.read:
        return found
    remark = f"«\u00a0{one.read}\u00a0» compris comme {first.name}. {found.remark}".strip()
    return Found(found.lon, found.lat, Precision.STREET, first.name, remark)


def _at_house(one: _Named, street: KnownStreet, addresses: Addresses) -> Found:
    houses = addresses.houses(street, int(one.number), one.repeated)
    told = f"{one.number}\u00a0{one.repeated}".strip()
    if houses and _together([(house.lon, house.lat) for house in houses]):
        house = houses[0]
        if not house.along:
            label = f"{told} {street.name}"
            return Found(house.lon, house.lat, Precision.ADDRESS, label)
        remark = f"N°\u00a0{told} placé le long de la rue, sans point exact."
        return Found(house.lon, house.lat, Precision.STREET, street.name, remark)
    if houses:
        return _at_street(street, f"Plusieurs n°\u00a0{told}.")
    near = addresses.nearest(street, int(one.number))
    if near is None or not near.number:
        return _at_street(street, f"N°\u00a0{told} inconnu.")
    remark = f"N°\u00a0{told} inconnu\u00a0: placé au n°\u00a0{_told(near)}, le plus proche."
    return Found(near.lon, near.lat, Precision.STREET, street.name, remark)


def _told(house: House) -> str:
    return f"{house.number}\u00a0{house.repeated}".strip()


def _at_street(street: KnownStreet, remark: str = "") -> Found:
    if street.reach > LONG_M:
        middle = f"Rue longue\u00a0: point en son milieu, à {street.reach:.0f}\u00a0m d’un bout."
        remark = f"{remark} {middle}".strip()
    return Found(street.lon, street.lat, Precision.STREET, street.name, remark)


def _localities(
    parts: Sequence[list[str]], localities: Named, usual: frozenset[str]
) -> Iterator[Found]:
    """Yield the localities that parts of a text name as a whole."""
    for part in parts if localities else ():
        begin = _behind_number(part)
        called = [place for place, word in enumerate(part) if word in CALLED]
        for start in dict.fromkeys((begin, *(place + 1 for place in called))):
            key = whole_name(part[start:])
            found = localities.get(key, ())
            if len(found) == 1 and (key not in usual or start):
                one = found[0]
                yield Found(one.lon, one.lat, Precision.DISTRICT, one.name, "Lieu-dit.")


def _together(points: Sequence[tuple[float, float]]) -> bool:
    lon, lat = points[0]
    narrow = cos(radians(lat))
    return all(
        hypot((other - lon) * narrow, up - lat) * DEGREE_M <= TOGETHER_M for other, up in points
    )
