"""What is on screen, as the page's address writes it: the same address gives the same picture."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from app.view import class_choice, operation_choice
from app.view.class_choice import USUAL_CLASSES, ClassChoice, ClassChoiceError, Method
from app.view.operation_choice import ALL_OPERATIONS, OperationChoice, OperationChoiceError
from app.view.query import MOST_REMARKS, Reader, one_of, part_of, read_query, write_query
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


def format_view(view: ViewState) -> str:
    """Write a view as a query string, ``?`` included; the default view gives an empty text."""
    parts = {
        "lieu": str(view.subject or view.place) if view.place != DEFAULT.place else None,
        "comparer": write_places(view.compared),
        "indicateur": view.indicator if view.indicator != DEFAULT.indicator else None,
        "niveau": str(view.level) if view.level != DEFAULT.level else None,
        "dessin": str(view.drawing) if view.drawing else None,
        **class_choice.write_choice(view.classes),
        **operation_choice.write_choice(view.operations),
        "tableau": str(view.table) if view.table else None,
        "couches": (",".join(view.layers) or NO_LAYER) if view.layers != DEFAULT.layers else None,
        "vue": str(view.map_view) if view.map_view else None,
    }
    return write_query(parts, safe=":,")


def parse_view(query: str, vocabulary: Vocabulary) -> tuple[ViewState, tuple[str, ...]]:
    """Read a query string; whatever it holds, the nearest sensible view comes out.

    Parameters
    ----------
    query
        With or without its ``?``; from outside, so anything.

    Returns
    -------
    view
        Part by part, the default where the query's could not be used.
    remarks
        One French sentence for each thing that was ignored or replaced, at most
        :data:`app.view.query.MOST_REMARKS`.
    """
    view, given, remarks = read_query(query, DEFAULT, _READERS, vocabulary)
    view, remark = _fit_level(view, vocabulary, asked="niveau" in given)
    remarks += [remark] if remark else []
    settled, remark = class_choice.settle(view.classes)
    remarks += [remark] if remark else []
    return replace(view, classes=settled), tuple(remarks[:MOST_REMARKS])


_Read = tuple[ViewState, str | None]
_Reader = Reader[ViewState, Vocabulary]


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


_READERS: Final[dict[str, _Reader]] = {
    "lieu": _read_place,
    "comparer": _read_compared,
    "indicateur": _read_indicator,
    "niveau": one_of(Level, "level", "Niveau « {} » inconnu : ignoré."),
    "dessin": one_of(
        Drawing, "drawing", "Dessin « {} » inconnu : attendu « aplats » ou « cercles »."
    ),
    "methode": part_of("classes", class_choice.read_method, ClassChoiceError),
    "classes": part_of("classes", class_choice.read_classes, ClassChoiceError),
    "bornes": _read_bounds,
    "palette": part_of("classes", class_choice.read_palette, ClassChoiceError),
    "periode": part_of("operations", operation_choice.read_period, OperationChoiceError),
    "pactes": _read_ambitions,
    "tableau": one_of(
        TableRows, "table", "Tableau « {} » inconnu : attendu « territoires » ou « operations »."
    ),
    "couches": _read_layers,
    "vue": one_of(
        MapView.parse,
        "map_view",
        "Vue de carte « {} » illisible : la carte est cadrée sur le lieu.",
    ),
}
