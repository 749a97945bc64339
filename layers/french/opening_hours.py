"""Opening hours as the directory of the administration gives them, in words."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

PERIODS: Final = (
    ("valeur_heure_debut_1", "valeur_heure_fin_1"),
    ("valeur_heure_debut_2", "valeur_heure_fin_2"),
)
"""Of a day: two, where a town hall closes at noon."""


def say_hours(spans: Sequence[Mapping[str, Any]]) -> str:
    """Return opening hours in words: « du lundi au vendredi 8 h – 12 h et 14 h – 17 h »."""
    return " ; ".join(text for text in map(_say_span, spans) if text)


def _say_span(span: Mapping[str, Any]) -> str:
    first, last = (str(span.get(f"nom_jour_{end}") or "").lower() for end in ("debut", "fin"))
    pairs = [(_hour(span.get(begin)), _hour(span.get(end))) for begin, end in PERIODS]
    hours = " et ".join(f"{begin} – {end}" for begin, end in pairs if begin and end)
    if not first or not hours:
        return ""
    days = f"du {first} au {last}" if last and last != first else first
    return f"{days} {hours}"


def _hour(text: object) -> str:
    """Return « 8 h 30 » for ``08:30:00``, empty where it is no hour."""
    hours, _, rest = str(text or "").partition(":")
    minutes = rest[:2]
    if not (hours.isdecimal() and minutes.isdecimal()):
        return ""
    return f"{int(hours)} h" + (f" {minutes}" if int(minutes) else "")
