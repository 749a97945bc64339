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


def pattern(
    state: State, identifier: str, scale: float = 1.0, *, ground: str = "", stroke: str = ""
) -> str:
    """Return the pattern of a state.

    Parameters
    ----------
    identifier
        What a fill names.
    scale
        Units of the drawing in a pixel.
    ground, stroke
        Classes in the stead of those of the state.
    """
    usual = "pattern-void" if state is State.WITHOUT_OBJECT else "pattern-ground"
    drawn = _PARTS[state].replace("pattern-stroke", stroke or "pattern-stroke")
    sized = f" scale({scale:.6g})" if scale != 1 else ""
    return (
        f'<pattern id="{identifier}" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({_TURNS.get(state, 0)}){sized}">'
        f'<rect class="{ground or usual}" width="7" height="7"/>{drawn}</pattern>'
    )


PATTERNS: Final = (
    '<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>'
    + "".join(pattern(state, identifier) for state, identifier in IDS.items())
    + "</defs></svg>"
)
"""Stands once in a page, before its map."""
