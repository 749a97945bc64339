"""The page of help: reading the map, its keys, the glossary, the sources, the plan of the site."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.documents.notes import Document, read_register
from app.drawing import signs
from app.map.tiles import TILES
from app.parts.footer import all_sources
from app.parts.keys import MAP_KEYS, TIMELINE_KEYS
from app.parts.tour import STEPS
from app.settings import BaseMap
from layers.catalogue.layers import Catalogue
from layers.documents.glossary import GLOSSARY
from layers.indicators.states import ABSENCES, SIGNS, State
from layers.model.schema import LayerError

WHY: Final[Mapping[State, str]] = {
    State.PARTIAL: "la valeur n’est connue que pour une partie du territoire",
    State.WITHHELD: "la valeur existe et son producteur ne la publie pas",
    State.WITHOUT_OBJECT: "il n’y a rien à compter, comme les élèves par collège sans collège",
    State.UNKNOWN: "personne ne nous a donné la valeur",
}
"""Why there is no number, for who reads the help."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the glossary and where it is taken from.

    Parameters
    ----------
    source
        What is cited: a document and its line, or a public source.
    """

    term: str
    expansion: str
    meaning: str
    source: str


def help_page(catalogue: Catalogue, base_map: BaseMap) -> dict[str, Any]:
    """Return what the page shows; a table that cannot be read is told of in its place."""
    problem = ""
    register: Mapping[str, Document] = {}
    words: tuple[Word, ...] = ()
    try:
        register = read_register(catalogue.data)
        words = _words(catalogue, register)
    except LayerError as error:
        problem = str(error)
    return {
        "steps": STEPS,
        "keys": (("La carte", MAP_KEYS), ("Les opérations dans le temps", TIMELINE_KEYS)),
        "signs": [(sign, catalogue.layers[id_].title) for id_, sign in signs.SIGNS.items()],
        "absences": [(SIGNS[state], WHY[state]) for state in ABSENCES],
        "words": words,
        "problem": problem,
        "register": register,
        "sources": all_sources(catalogue),
        "tiles": TILES.get(base_map),
    }


def _words(catalogue: Catalogue, register: Mapping[str, Document]) -> tuple[Word, ...]:
    rows = GLOSSARY.read(catalogue.data).astype(object).fillna("").to_dict("records")
    return tuple(
        Word(row["term"], row["expansion"], row["meaning"], _source(row, register)) for row in rows
    )


def _source(row: Mapping[Any, Any], register: Mapping[str, Document]) -> str:
    if not row["document"]:
        return str(row["source"])
    document = register.get(row["document"])
    return f"{document.label if document else row['document']}, ligne\u00a0{row['line']}"
