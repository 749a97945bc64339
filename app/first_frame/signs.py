"""Circles and signs on the first frame, in pixels around their point, as on the browser's map.

A point is a ``use`` of the sign of its layer, shape and text, at shares of the frame.
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

from app.drawing.theme import LARGEST_RADIUS
from app.first_frame.ground import Box, project
from app.first_frame.lettering import baseline, width
from app.first_frame.picture import Areas, Picture, Points, Site
from app.first_frame.steps import Frame

NEAR_ZOOM: Final = 11
"""From which on a sign is a pin with its letter, and no dot."""
FAINT: Final = 5
"""Pixels of radius below which a circle has a thinner line."""
MOST_SIGNS: Final = 1_500
"""Of a layer; more are gathered by the browser's map."""
SPECK: Final = 20
"""Pixels below which an area has a mark."""


class Signs:
    """The signs of a picture, each drawn once.

    Parameters
    ----------
    frame
        Where the map looks.
    """

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._drawn: dict[tuple[str, str, str], str] = {}
        self._symbols: list[str] = []
        self.colours: dict[str, str] = {}

    @property
    def definitions(self) -> str:
        """What the signs that are used look like."""
        return "".join(self._symbols)

    @property
    def rules(self) -> str:
        """The colours of the layers, as rules of a style sheet."""
        return "".join(f".sign-{name}{{color:{colour}}}" for name, colour in self.colours.items())

    def amounts(self, points: Points) -> str:
        """Return the circles of a layer of amounts."""
        if not points.largest:
            return ""
        return (
            f'<g class="frame-amounts {self._colour(points.sign.colour)}">'
            + "".join(
                f'<circle class="{"doubtful" if _doubtful(points, properties) else "sure"}"'
                f"{self._at(*at, 'cx', 'cy')}"
                f' r="{radius(properties["amount"], points.largest):.1f}"/>'
                for at, properties in _standing(points)
            )
            + "</g>"
        )

    def pins(self, points: Points) -> str:
        """Return the signs of a layer of points."""
        if len(points.features) > MOST_SIGNS:
            return ""
        return (
            f'<g class="{self._colour(points.sign.colour)}">'
            + "".join(
                f'<use href="#{self._pin(points, properties)}"{self._at(*at, "x", "y")}/>'
                for at, properties in _standing(points)
            )
            + "</g>"
        )

    def site(self, site: Site) -> str:
        """Return the mark of a place that is supposed to open or to close, or proposed."""
        at = self._at(*project(*site.at), "x", "y")
        return (
            f'<svg class="frame-site {site.state}"{at}>'
            '<rect class="site-rim" x="-13" y="-13" width="26" height="26"/>'
            '<rect class="sign-rim" x="-12" y="-12" width="24" height="24"/>'
            '<rect class="site-rim" x="-10" y="-10" width="20" height="20"/>'
            f'<text class="sign-paper letters-13" text-anchor="middle" y="{baseline(13):.1f}">'
            f"{escape(site.text)}</text></svg>"
        )

    def specks(self, areas: Areas, sizes: Mapping[int, Box]) -> str:
        """Return the marks of areas too small to be seen, each at the zooms where it is so."""
        key = self._area(areas)
        marks = []
        for rank, feature in enumerate(areas.features):
            west, north, east, south = sizes[rank]
            side = max(east - west, south - north)
            steps = [
                index for index, step in enumerate(self._frame.steps) if side * step.scale < SPECK
            ]
            if steps:
                at = self._at(*project(*feature["properties"]["at"]), "x", "y")
                marks.append(f'<use href="#{key}" class="{step_classes(steps)}"{at}/>')
        return f'<g class="{self._colour(areas.sign.colour)}">{"".join(marks)}</g>'

    def _at(self, x: float, y: float, across: str, down: str) -> str:
        left, top = self._frame.share(x, y)
        return f' {across}="{left}" {down}="{top}"'

    def _colour(self, colour: str) -> str:
        name = colour.removeprefix("#")
        self.colours[name] = colour
        return f"sign-{name}"

    def _pin(self, points: Points, properties: Mapping[str, Any]) -> str:
        shape, count = str(properties["shape"]), int(properties["count"])
        several = count > 1 and shape != "square"
        text = str(count) if shape == "square" or count > 1 else points.sign.letter
        key = (points.layer, shape, text)
        if key not in self._drawn:
            self._drawn[key] = f"sign{len(self._drawn)}"
            far = _square(text, 15, 10) if shape == "square" else _dot(shape, text, several=several)
            near = _square(text, 20, 11) if shape == "square" else _round(shape, text, 10, 11)
            self._symbols.append(
                f'<g id="{self._drawn[key]}"><g class="is-far">{far}</g>'
                f'<g class="is-near">{near}</g></g>'
            )
        return self._drawn[key]

    def _area(self, areas: Areas) -> str:
        key = (areas.layer, "area", areas.sign.letter)
        if key not in self._drawn:
            self._drawn[key] = f"sign{len(self._drawn)}"
            far = '<rect class="sign-area" x="-3.25" y="-3.25" width="6.5" height="6.5" rx="1.5"/>'
            near = (
                '<rect class="sign-area" x="-6.25" y="-6.25" width="12.5" height="12.5" rx="1.5"/>'
                + _letters(areas.sign.letter, 9, "sign-ink")
            )
            self._symbols.append(
                f'<g id="{self._drawn[key]}"><g class="is-far">{far}</g>'
                f'<g class="is-near">{near}</g></g>'
            )
        return self._drawn[key]


