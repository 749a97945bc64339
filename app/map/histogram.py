"""The histogram of an indicator over the strip of its classes: where the bounds fall."""

from typing import Final

import numpy as np

from app.drawing.theme import Theme
from app.parts import markup as html
from app.parts.markup import Element
from app.view.levels import LEVEL_PLURALS
from layers.french.wording import plural

BINS: Final = 24
FEWEST_VALUES: Final = 3
"""Fewer are better read one by one."""
LOG_RATIO: Final = 100
"""Largest bound to smallest from which equal steps would press all bounds together."""
SMALLEST_BAR: Final = 4
"""Percent of the height, so that one value is still seen."""


def render_histogram(theme: Theme) -> Element | None:
    """Return the histogram of the classed values, None where there are too few to have a shape."""
    known = theme.values.dropna().to_numpy(dtype=float)
    values = known[known != 0] if theme.classes.zeros is not None else known
    if len(values) < FEWEST_VALUES or len(theme.classes.counts) < 1:
        return None
    bounds = np.array(theme.classes.bounds)
    log = bool(values.min() > 0 and bounds[-1] > LOG_RATIO * values.min())
    low = values.min() if log and bounds[0] <= 0 else bounds[0]
    places = _places(values, low, bounds[-1], log=log)
    edges = _places(np.maximum(bounds, low), low, bounds[-1], log=log)
    median = theme.indicator.text(float(np.median(known)))
    size = len(theme.values)
    of = f" ({len(known)} sur {size} {LEVEL_PLURALS[theme.level]})" if len(known) < size else ""
    note = f"Médiane\u00a0: {median if of else median.removesuffix('.')}{of}."
    note += " Axe logarithmique." if log else ""
    return html.Div(
        [
            html.Div(
                [_bars(places), _strip(edges, theme.colours)],
                className="histogram",
                role="img",
                **{"aria-label": _words(theme, len(values))},
            ),
            html.P(note, className="note"),
        ]
    )


def _places(values: np.ndarray, low: float, high: float, *, log: bool) -> np.ndarray:
    """Return where values stand on the axis, 0 to 1."""
    if log:
        values, low, high = np.log(values), np.log(low), np.log(high)
    return (values - low) / (high - low)


def _bars(places: np.ndarray) -> Element:
    counts = np.histogram(places, BINS, (0, 1))[0]
    heights = np.where(counts > 0, np.maximum(counts / counts.max() * 100, SMALLEST_BAR), 0)
    bars = [html.Span(style={"height": f"{height:.0f}%"}) for height in heights]
    return html.Div(bars, className="histogram-bars")


def _strip(edges: np.ndarray, colours: tuple[str, ...]) -> Element:
    parts = [
        html.Span(style={"width": f"{width * 100:.2f}%", "background": colour})
        for width, colour in zip(np.diff(edges), colours, strict=True)
    ]
    return html.Div(parts, className="histogram-strip")


def _words(theme: Theme, count: int) -> str:
    known = theme.values.dropna()
    low, high = theme.indicator.text(known.min()), theme.indicator.text(known.max())
    return f"Histogramme de {plural(count, 'valeur')}, de {low} à {high.removesuffix('.')}."
