"""Read what a fiche says in words: who answers for it, why, what is built, who helps."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from geo.names import normalise
from layers.deliberation.draft.model import Operation
from layers.deliberation.draft.values import LIKELY, Level
from layers.deliberation.fiche.fields import Field, Name, read_list, read_value
from layers.deliberation.text.bullets import read_items, shorten_quote, tidy_item
from layers.deliberation.text.reading import Reading, trace
from layers.deliberation.text.source import Line

_SIDE: Final = re.compile(r"^(?P<side>[^:]{2,40}?) ?: ?(?P<rest>.+)$")
_OURS: Final = re.compile(r"(?:conseil )?departement(?:al)?\b")
_PERSON: Final = re.compile(
    r"\b(?:M|Mme|Mmes|MM|Mr)\.? [A-ZÉÈ]|\b(?:Monsieur|Madame)\b|@"
    r"|\b[A-ZÉ][a-zéèêëïôç]+(?:-[A-ZÉ][a-zéèêëïôç]+)? [A-ZÉÈÊË-]{4,}(?![\w’])"
)
_SENTENCES: Final = ((Name.CONTEXT, "contexte"), (Name.WORKING, "fonctionnement"))


def read_words(reading: Reading, operation: Operation, fields: Iterable[Field], name: str) -> None:
    """Fill in what the fields of a fiche say in words, each at most 25 of them.

    A service that names a person is left out, and that is said.
    """
    found = {field.name: field for field in reversed(list(fields))}
    if referents := found.get(Name.REFERENTS):
        _read_referents(reading, operation, referents, name)
    if helpers := found.get(Name.ENGINEERING):
        told = _without_persons(reading, read_list(reading, helpers), name)
        _keep(operation, "ingenierie", told)
    for label, attribute in _SENTENCES:
        field = found.get(label)
        value, line = read_value(reading, field) if field else ("", None)
        if value and line:
            setattr(operation, attribute, shorten_quote(value.rstrip(" :")))
            operation.sources[attribute] = trace(line, LIKELY)
    if detail := found.get(Name.DETAIL):
        _keep(operation, "descriptif", _read_detail(reading, detail))


def _read_referents(reading: Reading, operation: Operation, field: Field, name: str) -> None:
    """Put each service on its side: the département's, or the partner's."""
    sides: dict[str, list[tuple[str, Line]]] = {}
    for text, line in _without_persons(reading, read_list(reading, field), name):
        match = _SIDE.match(text)
        side, rest = (match["side"], match["rest"]) if match else ("", text)
        ours = _OURS.match(normalise(side or text))
        which = "referents_departement" if ours else "referents_partenaire"
        sides.setdefault(which, []).append((rest, line))
    for which, services in sides.items():
        _keep(operation, which, services)


def _read_detail(reading: Reading, field: Field) -> Iterator[tuple[str, Line]]:
    """Read the first paragraph of a description, and the items of its list."""
    opening, line = read_value(reading, field)
    if not opening:
        return
    items = read_items(field.below)
    if not items or items[0].line.number > line.number:
        yield shorten_quote(tidy_item(opening)), line
    for item in items:
        text = reading.vocabulary.join_texts(item.texts)
        yield shorten_quote(tidy_item(text)), item.line


def _without_persons(
    reading: Reading, found: Iterable[tuple[str, Line]], name: str
) -> Iterator[tuple[str, Line]]:
    for text, line in found:
        if _PERSON.search(text):
            reading.note(
                Level.NOTE,
                "personne-nommée",
                f"{name} : une ligne paraît nommer une personne, elle n’est pas reprise.",
                line.number,
            )
        else:
            yield text, line


def _keep(operation: Operation, attribute: str, found: Iterable[tuple[str, Line]]) -> None:
    values: list[str] = getattr(operation, attribute)
    for text, line in found:
        operation.sources[f"{attribute}.{len(values)}"] = trace(line, LIKELY)
        values.append(text)
