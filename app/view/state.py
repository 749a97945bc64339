"""What is on screen, as the page's address writes it: the same address gives the same picture."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from app.view import class_choice, operation_choice
from app.view.class_choice import USUAL_CLASSES, ClassChoice, ClassChoiceError, Method
from app.view.keys import EXPLORER
from app.view.operation_choice import ALL_OPERATIONS, OperationChoice, OperationChoiceError
from app.view.query import Address, one_of, part_of
from app.view.side_by_side import Opened, read_compared, write_places
from app.view.viewport import MapView
from app.view.vocabulary import Vocabulary
from geo.perimeter import DEPARTEMENT, Level, Perimeter, PlaceError, shorten
from layers.sheets.subject import Subject


class Drawing(StrEnum):
    """How an indicator is drawn: classes as flat colours, totals as circles."""

    COLOURS = "aplats"
    CIRCLES = "cercles"


class TableRows(StrEnum):
    """What the rows of the table are."""

    PERIMETERS = "territoires"
    OPERATIONS = "operations"


@dataclass(frozen=True, slots=True)
class ViewState:
    """All that the address holds.

    Parameters
    ----------
    place
        The territory that is selected.
    indicator
        Identifier of the indicator that is drawn.
    level
        Level of the perimeters that carry the indicator.
    drawing
        None leaves it to the indicator: rates as colours, totals as circles.
    classes
        How its values are cut and coloured.
    operations
        Which operations are shown.
    table
        What the open table shows, None where it is closed.
    layers
        Identifiers of the point layers that are shown, in the catalogue's order.
    map_view
        None fits the map to the place.
    subject
        What the sheet is about when it is no perimeter; the place is then the one it lies in.
    compared
        What stands beside the subject or the place, of the same nature.
    """

    place: Perimeter = DEPARTEMENT
    indicator: str = "fit_par_habitant"
    level: Level = Level.EPCI
    drawing: Drawing | None = None
    classes: ClassChoice = USUAL_CLASSES
    operations: OperationChoice = ALL_OPERATIONS
    table: TableRows | None = None
    layers: tuple[str, ...] = ("operations",)
    map_view: MapView | None = None
    subject: Subject | None = None
    compared: tuple[Opened, ...] = ()

    @property
    def shown(self) -> str:
        """What the sheet shows: the subject or the place, and those beside it, as it is written."""
        return write_places(self.opened)

    @property
    def opened(self) -> tuple[Opened, ...]:
        """What the sheet shows: the subject or the place, and those beside it."""
        return (self.subject or self.place, *self.compared)


DEFAULT: Final = ViewState()
NO_LAYER: Final = "aucune"


def texts_of(view: ViewState) -> dict[str, str | None]:
    """Return what an address says of each part of a view; None where there is nothing to say."""
    return {
        "place": str(view.subject or view.place),
        "compared": write_places(view.compared) or None,
        "indicator": view.indicator,
        "level": str(view.level),
        "drawing": str(view.drawing) if view.drawing else None,
        **class_choice.write_choice(view.classes),
        **operation_choice.write_choice(view.operations),
        "table": str(view.table) if view.table else None,
        "layers": ",".join(view.layers) or NO_LAYER,
        "map_view": str(view.map_view) if view.map_view else None,
    }


def format_view(view: ViewState) -> str:
    """Write a view as a query string, ``?`` included; the default view gives an empty text."""
    return ADDRESS.write(view)


def parse_view(query: str, vocabulary: Vocabulary) -> tuple[ViewState, tuple[str, ...]]:
    """Read a query string and say what was ignored: :meth:`app.view.query.Address.read`."""
    return ADDRESS.read(query, vocabulary)


_Read = tuple[ViewState, str | None]


def _read_place(view: ViewState, text: str, vocabulary: Vocabulary) -> _Read:
    try:
        if found := vocabulary.find_subject(text):
            return replace(view, subject=found[0], place=found[1]), None
        place, remark = vocabulary.find_place(text)
    except PlaceError as error:
        return view, f"{error} Affiché : le Pas-de-Calais."
    return replace(view, place=place), remark


def _read_compared(view: ViewState, text: str, vocabulary: Vocabulary) -> _Read:
    def find(part: str) -> tuple[Opened, str | None]:
        found = vocabulary.find_subject(part)
        return (found[0], None) if found else vocabulary.find_place(part)

    (first, *others), remark = read_compared(view.subject or view.place, text, find)
    # those beside the département take its part, so that the first of them is what is opened
    view, _ = _read_place(view, str(first), vocabulary)
    return replace(view, compared=tuple(others)), remark


def _read_indicator(view: ViewState, text: str, vocabulary: Vocabulary) -> _Read:
    if text in vocabulary.indicators:
        return replace(view, indicator=text), None
    return view, f"Indicateur « {shorten(text)} » inconnu : ignoré."


def _read_layers(view: ViewState, text: str, vocabulary: Vocabulary) -> _Read:
    if text == NO_LAYER:
        return replace(view, layers=()), None
    asked = {part.strip() for part in text.split(",")} - {""}
    known = tuple(layer for layer in vocabulary.layers if layer in asked)
    strangers = sorted(asked - set(known))
    remark = f"Couche « {shorten(strangers[0])} » inconnue : ignorée." if strangers else None
    return (replace(view, layers=known) if known else view), remark


def _read_bounds(view: ViewState, text: str, _: Vocabulary) -> _Read:
    try:
        return replace(view, classes=class_choice.read_bounds(view.classes, text)), None
    except ClassChoiceError as error:
        # what else was asked of the classes stays; the manual ones are nothing without bounds
        manual = view.classes.method is Method.MANUAL
        method = Method.QUANTILES if manual else view.classes.method
        remark = f"{str(error).removesuffix('.')} ; classes par la méthode « {method} »."
        return replace(view, classes=replace(view.classes, method=method)), remark


def _read_ambitions(view: ViewState, text: str, vocabulary: Vocabulary) -> _Read:
    chosen, remark = operation_choice.read_ambitions(view.operations, text, vocabulary.ambitions)
    return replace(view, operations=chosen), remark


def _fit_level(view: ViewState, vocabulary: Vocabulary, *, asked: bool) -> _Read:
    levels = vocabulary.indicators.get(view.indicator, ())
    if not levels or view.level in levels:
        return view, None
    if not asked:
        return replace(view, level=levels[0]), None
    remark = f"Niveau « {view.level} » sans cet indicateur : affiché par « {levels[0]} »."
    return replace(view, level=levels[0]), remark


def _reconcile(
    view: ViewState, vocabulary: Vocabulary, asked: Collection[str]
) -> tuple[ViewState, list[str]]:
    view, of_level = _fit_level(view, vocabulary, asked="level" in asked)
    classes, of_classes = class_choice.make_drawable(view.classes)
    return replace(view, classes=classes), [one for one in (of_level, of_classes) if one]


ADDRESS: Final[Address[ViewState, Vocabulary]] = Address(
    keys=EXPLORER,
    usual=DEFAULT,
    texts=texts_of,
    readers={
        "place": _read_place,
        "compared": _read_compared,
        "indicator": _read_indicator,
        "level": one_of(Level, "level", "Niveau « {} » inconnu : ignoré."),
        "drawing": one_of(
            Drawing, "drawing", "Dessin « {} » inconnu : attendu « aplats » ou « cercles »."
        ),
        "method": part_of("classes", class_choice.read_method, ClassChoiceError),
        "classes": part_of("classes", class_choice.read_classes, ClassChoiceError),
        "bounds": _read_bounds,
        "palette": part_of("classes", class_choice.read_palette, ClassChoiceError),
        "period": part_of("operations", operation_choice.read_period, OperationChoiceError),
        "ambitions": _read_ambitions,
        "table": one_of(
            TableRows,
            "table",
            "Tableau « {} » inconnu : attendu « territoires » ou « operations ».",
        ),
        "layers": _read_layers,
        "map_view": one_of(
            MapView.parse,
            "map_view",
            "Vue de carte « {} » illisible : la carte est cadrée sur le lieu.",
        ),
    },
    reconcile=_reconcile,
)
