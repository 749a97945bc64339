"""Scenarios side by side: what is compared, row by row, for the page and for the note."""

import math
from collections.abc import Callable
from typing import Final

from app.gaps.calculator import Answer
from layers.french.wording import format_number, format_percent
from layers.gaps.measure import Gaps
from layers.gaps.public_words import WORDS
from layers.gaps.scenarios import Scenario
from layers.gaps.sentences import short_unit

Say = Callable[[Gaps, Scenario | None], str]


def _beyond(gaps: Gaps, _: Scenario | None) -> str:
    return format_number(gaps.total.beyond.people)


def _share(gaps: Gaps, _: Scenario | None) -> str:
    return format_percent(gaps.total.share_beyond)


def _communes(gaps: Gaps, _: Scenario | None) -> str:
    return format_number(gaps.total.beyond.communes)


def _brought(_: Gaps, scenario: Scenario | None) -> str:
    return format_number(scenario.brought) if scenario else "–"


def _saved(_: Gaps, scenario: Scenario | None) -> str:
    return format_number(scenario.minutes_saved, 1) if scenario else "–"


def _nearer(_: Gaps, scenario: Scenario | None) -> str:
    return format_number(scenario.nearer) if scenario else "–"


def _saved_nearer(_: Gaps, scenario: Scenario | None) -> str:
    return format_number(scenario.saved_nearer, 1) if scenario else "–"


def _pushed(_: Gaps, scenario: Scenario | None) -> str:
    return format_number(scenario.pushed) if scenario else "–"


def _farther(_: Gaps, scenario: Scenario | None) -> str:
    return format_number(scenario.farther) if scenario else "–"


def _added(_: Gaps, scenario: Scenario | None) -> str:
    if scenario is None:
        return "–"
    finite = math.isfinite(scenario.added_farther)
    return format_number(scenario.added_farther, 1) if finite else "sans fin"


CLOSING: Final = ("Repoussés", "Éloignés", "Allongement")
"""Rows that say something only where a place closes."""
ROWS: Final[tuple[tuple[str, Say], ...]] = (
    ("{} au-delà", _beyond),
    ("Part au-delà", _share),
    ("Communes au-delà", _communes),
    ("Ramenés sous le seuil", _brought),
    ("Repoussés au-delà", _pushed),
    ("Rapprochés du service", _nearer),
    ("Gain moyen, pour eux", _saved_nearer),
    ("Éloignés du service", _farther),
    ("Allongement moyen, pour eux", _added),
    ("Gain moyen, pour tous", _saved),
)
"""What is compared, row by row."""


def compared(answer: Answer) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what is compared: a name, how things are now, then each scenario; none without any."""
    if not answer.scenarios:
        return ()
    columns: list[tuple[Gaps, Scenario | None]] = [
        (answer.now, None),
        *((scenario.gaps, scenario) for scenario in answer.scenarios),
    ]
    unit, head = short_unit(answer.now.model), WORDS[answer.now.public].head
    closes = any(scenario.closed for scenario in answer.scenarios)
    return tuple(
        (_with_unit(title.format(head), unit), tuple(say(*column) for column in columns))
        for title, say in ROWS
        if closes or not title.startswith(CLOSING)
    )


def _with_unit(title: str, unit: str) -> str:
    return f"{title} ({unit})" if title.startswith(("Gain", "Allong")) else title
