"""How ``atlas62 ecarts --places`` answers: people for a place of a service, as text or as JSON."""

import math
from collections.abc import Iterator
from typing import Any, Final

from app.commands.text_table import write_table
from app.commands.travel import show_record, show_text
from geo.reference.places import Reference
from layers.french.wording import format_number, plural
from layers.gaps.capacity import Capacity
from layers.gaps.capacity_sentences import (
    capacity_method,
    capacity_sentence,
    per_place,
    place_noun,
)
from layers.gaps.public_words import WORDS
from layers.gaps.question import MINUTE, unit_of

MOST_SHOWN: Final = 20
"""Communes in the table of the terminal; a file has them all."""


def show_room(found: Capacity, reference: Reference, *, as_json: bool) -> None:
    """Write the answer on standard output."""
    if as_json:
        show_record(as_record(found), found.remarks)
    else:
        show_text(_as_text(found, reference))


def as_record(found: Capacity) -> dict[str, Any]:
    """Return the room as JSON has it; people for a place are null where nothing is in reach."""
    unit = WORDS[found.public].unit
    return {
        "service": found.question.id,
        f"seuil_{'minutes' if unit_of(found.model) == MINUTE else 'km'}": found.question.threshold,
        "modele": found.model,
        "public": str(found.public),
        "places": found.places,
        "places_a_portee": found.reached,
        f"{unit}_par_place": _finite(found.mean),
        f"{unit}_sans_place": round(found.without),
        "par_commune": [
            {
                "code": row["code"],
                "commune": row["commune"],
                unit: round(row["people"]),
                "places": row["places"],
                f"{unit}_par_place": _finite(row["people_per_place"]),
            }
            for row in found.communes.to_dict("records")
        ],
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _as_text(found: Capacity, reference: Reference) -> Iterator[str]:
    yield capacity_sentence(found, reference)
    noun, head = place_noun(found.question), WORDS[found.public].head
    yield "\nCommunes, de la moins bien pourvue à la mieux pourvue\n"
    rows = [
        (
            str(rank),
            row["commune"],
            row["code"],
            row["epci"],
            format_number(round(row["people"])),
            *(per_place(row[name]) for name in _RATIOS),
        )
        for rank, row in enumerate(found.communes.head(MOST_SHOWN).to_dict("records"), 1)
    ]
    yield from write_table(
        ("", "Commune", "Code", "EPCI", head, f"Par {noun}", "Au moins", "Au plus"), rows
    )
    more = len(found.communes) - len(rows)
    if more > 0:
        yield f"… et {plural(more, 'autre')} : --csv FICHIER les donne toutes."
    yield f"\nMéthode. {capacity_method(found)}"
    yield from found.remarks


_RATIOS: Final = ("people_per_place", "per_place_low", "per_place_high")
