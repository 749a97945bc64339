"""What a map shows, whichever page it is on: to be drawn once, as SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.drawing.signs import Sign
from app.first_frame.steps import Frame
from geo.perimeter import Level
from layers.indicators.states import State


@dataclass(frozen=True)
class Points:
    """A layer of points that is shown.

    Parameters
    ----------
    layer
        Identifier.
    sign
        How it is drawn.
    features
        As the browser gets them: ``shape``, ``count``, ``amount``, ``items``.
    largest
        Amount of the largest circle, 0 where there are none.
    doubtful
        Keys of the rows that belong here on some reading of their dates only.
    """

    layer: str
    sign: Sign
    features: Sequence[Mapping[str, Any]]
    largest: float = 0.0
    doubtful: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Doubtful:
    """A colour under the hatching of what is not sure."""

    colour: str


@dataclass(frozen=True)
class Site:
    """A place that is supposed to open or to close, or proposed.

    Parameters
    ----------
    at
        Longitude, latitude.
    text
        On its mark.
    state
        ``opened``, ``closed`` or ``proposed``.
    """

    at: tuple[float, float]
    text: str
    state: str


@dataclass(frozen=True)
class Areas:
    """A layer of areas that is shown: its features as the browser gets them."""

    layer: str
    sign: Sign
    features: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Outlined:
    """Outlines over everything, in the style of a class.

    Parameters
    ----------
    style
        Name of the class; its rim has the same with ``-rim``.
    paths
        What SVG calls ``d``.
    """

    style: str
    paths: tuple[str, ...]


Fill = str | State | Doubtful
"""A colour, or what has a hatching."""


@dataclass(frozen=True)
class Picture:
    """A map.

    Parameters
    ----------
    frame
        Where it looks.
    title
        What it shows, in a line.
    level
        Of the perimeters that carry colours.
    limits
        Level whose limits are drawn over them.
    fills
        By code.
    told
        What is known of each, French, by code.
    links
        Address that each opens, by code.
    circles
        Value by code, where values are circles; and the class of their ink.
    ink
        ``money`` or ``plain``.
    credit
        Whom the licence of the background wants named, where it is shown.
    background
        What SVG calls ``d`` for each kind of the background, the lowest first.
    """

    frame: Frame
    title: str
    level: Level
    limits: Level
    fills: Mapping[str, Fill]
    told: Mapping[str, str]
    links: Mapping[str, str]
    circles: Mapping[str, float] = field(default_factory=dict)
    ink: str = "plain"
    outlines: tuple[Outlined, ...] = ()
    areas: tuple[Areas, ...] = ()
    points: tuple[Points, ...] = ()
    sites: tuple[Site, ...] = ()
    credit: str = ""
    background: Mapping[str, str] = field(default_factory=dict)
