"""Find where a section of a fiche begins when its heading is lost: its own first words tell."""

import re
from collections.abc import Sequence
from typing import Final

from geo.names import normalise
from layers.deliberation.text.headings import Heading, Mark
from layers.deliberation.text.parts import FichePart
from layers.deliberation.text.source import Line

_FIRST_WORDS: Final = (
    (Mark.PACTS, r"pactes? ?s? concernes? ?s?"),
    (Mark.CALENDAR, r"(?:etapes? )?dates? commentaires?"),
    (Mark.PLAN, r"depenses? (?:ht )?recettes?(?: ht)?|depenses|nature de la depense.{0,60}"),
    (Mark.COMMITMENTS, r"thematiques?"),
)
_COMPILED: Final = tuple((mark, re.compile(words)) for mark, words in _FIRST_WORDS)


def restore_sections(lines: Sequence[Line], fiche: FichePart) -> None:
    """Add to a fiche the headings of the sections that begin without theirs."""
    for mark, words in _COMPILED:
        if fiche.has(mark):
            continue
        for index in range(fiche.start, fiche.end):
            if words.fullmatch(normalise(lines[index].text[:LONGEST])):
                # The line itself belongs to the section, which begins after its heading.
                fiche.headings.append(Heading(mark, index - 1, lettered=True))
                fiche.headings.sort(key=lambda heading: heading.index)
                break


LONGEST: Final = 100
"""The first words of a section are fewer characters."""