def step_classes(ranks: list[int]) -> str:
    """Return the classes of what is seen at some steps only."""
    return "n " + " ".join(f"n{rank}" for rank in ranks)


def radius(value: float, largest: float) -> float:
    """Return the radius, pixels, of a circle whose area is proportional to its value."""
    return float(LARGEST_RADIUS * (max(value, 0) / largest) ** 0.5)


def value_circles(picture: Picture, middles: Mapping[str, tuple[float, float]]) -> str:
    """Return the circles of an indicator, the largest first.

    Parameters
    ----------
    middles
        A point well inside each perimeter, on the grid.
    """
    known = {
        code: value for code, value in picture.circles.items() if value > 0 and code in middles
    }
    largest = max(picture.circles.values(), default=0.0)
    drawn = []
    for code, value in sorted(known.items(), key=lambda item: -item[1]):
        left, top = picture.frame.share(*middles[code])
        size = radius(value, largest)
        faint = ' class="faint"' if size < FAINT else ""
        drawn.append(f'<circle{faint} cx="{left}" cy="{top}" r="{size:.1f}"/>')
    return f'<g class="frame-circles circle-{picture.ink}">{"".join(drawn)}</g>' if drawn else ""


def _standing(points: Points) -> Iterator[tuple[tuple[float, float], Mapping[str, Any]]]:
    for feature in points.features:
        longitude, latitude = feature["geometry"]["coordinates"]
        yield project(longitude, latitude), feature["properties"]


def _doubtful(points: Points, properties: Mapping[str, Any]) -> bool:
    return all(item["key"] in points.doubtful for item in properties["items"])


def _dot(shape: str, text: str, *, several: bool) -> str:
    return _round(shape, text, 7.5, 10) if several else _round(shape, "", 4.5, 0)


def _round(shape: str, text: str, size: float, letters: float) -> str:
    ground = "sign-full" if shape == "filled" else "sign-hollow"
    ink = "sign-paper" if shape == "filled" else "sign-ink"
    return (
        f'<circle class="sign-rim" r="{size + 1:g}"/>'
        f'<circle class="{ground}" r="{size - 1:g}"/>{_letters(text, letters, ink)}'
    )


def _square(text: str, size: float, letters: float) -> str:
    side = max(size, width(text, letters, 600) + 9)
    return (
        f'<rect class="sign-rim" x="{-side / 2 - 1:g}" y="{-size / 2 - 1:g}" '
        f'width="{side + 2:g}" height="{size + 2:g}"/>'
        f'<rect class="sign-square" x="{-side / 2 + 0.75:g}" y="{-size / 2 + 0.75:g}" '
        f'width="{side - 1.5:g}" height="{size - 1.5:g}"/>{_letters(text, letters, "sign-ink")}'
    )


def _letters(text: str, size: float, ink: str) -> str:
    if not text:
        return ""
    # styles of what is around a sign do not reach it where it is used
    return (
        f'<text class="{ink} letters-{size:g}" text-anchor="middle" y="{baseline(size):.1f}">'
        f"{escape(text)}</text>"
    )
