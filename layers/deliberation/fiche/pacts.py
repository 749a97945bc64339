"""Read the links of a fiche to the pacts of the Département and to the axes of its contract."""

import re
from collections.abc import Sequence
from typing import Final

from layers.deliberation.draft.model import Operation, PactLink
from layers.deliberation.draft.values import LIKELY, SURE, Level
from layers.deliberation.fiche.fields import Name, cut_fields
from layers.deliberation.text.bullets import part_bullet, read_items, shorten_quote, tidy_item
from layers.deliberation.text.reading import Reading, trace
from layers.deliberation.text.source import Line

_PACT = re.compile(
    r"^Pactes? (?:des? )?(?P<pact>(?:solidarit[ée]s|r[ée]ussites)\s+(?:territoriales|humaines"
    r"|citoyennes))\s*:?$",
    re.IGNORECASE,
)
_NAMES: Final = {
    "t": "solidarités territoriales",
    "h": "solidarités humaines",
    "c": "réussites citoyennes",
}
_AMBITION = re.compile(
    r"^Ambitions? ?(?:n ?° ?)?(?P<number>\d{1,2})\s*[:.–-]?\s*(?P<words>.*)$", re.IGNORECASE
)
_UNTICKED: Final = frozenset({"☐", "□", "❑", "[ ]", "[]"})


def read_pacts(reading: Reading, operation: Operation, lines: Sequence[Line], name: str) -> None:
    """Read pacts, ambitions and axes into the operation; boxes left empty do not count."""
    fields = [field for field in cut_fields(lines) if field.name in {Name.PACTS, Name.AXES}]
    axes = next((field for field in fields if field.name is Name.AXES), None)
    before = [line for line in lines if axes is None or line.number < axes.line.number]
    _read_links(reading, operation, before)
    if axes is None:
        _say_no_axis(reading, operation, name)
        return
    below = [line for line in axes.below if line.text]
    items = read_items(axes.below)
    if items and part_bullet(below[0].text)[0]:
        texts = [(reading.vocabulary.join_texts(i.texts), i.line) for i in items if not i.refused]
    else:
        texts = _read_plain_axes(reading, axes.words, axes.line, axes.below)
    for text, line in texts:
        operation.sources[f"axes.{len(operation.axes)}"] = trace(line, LIKELY)
        operation.axes.append(shorten_quote(tidy_item(text)))
    if not texts:
        _say_no_axis(reading, operation, name)


def _say_no_axis(reading: Reading, operation: Operation, name: str) -> None:
    reading.note(
        Level.NOTE,
        "axe-absent",
        f"{name} : la fiche ne cite aucun axe du contrat.",
        operation.sources["numero_fiche"].ligne,
    )


def _read_plain_axes(
    reading: Reading, words: str, label: Line, below: Sequence[Line]
) -> list[tuple[str, Line]]:
    """Read axes that no mark begins: « Axe 1 : … » or a verb with a capital begins each."""
    texts: list[tuple[list[str], Line]] = [([words], label)] if words else []
    for line in below:
        if not line.text:
            continue
        begins = not texts or re.match(r"Axe \d|[A-ZÀ-Ý][a-zà-ÿ]+(?:er|ir|re|oir)\b", line.text)
        if begins:
            texts.append(([line.text], line))
        else:
            texts[-1][0].append(line.text)
    return [(reading.vocabulary.join_texts(parts), line) for parts, line in texts]


def _read_links(reading: Reading, operation: Operation, lines: Sequence[Line]) -> None:
    pact = ""
    refused = False
    open_link: PactLink | None = None
    for line in lines:
        mark, text = part_bullet(line.text)
        heading = _PACT.match(text)
        ambition = _AMBITION.match(text)
        if heading:
            pact, refused = _name(heading["pact"]), mark in _UNTICKED
            open_link = None
        elif ambition:
            open_link = None
            if mark in _UNTICKED or refused:
                continue
            open_link = PactLink(
                pacte=pact, ambition=int(ambition["number"]), libelle=tidy_item(ambition["words"])
            )
            open_link.sources = {"ambition": trace(line, SURE if pact else LIKELY)}
            operation.pactes.append(open_link)
        elif text and open_link and text[0].islower():
            joined = reading.vocabulary.join_texts([open_link.libelle, text])
            open_link.libelle = tidy_item(joined)


def _name(words: str) -> str:
    return _NAMES[words.rsplit(maxsplit=1)[-1][0].lower()]
