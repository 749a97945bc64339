"""Read the calendar of a fiche: each step, its date with its precision, the comment beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from geo.names import normalise
from layers.deliberation.draft.model import Milestone
from layers.deliberation.draft.values import LIKELY, SURE, Level
from layers.deliberation.text.reading import Reading, trace
from layers.deliberation.text.source import Line
from layers.french.period import find_period

_HEADERS: Final = frozenset({
    "date", "dates", "commentaire", "commentaires", "date commentaire", "dates commentaires",
    "etape", "etapes", "etape date commentaire", "etapes dates commentaires",
})  # fmt: skip
_STEP: Final = re.compile(
    r"(?:debut|fin|demarrage|livraison|reception|mise en service|achevement|ouverture|lancement)\b"
)
_LONGEST_STEP: Final = 160


def read_milestones(reading: Reading, lines: Sequence[Line], title: str) -> list[Milestone]:
    """Read the steps; a step printed once may have several dates, one on each line."""
    reader = _Reader(reading, title)
    for line in lines:
        if line.text and normalise(line.text) not in _HEADERS:
            reader.meet(line)
    for line in reader.waiting:
        reader.finish(line)
    return reader.steps


@dataclass(slots=True)
class _Reader:
    """Reads the lines of the calendar from top to bottom."""

    reading: Reading
    title: str
    steps: list[Milestone] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    label: str = ""

    def meet(self, line: Line) -> None:
        found = find_period(line.text)
        if found is None:
            self.waiting.append(line)
            return
        period, start, end = found
        words, rest = line.text[:start].strip(), line.text[end:].strip(" :–-,")
        above = self._keep_label(words)
        label = self.reading.vocabulary.join_texts([*(w.text for w in above), words])
        self.label = label.strip(" :–-") or self.label
        step = Milestone(
            etape=self.label,
            valeur=period.printed,
            debut=period.start.isoformat(),
            fin=period.end.isoformat(),
            precision=str(period.precision),
        )
        confidence = SURE if self.label else LIKELY
        step.sources = {
            "valeur": trace(line, confidence),
            "etape": trace(above[0] if above else line, confidence),
        }
        self.steps.append(step)
        if _STEP.match(normalise(rest)) and find_period(rest):
            self.meet(replace(line, text=rest))
        else:
            step.commentaire = rest

    def _keep_label(self, words: str) -> list[Line]:
        """Sort the words above a date: comment of the step before, step without date, or label."""
        above, self.waiting = self.waiting, []
        while above and above[0].text[0].islower() and self.steps:
            self.finish(above.pop(0))
        if words[:1].isupper():
            while above and _STEP.match(normalise(above[0].text)):
                self.finish(above.pop(0))
        return above

    def finish(self, line: Line) -> None:
        """Keep words that no date follows: the end of a comment, or a step without a date."""
        text = line.text.strip(" :")[:_LONGEST_STEP]
        if self.steps and line.text[0].islower():
            last = self.steps[-1]
            last.commentaire = self.reading.vocabulary.join_texts([last.commentaire, text])
        elif _STEP.match(normalise(text)):
            step = Milestone(etape=text)
            step.sources = {"etape": trace(line, LIKELY)}
            self.steps.append(step)
            self.reading.note(
                Level.NOTE,
                "date-absente",
                f"{self.title}, ligne {line.number} : l’étape « {text} » n’a pas de date lisible.",
                line.number,
            )
