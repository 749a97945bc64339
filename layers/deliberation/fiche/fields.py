"""Read the named fields of a fiche: « Maîtrise d'ouvrage : … », « Localisation du projet : … »."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from layers.deliberation.text.bullets import part_bullet, read_items, shorten_quote, tidy_item
from layers.deliberation.text.reading import Reading
from layers.deliberation.text.source import Line


class Name(StrEnum):
    """The fields of a fiche."""

    OWNER = "maitre_ouvrage"
    DELEGATE = "mandataire"
    REFERENTS = "référents"
    DESIGNER = "maitrise_oeuvre"
    PLACE = "localisation"
    CONTEXT = "contexte"
    DETAIL = "descriptif"
    OBJECTIVES = "objectifs"
    PARTNERS = "partenaires"
    ENGINEERING = "ingénierie"
    WORKING = "fonctionnement"
    STUDIES = "études"
    SUSTAINABLE = "développement durable"
    PACTS = "pactes"
    AXES = "axes"
    THEMES = "thématiques"


_MA = r"ma[îi]tr(?:ise|e) d ?’ ?"
_LABELS: Final = (
    (Name.DELEGATE, rf"(?:mandataire(?: de l’opération)?|{_MA}ouvrage délégué[e]?)"),
    (Name.OWNER, rf"(?:{_MA}ouvrage|MOA)(?: \(MOA?\))?"),
    (Name.ENGINEERING, r"ing[ée]nierie mobilis[ée]e(?: autre que ma[îi]trise d ?’ ?(?:œ|oe)uvre)?"),
    (Name.DESIGNER, rf"(?:{_MA}(?:œ|oe)uvre|MOE)(?: \(MOE\))?"),
    (Name.REFERENTS, r"r[ée]f[ée]rents?(?: de l’op[ée]ration)?"),
    (Name.PLACE, r"localisation(?: du projet| de l’op[ée]ration)?"),
    (Name.CONTEXT, r"contexte(?: du projet)?"),
    (Name.DETAIL, r"descriptif(?: d[ée]taill[ée])?(?: du projet)?"),
    (Name.OBJECTIVES, r"objectifs?(?: du projet)?"),
    (Name.PARTNERS, r"partenaires? associ[ée]s?(?: [àa] l’op[ée]ration| au projet)?"),
    (Name.WORKING, r"modalit[ée]s de fonctionnement"),
    (Name.STUDIES, r"[ée]tudes r[ée]alis[ée]es"),
    (Name.SUSTAINABLE, r"en mati[èe]re de d[ée]veloppement durable"),
    (Name.PACTS, r"pactes?(?:\(s\))?,? concern[ée]s?(?:\(s\))?"),
    (Name.AXES, r"\(?axes?\)?(?:\(s\))? du contrat(?: concern[ée]s?(?:\(s\))?)?"),
    (Name.THEMES, r"th[ée]matiques?"),
)
_LABEL = re.compile(
    "|".join(
        rf"(?P<f{i}>(?:^|(?<=[.;:»)] ))(?:{words}) ?:)" for i, (_, words) in enumerate(_LABELS)
    ),
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"(?:[-,/&(–]|\b(?:de|du|des|d’|l’|la|le|les|et|à|au|aux|en|pour|sur|par|avec|dont))$"
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: the line of its label, the words after the label, and the lines below."""

    name: Name
    line: Line
    words: str
    below: tuple[Line, ...]


def cut_fields(lines: Sequence[Line]) -> Iterator[Field]:
    """Cut the lines of a fiche at the labels of its fields."""
    places = [
        (index, match.start(), match.end(), _LABELS[_which(match)][0])
        for index, line in enumerate(lines)
        for match in _LABEL.finditer(line.text)
    ]
    for position, (index, _, end, name) in enumerate(places):
        following = places[position + 1] if position + 1 < len(places) else None
        stop = following[0] if following else len(lines)
        same_line = following is not None and following[0] == index
        words = lines[index].text[end : following[1] if following and same_line else None]
        below = () if same_line else tuple(lines[index + 1 : stop])
        yield Field(name, lines[index], words.strip(), below)


def _which(match: re.Match[str]) -> int:
    return next(i for i in range(len(_LABELS)) if match[f"f{i}"])


def read_value(reading: Reading, field: Field) -> tuple[str, Line]:
    """Read a value that is one paragraph, with the line on which it begins.

    It begins after the label or on the lines below, and ends at a blank line that does not part a
    word or a list.
    """
    texts = [field.words] if field.words else []
    first = field.line
    for line in field.below:
        if not line.text:
            if texts and not _UNFINISHED.search(texts[-1]):
                break
            continue
        if not texts:
            first = line
        texts.append(line.text)
    return reading.vocabulary.join_texts(texts), first


def _announces(field: Field) -> bool:
    """Say whether a list follows a label, at once or after words that end with a colon."""
    words = field.words
    for line in field.below:
        if not line.text:
            if words and not words.endswith(":"):
                return False
            continue
        if part_bullet(line.text)[0]:
            return True
        words = line.text
    return False


def read_list(reading: Reading, field: Field) -> list[tuple[str, Line]]:
    """Read a value that is a list, or one line for want of marks; each at most 25 words."""
    items = read_items(field.below) if _announces(field) else []
    if not items:
        value, line = read_value(reading, field)
        return [(shorten_quote(tidy_item(value)), line)] if value else []
    texts = ((reading.vocabulary.join_texts(item.texts), item.line) for item in items)
    return [(shorten_quote(tidy_item(text)), line) for text, line in texts]
