"""Read what holds for all contracts: who may sign, au fil de l’eau, the follow-up, the money."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from layers.deliberation.draft.model import Act, Provision
from layers.deliberation.draft.values import LIKELY
from layers.deliberation.text.bullets import read_paragraphs, shorten_quote
from layers.deliberation.text.reading import Reading, trace
from layers.deliberation.text.source import Line

_TOPICS: Final = tuple(
    (topic, re.compile(words, re.IGNORECASE))
    for topic, words in (
        ("Qui peut signer", r"partenaires? pouvant être signataires?"),
        ("Au fil de l’eau", r"« ?au fil de l’eau ?»"),
        ("Le droit commun d’abord", r"à l’aune des dispositifs de droit commun"),
        ("Argent", r"modalités de l’accompagnement financier"),
        ("Comité de pilotage", r"comité de pilotage sera|suivie d’un comité de pilotage"),
        ("Contrats de ville", r"à signer.{0,80} futurs contrats de ville"),
        ("Enjeux de l’État", r"\d enjeux identifiés par l’État"),
        ("Participation", r"attentif aux enjeux de participation des habitants"),
    )
)
_SENTENCE: Final = re.compile(r"(?<=[.;:]) +(?=[A-ZÀ-Ö«])")
_KNOWN_BY: Final = 24
"""First characters by which a sentence is found again in its lines."""


def read_provisions(reading: Reading, act: Act) -> None:
    """Fill in the first sentence on each topic, at most 25 words of it."""
    found: dict[str, Provision] = {}
    for block in read_paragraphs(reading.lines):
        text = reading.join(block)
        for topic, pattern in _TOPICS:
            match = pattern.search(text) if topic not in found else None
            if match:
                sentence = _sentence_of(text, match.start())
                provision = Provision(sujet=topic, extrait=shorten_quote(sentence))
                provision.sources["extrait"] = trace(_line_of(reading, block, sentence), LIKELY)
                found[topic] = provision
    act.dispositions = [found[topic] for topic, _ in _TOPICS if topic in found]


def _sentence_of(text: str, place: int) -> str:
    start = 0
    for cut in _SENTENCE.finditer(text):
        if cut.start() > place:
            return text[start : cut.start()]
        start = cut.end()
    return text[start:]


def _line_of(reading: Reading, block: Sequence[Line], sentence: str) -> Line:
    """Return the last line from which on the block still holds the sentence, else the first.

    From a line on it is held, or not, as from all lines before: the last is found by halves, for a
    document without blank lines is one block of thousands.
    """
    beginning = sentence[:_KNOWN_BY]
    lost = bisect_left(
        range(1, len(block)), x=True, key=lambda index: beginning not in reading.join(block[index:])
    )
    return block[lost]
