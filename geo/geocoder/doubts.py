"""Doubts: where a name in a text may well be none, or that of another place, however it ranks."""

from collections.abc import Iterable
from typing import Final

from geo.geocoder.cues import BOUNDED, CALLED, CONNECTED, OF, Cue, read_level
from geo.geocoder.mentions import WRITTEN, How, Mention
from geo.geocoder.people import BUILDINGS, SAINTS, TITLES
from geo.geocoder.streets import SHORTENED
from geo.geocoder.text import NEAR, Gap, Words
from geo.geocoder.toponyms import LINKS, Outside
from geo.perimeter import DEPARTEMENT, Level
from geo.reference.records import Commune

BETWEEN: Final = "entre"
FARTHEST_BETWEEN: Final = 6
"""Words from « entre » to the second of the two places."""
HAMLETS: Final = (("lieu", "dit"), ("lieudit",))
"""What is said before the name of a lieu-dit: communes have namesakes among these."""

STREETS: Final = frozenset(SHORTENED) | frozenset(SHORTENED.values())
"""What the address of a street begins with; « voie » also begins titles of operations."""


ROADS: Final = frozenset(("a", "d", "n", "rd", "rn"))
"""What is written before the number of a road."""

LARGE: Final = 5_000
"""Inhabitants from which a place outside is meant by its bare name, unless one of here begins so.
"""

SAINT: Final = ("saint", "omer")
"""As many words as the name of a saint has: « Saint-Étienne-au-Mont » is none."""

SHORT: Final = 6
"""Letters of a name that one or two errors make of many others."""

NAMESAKES: Final = WRITTEN | {How.SHORTENED}
UNSAYING: Final = LINKS | {"nos", "notre", "un", "une", "votre"}
"""Words that a text begins with and that say nothing of it."""

PASSING: Final = frozenset((
    "andouille", "arrivee", "autocar", "avion", "bateau", "biere", "bus", "car",
    "competition", "course", "coutume", "covoiturage", "croisiere", "dentelle", "depart",
    "deplacement", "distance", "elle", "elles", "equipe", "excursion", "formation", "frites",
    "fromage", "gateau", "habitant", "habitants", "histoire", "il", "ils", "itineraire", "je",
    "legende", "ligne", "marathon", "match", "navette", "nous", "on",
    "pelerinage", "porcelaine", "produits", "racing", "randonnee", "recette", "rencontre",
    "retour", "sejour", "sortie", "tarif", "tarifs", "ticket", "traditions", "train",
    "trajet", "vacances", "venir", "visite", "vol", "voyage", "weekend", "week",
))  # fmt: skip
"""What the first word of a text says of a place that one comes from, goes to, or is called after:
« Voyage à Boulogne », « Le train pour Lens », « Dentelle de Calais »."""

OTHERS: Final = TITLES | {"m", "melle", "mlle", "mm", "mmes", "famille", "familles"}
"""Words before a family name, which may be that of a commune: « M. Lens »."""


def is_doubtful(mention: Mention, words: Words) -> bool:
    """Tell whether a name may well be no name of a place, or that of another."""
    if words.codes:
        return _is_elsewhere(mention, words)
    if any(test(mention, words) for test in TESTS):
        return True
    if mention.how in WRITTEN:
        abroad = isinstance(mention.entry.target, Outside)
        usual = mention.usual and (abroad or mention.cue not in BOUNDED)
        return usual or mention.cue is Cue.CONTINUED or _is_of_its_bridge(mention, words)
    in_pieces = mention.end - mention.start > len(mention.entry.spelling.split())
    made_of_others = mention.edits > 0 and in_pieces  # « marais ville » is not Maresville
    return mention.usual or not mention.begun or made_of_others or mention.cue in CALLED


def _is_elsewhere(mention: Mention, words: Words) -> bool:
    """Tell whether a damaged name stands beside postcodes of other départements alone.

    One wrong figure is a slip of the postcode, two are another département.
    """
    target = mention.entry.target
    here = target.departement if isinstance(target, Outside) else DEPARTEMENT.code
    if mention.how in WRITTEN or not here:
        return False
    return all(code[0] != here[0] and code[1] != here[1] for code in words.codes)


def _is_between(mention: Mention, words: Words) -> bool:
    """Tell whether a name is one of the two that something lies between."""
    before = words.words[max(0, mention.start - FARTHEST_BETWEEN) : mention.start]
    if BETWEEN not in before:
        return False
    after = words.words[mention.end : mention.end + 1]
    return before[-1] in CONNECTED or (before[-1] == BETWEEN and not CONNECTED.isdisjoint(after))


def _is_hamlet(mention: Mention, words: Words) -> bool:
    before = tuple(words.words[: mention.start])
    return any(before[-len(said) :] == said for said in HAMLETS)


