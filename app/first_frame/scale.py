"""The scale of the first frame, as long as the browser's map would draw it at each zoom."""

import math
from typing import Final

from app.first_frame.ground import unproject
from app.first_frame.steps import Frame

LONGEST: Final = 100
"""Pixels."""
EARTH: Final = 2 * math.pi * 6_371_000
"""Metres round the sphere that the browser's map measures on."""
ROUND: Final = (10, 5, 3, 2, 1)


def bar(frame: Frame, rank: int) -> tuple[str, int]:
    """Return the text of the scale at one step and its length in pixels."""
    step = frame.steps[rank]
    latitude = unproject(*frame.middle)[1]
    metres = EARTH * math.cos(math.radians(latitude)) * LONGEST / (256 * 2**step.zoom)
    length = _round(metres)
    text = f"{length:g} m" if length < 1000 else f"{length / 1000:g} km"  # noqa: PLR2004
    return text, round(LONGEST * length / metres)


def render_scale(frame: Frame) -> str:
    """Return the scale; the text of each step is written, one is seen."""
    texts = "".join(
        f'<span class="n n{rank}">{bar(frame, rank)[0]}</span>' for rank in range(len(frame.steps))
    )
    return f'<div class="frame-scale"><div class="frame-scale-line">{texts}</div></div>'


def scale_rules(frame: Frame, rank: int) -> str:
    """Return the rule of its length at one step."""
    return f".frame-scale-line{{width:{bar(frame, rank)[1]}px}}"


def _round(value: float) -> float:
    power = 10 ** (len(str(math.floor(value))) - 1)
    share = value / power
    return power * float(next((one for one in ROUND if share >= one), 1))
