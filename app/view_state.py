"""What is on screen, as the page's address writes it: the same address gives the same picture."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from urllib.parse import quote, unquote_plus

from app import class_choice, operation_choice
from app.class_choice import USUAL_CLASSES, ClassChoice, ClassChoiceError
from app.compared import read_compared, write_places
from app.map_view import MapView
from app.operation_choice import ALL_OPERATIONS, OperationChoice, OperationChoiceError
from geo.perimeter import DEPARTEMENT, Level, Perimeter, PlaceError, shorten
from layers.subject import Subject

LONGEST_QUERY: Final = 2000
"""Characters of an address that are read; the longest that this page writes has under 400."""
MOST_REMARKS: Final = 4


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
        Places of the same level beside the place.
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
    compared: tuple[Perimeter, ...] = ()

    @property
    def shown(self) -> str:
        """What the sheet shows: the subject or the place, and those beside it."""
        return write_places((self.subject or self.place, *self.compared))


DEFAULT: Final = ViewState()
NO_LAYER: Final = "aucune"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What an address may speak of.

    Parameters
    ----------
    find_place
        Gives the place that a text means and, where it is not exactly that, a French remark;
        raises :class:`geo.perimeter.PlaceError` when there is none.
    indicators
        Identifier of each indicator and the levels that carry it.
    layers
        Identifiers of the point layers, in the catalogue's order.
    ambitions
        What operations can be filtered by, as :class:`app.operation_choice.OperationChoice` says.
    find_subject
        Gives the subject that a text names and the place it lies in; None for no kind of subject.
    """

    find_place: Callable[[str], tuple[Perimeter, str | None]]
    indicators: Mapping[str, tuple[Level, ...]]
    layers: tuple[str, ...]
    ambitions: tuple[str, ...] = ()
    find_subject: Callable[[str], tuple[Subject, Perimeter] | None] = lambda _: None


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
    written = [f"{key}={quote(text, safe=':,')}" for key, text in parts.items() if text]
    return "?" + "&".join(written) if written else ""


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
        :data:`MOST_REMARKS`.
    """
    remarks: list[str] = []
    if len(query) > LONGEST_QUERY:
        remarks.append(f"Adresse trop longue : lue jusqu’au {LONGEST_QUERY}ᵉ caractère.")
    given, unknown = _split(query[:LONGEST_QUERY])
    view = DEFAULT
    for key, read in _READERS.items():
        if key in given:
            view, remark = read(view, given[key], vocabulary)
            remarks += [remark] if remark else []
    view, remark = _fit_level(view, vocabulary, asked="niveau" in given)
    remarks += [remark] if remark else []
    settled, remark = class_choice.settle(view.classes)
    view = replace(view, classes=settled)
    remarks += [remark] if remark else []
    if unknown:
        remarks.append(f"Paramètre d’adresse ignoré : « {shorten(unknown[0])} ».")
    return view, tuple(remarks[:MOST_REMARKS])


_Read = tuple[ViewState, str | None]
_Reader = Callable[[ViewState, str, Vocabulary], _Read]


def _split(query: str) -> tuple[dict[str, str], list[str]]:
    given: dict[str, str] = {}
    unknown: list[str] = []
    for pair in query.removeprefix("?").split("&"):
        key, _, text = pair.partition("=")
        # utf-8 written by hand may be broken: the damage is shown, it stops nothing
        key = unquote_plus(key, errors="replace").strip()
        text = unquote_plus(text, errors="replace").strip()
        if key in _READERS:
            given.setdefault(key, text)
        elif key and not re.fullmatch(r"utm_\w+|fbclid|gclid|mtm_\w+", key, re.ASCII):
            unknown.append(key)
    return {key: text for key, text in given.items() if text}, unknown


def _read_place(view: ViewState, text: str, vocabulary: Vocabulary) -> _Read:
    try:
        if found := vocabulary.find_subject(text):
            return replace(view, subject=found[0], place=found[1]), None
        place, remark = vocabulary.find_place(text)
    except PlaceError as error:
        return view, f"{error} Affiché : le Pas-de-Calais."
    return replace(view, place=place), remark


def _read_compared(view: ViewState, text: str, vocabulary: Vocabulary) -> _Read:
    if view.subject:
        return view, f"Comparaison ignorée : « {view.subject} » n’est pas un territoire."
    places, remark = read_compared(view.place, text, vocabulary.find_place)
    return replace(view, place=places[0], compared=places[1:]), remark


def _read_indicator(view: ViewState, text: str, vocabulary: Vocabulary) -> _Read:
    if text in vocabulary.indicators:
        return replace(view, indicator=text), None
    return view, f"Indicateur « {shorten(text)} » inconnu : ignoré."


def _read_level(view: ViewState, text: str, _: Vocabulary) -> _Read:
    try:
        return replace(view, level=Level(text)), None
    except ValueError:
        return view, f"Niveau « {shorten(text)} » inconnu : ignoré."


def _read_drawing(view: ViewState, text: str, _: Vocabulary) -> _Read:
    try:
        return replace(view, drawing=Drawing(text)), None
    except ValueError:
        return view, f"Dessin « {shorten(text)} » inconnu : attendu « aplats » ou « cercles »."


def _read_layers(view: ViewState, text: str, vocabulary: Vocabulary) -> _Read:
    if text == NO_LAYER:
        return replace(view, layers=()), None
    asked = {part.strip() for part in text.split(",")} - {""}
    known = tuple(layer for layer in vocabulary.layers if layer in asked)
    strangers = sorted(asked - set(known))
    remark = f"Couche « {shorten(strangers[0])} » inconnue : ignorée." if strangers else None
    return (replace(view, layers=known) if known else view), remark


def _read_map_view(view: ViewState, text: str, _: Vocabulary) -> _Read:
    try:
        return replace(view, map_view=MapView.parse(text)), None
    except ValueError:
        remark = f"Vue de carte « {shorten(text)} » illisible : la carte est cadrée sur le lieu."
        return view, remark


def _read_classes(read: Callable[[ClassChoice, str], ClassChoice]) -> _Reader:
    def reader(view: ViewState, text: str, _: Vocabulary) -> _Read:
        try:
            return replace(view, classes=read(view.classes, text)), None
        except ClassChoiceError as error:
            return view, str(error)

    return reader


def _read_period(view: ViewState, text: str, _: Vocabulary) -> _Read:
    try:
        chosen = operation_choice.read_period(view.operations, text)
    except OperationChoiceError as error:
        return view, str(error)
    return replace(view, operations=chosen), None


def _read_ambitions(view: ViewState, text: str, vocabulary: Vocabulary) -> _Read:
    chosen, remark = operation_choice.read_ambitions(view.operations, text, vocabulary.ambitions)
    return replace(view, operations=chosen), remark


def _read_table(view: ViewState, text: str, _: Vocabulary) -> _Read:
    try:
        return replace(view, table=TableRows(text)), None
    except ValueError:
        return view, (
            f"Tableau « {shorten(text)} » inconnu : attendu « territoires » ou « operations »."
        )


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
    "niveau": _read_level,
    "dessin": _read_drawing,
    "methode": _read_classes(class_choice.read_method),
    "classes": _read_classes(class_choice.read_classes),
    "bornes": _read_classes(class_choice.read_bounds),
    "palette": _read_classes(class_choice.read_palette),
    "periode": _read_period,
    "pactes": _read_ambitions,
    "tableau": _read_table,
    "couches": _read_layers,
    "vue": _read_map_view,
}
