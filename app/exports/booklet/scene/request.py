"""What can be asked of a page: perimeter, format, layers, words."""

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from app.view.class_choice import USUAL_CLASSES, ClassChoice
from app.view.operation_choice import ALL_OPERATIONS, OperationChoice
from app.view.state import Drawing
from geo.perimeter import Level, Perimeter

Paper = Literal["A4", "A3"]
Orientation = Literal["auto", "portrait", "paysage"]

PAPERS: Final[dict[Paper, tuple[float, float]]] = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}
"""Width and height upright, millimetres."""

_EQUIPMENT: Final = ("colleges", "france_services", "centres_incendie", "sites_departementaux")
DEFAULT_LAYERS: Final[dict[Level, tuple[str, ...]]] = {
    Level.DEPARTEMENT: ("operations",),
    Level.TERRITORY: ("operations", "qpv", "colleges", "sites_departementaux"),
    Level.MDS: ("operations", "qpv", "colleges", "sites_departementaux"),
    Level.EPCI: ("operations", "qpv", *_EQUIPMENT, "gares", "hopitaux"),
    Level.CANTON: ("operations", "qpv", *_EQUIPMENT, "gares", "hopitaux"),
    Level.COMMUNE: ("operations", "qpv", *_EQUIPMENT, "gares", "hopitaux", "mairies"),
}
"""What a page shows unless told otherwise."""

LONGEST_TITLE: Final = 120


class PageError(Exception):
    """A page cannot be drawn as asked; the message is a French sentence."""


@dataclass(frozen=True)
class PageRequest:
    """A page of a booklet.

    Parameters
    ----------
    perimeter
        What it shows.
    paper
        ``A4`` or ``A3``.
    orientation
        ``portrait``, ``paysage``, or ``auto``: that in which the perimeter is larger.
    title, subtitle
        In place of the perimeter's name and of the sentence under it.
    layers
        Identifiers of point layers; by default those of :data:`DEFAULT_LAYERS`.
    indicator
        Identifier of an indicator, painted commune by commune (a rate as colours, a total as
        circles), or as colours over what it is printed for.
    level, drawing, classes
        At which level the indicator is painted, how, and cut into which classes; by default as
        above, in the usual classes.
    operations
        Which of the operations are shown.
    captions
        Words for an operation, by its identifier, in place of its title.
    partner_logo, departement_logo
        Image files (SVG, PNG, JPEG).
    logo_frames
        Whether an empty frame keeps the place of a logo that is not given.
    date
        Printed on the page and told in the file; by default ``SOURCE_DATE_EPOCH`` or today.
    contract
        Identifier of the contract that the page was asked by, if any.
    """

    perimeter: Perimeter
    paper: Paper = "A4"
    orientation: Orientation = "auto"
    title: str = ""
    subtitle: str = ""
    layers: Sequence[str] | None = None
    indicator: str | None = None
    level: Level | None = None
    drawing: Drawing | None = None
    classes: ClassChoice = USUAL_CLASSES
    operations: OperationChoice = ALL_OPERATIONS
    captions: dict[str, str] = field(default_factory=dict)
    partner_logo: Path | None = None
    departement_logo: Path | None = None
    logo_frames: bool = False
    date: dt.date | None = None
    contract: str | None = None

    @property
    def shown_layers(self) -> tuple[str, ...]:
        """The point layers asked for, or the default ones."""
        given = DEFAULT_LAYERS[self.perimeter.level] if self.layers is None else self.layers
        return tuple(dict.fromkeys(given))

    @property
    def day(self) -> dt.date:
        """The date of the page."""
        if self.date:
            return self.date
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if epoch.isdecimal():
            return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
        return dt.datetime.now(dt.UTC).date()