def _ends_bare_street(mention: Mention, words: Words) -> bool:
    """Tell whether a text is but a street that ends in the name: « rue de la Gare de Lens »."""
    if mention.cue is not Cue.STREET_OF or mention.end < len(words.words):
        return False
    first = next((word for word in words.words if not word.isdigit()), "")
    whole = all(gap is Gap.NONE for gap in words.gaps[1 : mention.end])
    return whole and first in STREETS


def _is_of_its_bridge(mention: Mention, words: Words) -> bool:
    """Tell whether « de » stands where the name has « à »: Pont de Vendin, not Pont-à-Vendin."""
    spelling = mention.entry.spelling.split()
    said = words.words[mention.start : mention.end]
    return (
        mention.how is How.LOOSE
        and "a" in spelling
        and "a" not in said
        and not OF.isdisjoint(set(said) - set(spelling))
    )


def is_of_its_street(mention: Mention, words: Words) -> bool:
    """Tell whether a short damaged name may be of a street, where the postcode is not its own."""
    target = mention.entry.target
    return (
        bool(words.codes)
        and not words.cedex  # whose codes are those of no commune
        and mention.how not in WRITTEN
        and mention.cue in CALLED
        and mention.letters <= SHORT
        and isinstance(target, Commune)
        and not any(code in target.postcodes for code in words.codes)
    )


def _is_passed(mention: Mention, words: Words) -> bool:
    """Tell whether a text is about a journey, people or a product, and not about its place."""
    first = next((w for w in words.words if w not in UNSAYING and not w.isdigit()), "")
    return first in PASSING and words.words.index(first) < mention.start


def _is_family(mention: Mention, words: Words) -> bool:
    """Tell whether a name is that of a person: « M. Lens »."""
    before = words.words[: mention.start]
    if not before or words.gaps[mention.start] >= Gap.SIGN:
        return False  # « rue Pasteur, Lens »
    if before[-1] in OF and before[-2:-1] == ["famille"]:
        return True  # « famille d’Annay »
    return before[-1] in OTHERS


def _is_patron(mention: Mention, words: Words) -> bool:
    """Tell whether a name is that of the saint of a building: « rue de l'Église Saint-Omer »."""
    before = words.words[mention.start - 1 : mention.start]
    joined = words.gaps[mention.start] < Gap.SIGN and mention.end - mention.start == len(SAINT)
    return joined and words.words[mention.start] in SAINTS and not BUILDINGS.isdisjoint(before)


def _is_feast(mention: Mention, words: Words) -> bool:
    """Tell whether a name is that of the day of a saint: « fête de la Saint-Martin »."""
    before = words.words[mention.start - 1 : mention.start]
    return before == ["la"] and words.words[mention.start] in SAINTS


def _is_end_of_road(mention: Mention, words: Words) -> bool:
    """Tell whether a name is the first of two that a road joins: « RD 939 Arras – Cambrai »."""
    numbered = words.words[: mention.start]
    on_road = len(numbered) == len(("rd", "939")) and numbered[0] in ROADS
    return (
        on_road
        and numbered[1].isdigit()
        and mention.end < len(words.words)
        and words.gaps[mention.end] >= Gap.DASH
    )


def _is_of_its_epci(mention: Mention, words: Words) -> bool:
    """Tell whether a commune stands for the EPCI that is said before it: « CC de Desvres »."""
    is_commune = isinstance(mention.entry.target, Commune)
    return is_commune and read_level(words, mention.start) is Level.EPCI


def is_of_here_too(place: Outside, mentions: Iterable[Mention], words: Words) -> bool:
    """Tell whether the number of a département stands before a name of here: « 59 Croisilles »."""
    if place.name or words.codes or words.words[:1] not in NEAR:
        return False
    return any(m.how in WRITTEN and isinstance(m.entry.target, Commune) for m in mentions)


def has_namesake(
    mention: Mention, others: Iterable[Mention], words: Words, beginnings: frozenset[str]
) -> bool:
    """Tell whether a place outside is told by a name alone that others have, or begin with.

    « Bailleul » is in the Nord, in the Somme, and Bailleul-Sir-Berthoult; of a large one only
    those of here count: « Loos » is in the Nord, and the beginning of Loos-en-Gohelle.
    """
    place = mention.entry.target
    if not isinstance(place, Outside):
        return False
    if " ".join(words.words[mention.start : mention.end]) in beginnings:
        return True
    return place.population < LARGE and any(
        other.how in NAMESAKES
        and other.entry.target != place
        and other.start <= mention.start
        and mention.end <= other.end
        for other in others
    )


TESTS: Final = (
    _is_between, _is_hamlet, _ends_bare_street, _is_passed, _is_family, _is_patron, _is_feast,
    _is_end_of_road, _is_of_its_epci,
)  # fmt: skip
"""Of names in texts without a postcode."""
