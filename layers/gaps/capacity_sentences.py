"""What is said of room: how many people share a place, who has none, and how that is counted."""

import math
from typing import Final

from geo.access.impedance import LUO_QI_ZONES
from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.french.wording import enumerate_words, format_number, format_percent, plural, typeset
from layers.gaps.capacity import Capacity
from layers.gaps.public_words import WORDS
from layers.gaps.question import Question, unit_of
from layers.gaps.sentences import METHODS
from layers.sheets.sentences import named

CROWDED: Final = 2.0
"""Times the mean from which people for a place are said to be many."""
MOST_NAMED: Final = 3
SMALL: Final = 100
"""Below it people for a place have a decimal."""


def place_noun(question: Question, *, several: bool = False) -> str:
    """Return what is shared: ``place`` where each has a number of them, else ``lieu``."""
    if question.services[0].supply:
        return "places" if several else "place"
    return "lieux" if several else "lieu"


def per_place(value: float) -> str:
    """Write people for a place; a dash where they have none."""
    return format_number(value, 1 if value < SMALL else 0) if math.isfinite(value) else "aucune"


def capacity_sentence(found: Capacity, reference: Reference) -> str:
    """Say the mean, who has no place, and where people are many for one."""
    words, question = WORDS[found.public], found.question
    far = f"{plural(question.threshold, unit_of(found.model))} ou moins"
    if not math.isfinite(found.mean):
        return typeset(f"Personne n’a {question.none} à {far}.")
    none = (
        f"{words.count(found.without)} ({_share(found.without, found.people)}) "
        f"{_agreed(found.without, 'n’a', 'n’ont')} {question.none} à {far}"
        if round(found.without)
        else f"tous ont {question.one} à {far}"
    )
    one = "une place" if question.services[0].supply else "un lieu"
    mean = f"En moyenne, {one} pour {_number(found.mean)} {words.several}"
    return typeset(f"{mean} ; {none}{_crowded(found, reference)}.")


def _crowded(found: Capacity, reference: Reference) -> str:
    """Say how many live where people for a place are many, and where most of them do."""
    rows = found.communes[
        (found.communes["people_per_place"] > CROWDED * found.mean) & (found.communes["places"] > 0)
    ]
    people = float(rows["people"].sum())
    if not round(people):
        return ""
    sums = rows.groupby("epci_code")["people"].sum().sort_values(ascending=False)[:MOST_NAMED]
    where = enumerate_words(
        f"{format_number(round(n))} dans {named(Perimeter(Level.EPCI, str(code)), reference)}"
        for code, n in sums.items()
    )
    return (
        f" ; {format_number(round(people))} ({_share(people, found.people)}) "
        f"{_agreed(people, 'vit', 'vivent')} dans une commune où l’on est plus de deux fois plus "
        f"nombreux par {place_noun(found.question)} que la moyenne, dont {where}"
    )


def _agreed(people: float, one: str, several: str) -> str:
    return several if round(people) > 1 else one


def _share(part: float, whole: float) -> str:
    return format_percent(part / whole) if whole else "–"


def _number(value: float) -> str:
    return format_number(value, 1 if value < SMALL else 0)


def capacity_method(found: Capacity) -> str:
    """Return how places are shared out, catchment and weights in plain French."""
    question = found.question
    first, second, third = (format_number(weight, 2) for weight in LUO_QI_ZONES.weights[:3])
    unit = unit_of(found.model)
    ends = [
        format_number(question.threshold * part / 3, 0 if question.threshold % 3 == 0 else 1)
        for part in (1, 2)
    ]
    supply = (
        "Le nombre de places de chaque établissement n’est pas dans les données : ses élèves de la "
        "rentrée 2022 en tiennent lieu, si bien qu’un collège à moitié vide paraît petit, et qu’un "
        "collège trop plein paraît grand."
        if question.services[0].supply
        else "Chaque lieu compte pour un, quels que soient sa taille et ses horaires."
    )
    within = plural(question.threshold, unit)
    return typeset(
        f"Chaque lieu partage ce qu’il a entre ceux qui en sont à {within} ou moins : jusqu’à "
        f"{ends[0]}, chacun compte entier ({first}) ; jusqu’à {ends[1]}, pour {second} ; au-delà, "
        f"pour {third}, car plus on est loin, moins on y va. Puis chacun additionne les parts des "
        "lieux à sa portée, avec les mêmes poids (méthode E2SFCA, Luo et Qi 2009). "
        f"{supply} Un site supposé ouvert a autant que la moyenne des autres. Ceux qui viennent de "
        "l’autre côté de la limite du département ne sont pas comptés : près d’elle, on est en "
        f"vérité plus nombreux par {place_noun(question)}. {METHODS[found.model]}"
    )
