"""Patterns of the map for what is no number: each state is told from the others without colour."""

from collections.abc import Mapping
from typing import Final

from layers.indicators.states import State

_PARTS: Final[Mapping[State, str]] = {
    State.UNKNOWN: '<rect class="pattern-stroke" width="1" height="7"/>',
    State.PARTIAL: '<rect class="pattern-money" width="2.4" height="7"/>',
    State.WITHHELD: '<circle class="pattern-stroke" cx="3.5" cy="3.5" r="1.3"/>',
    State.WITHOUT_OBJECT: '<rect class="pattern-stroke" x="2" y="3" width="3" height="1"/>',
}
_TURNS: Final[Mapping[State, int]] = {State.UNKNOWN: 45, State.PARTIAL: -45}
IDS: Final[Mapping[State, str]] = {
    state: "no-data" if state is State.UNKNOWN else f"state-{state}" for state in _PARTS
}
"""What a fill names; the scripts make the same names from the keys of the states."""


def _pattern(state: State) -> str:
    ground = "pattern-void" if state is State.WITHOUT_OBJECT else "pattern-ground"
    return (
        f'<pattern id="{IDS[state]}" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({_TURNS.get(state, 0)})">'
        f'<rect class="{ground}" width="7" height="7"/>{_PARTS[state]}</pattern>'
    )


PATTERNS: Final = (
    '<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>'
    + "".join(map(_pattern, _PARTS))
    + "</defs></svg>"
)
"""Stands once in a page, before its map."""
