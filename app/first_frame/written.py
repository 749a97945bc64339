"""Names of the first frame as SVG, at shares of the frame."""

from html import escape
from typing import Final

from app.first_frame.lettering import baseline
from app.first_frame.names import LINE, Label
from app.first_frame.signs import step_classes
from app.first_frame.steps import Frame

BASELINES: Final = {"town": 13, "zone": 12, "area": 12, "sea": 16, "land": 13}
"""Size of the letters of each kind of name, pixels."""


def write_name(label: Label, ranks: list[int], frame: Frame) -> str:
    """Return a name, to be seen at the steps of some ranks."""
    left, top = frame.share(*label.at)
    size = BASELINES[label.kind]
    style = "italic" if label.kind in {"sea", "area"} else "regular"
    down = label.down + baseline(size, style)
    if label.side:
        away = label.aside - 2 if label.aside else 7
        x = away if label.side == "right" else -away
        dot = "" if label.aside or label.kind == "area" else '<circle class="town-dot" r="3"/>'
        written = (
            f'{dot}<text class="name-{label.side}" x="{x:g}" y="{down:.1f}">'
            f"{escape(label.rows[0])}</text>"
        )
    else:
        first = down - (len(label.rows) - 1) * LINE / 2
        written = "".join(
            f'<text y="{first + rank * LINE:.1f}">{escape(row)}</text>'
            for rank, row in enumerate(label.rows)
        )
    always = len(ranks) == len(frame.steps)
    classes = f"name-{label.kind}" + ("" if always else f" {step_classes(ranks)}")
    return f'<svg class="{classes}" x="{left}" y="{top}">{written}</svg>'
