"""The style of a collection for QGIS (QML) and for others (SLD 1.1): what the Atlas shows.

A rate is in classes of colours, a total in circles scaled by their area. What is no number is
hatched, each state in a way of its own as on the map: never in the colour of zero.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from app.api.collection import Collection
from app.api.indicators import column_of
from app.api.rows import Rows
from app.drawing.bounds_text import say_classes
from app.drawing.signs import sign_of
from app.drawing.theme import make_theme
from app.drawing.tokens import colour
from app.exports.qgis_style import (
    LARGEST_CIRCLE,
    VERSION,
    add_layer,
    compute,
    largest_of,
    name_columns,
    qgis_style,
    rgba,
)
from layers.catalogue.layers import Catalogue
from layers.indicators.definition import Indicator
from layers.indicators.states import ABSENCES, SIGNS, State

LEGEND_CIRCLE: Final = 5.0
"""Millimetres: QGIS gives the line of a legend no more room for a larger one."""
LINE: Final = 0.2
"""Millimetres."""
OGC: Final = "http://www.opengis.net/ogc"
HATCHINGS: Final[Mapping[State, tuple[str, str, str]]] = {
    State.UNKNOWN: ("b_diagonal", "slash", "hairline"),
    State.PARTIAL: ("f_diagonal", "backslash", "money"),
    State.WITHHELD: ("dense6", "circle", "hairline"),
    State.WITHOUT_OBJECT: ("horizontal", "horline", "hairline"),
}
"""State → what QGIS and an SLD call its pattern, and the colour of its lines."""
SE: Final = "http://www.opengis.net/se"
SLD: Final = "http://www.opengis.net/sld"


@dataclass(frozen=True, slots=True)
class Rule:
    """How objects that answer a test are drawn.

    Parameters
    ----------
    title
        French, in the legend.
    column
        That is tested.
    equal
        Value that it must have, None where bounds are tested.
    low, high
        Bounds, the low one in it.
    signs
        How they are compared, low then high.
    fill
        Hexadecimal, of a class.
    state
        That is hatched; None for a class.
    """

    title: str
    column: str
    fill: str = ""
    state: State | None = None
    equal: str | float | None = None
    low: float = 0.0
    high: float = 0.0
    signs: tuple[str, str] = (">=", "<")

    @property
    def expression(self) -> str:
        """The test as QGIS writes it."""
        if isinstance(self.equal, str):
            return f"\"{self.column}\" = '{self.equal}'"
        if self.equal is not None:
            return f'"{self.column}" = {self.equal}'
        above, below = self.signs
        return f'"{self.column}" {above} {self.low} AND "{self.column}" {below} {self.high}'


def write_qml(collection: Collection, rows: Rows, catalogue: Catalogue) -> str:
    """Return the style of a collection for QGIS."""
    if collection.layer is not None:
        return qgis_style(collection.layer, largest_of(collection.layer, rows.frame))
    rules = [*_rules(collection, catalogue)]
    root = Element("qgis", version=VERSION, styleCategories="Symbology|Fields")
    name_columns(root, collection.fields)
    renderer = SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0")
    every, symbols = SubElement(renderer, "rules", key="all"), SubElement(renderer, "symbols")
    listed = SubElement(every, "rule", key="subject", label=_subject(collection))
    for number, rule in enumerate(rules):
        SubElement(
            listed,
            "rule",
            key=f"rule-{number}",
            symbol=str(number),
            label=rule.title,
            filter=rule.expression,
        )
        symbol = SubElement(symbols, "symbol", type="fill", name=str(number), alpha="1")
        _fill(symbol, rule)
    if (circles := _circles(collection, rows)) is not None:
        number = len(rules)
        words = f"surface selon la valeur, jusqu’à {_measured(collection).text(circles[1])}"
        SubElement(listed, "rule", key="circles", symbol=str(number), label=words)
        symbol = SubElement(symbols, "symbol", type="fill", name=str(number), alpha="1")
        _circle(symbol, *circles)
    head = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    return head + tostring(root, encoding="unicode")


def write_sld(collection: Collection, catalogue: Catalogue) -> str:
    """Return the style of a collection as a Styled Layer Descriptor."""
    root = Element("StyledLayerDescriptor", {"version": "1.1.0", "xmlns": SLD, "xmlns:se": SE,
                                             "xmlns:ogc": OGC})  # fmt: skip
    named = SubElement(root, "NamedLayer")
    SubElement(named, "se:Name").text = collection.id
    style = SubElement(SubElement(named, "UserStyle"), "se:FeatureTypeStyle")
    for rule in _rules(collection, catalogue):
        part = SubElement(style, "se:Rule")
        SubElement(part, "se:Name").text = rule.title
        _filter(SubElement(part, "ogc:Filter"), rule)
        _polygon(part, rule.fill, rule.state)
    if collection.layer is not None:
        sign = sign_of(collection.layer)
        part = SubElement(style, "se:Rule")
        SubElement(part, "se:Name").text = collection.title
        if collection.geometry == "point":
            _mark(part, sign.colour)
        else:
            _polygon(part, colour("land"))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _rules(collection: Collection, catalogue: Catalogue) -> Iterator[Rule]:
    """Yield how the classes and the states of an indicator are drawn."""
    if collection.measure is None:
        return
    indicator, level = collection.measure
    name = column_of(indicator)
    if indicator.kind == "rate":
        theme = make_theme(catalogue, indicator, level, None)
        bounds, apart = theme.classes.bounds, theme.classes.zeros is not None
        if apart:
            yield Rule("zéro", name, colour("paper"), equal=0.0)
        words = say_classes(bounds, zero_apart=apart)
        last = len(theme.colours) - 1
        for number, (tint, text) in enumerate(zip(theme.colours, words, strict=True)):
            low, high = bounds[number], bounds[number + 1]
            signs = (">" if apart and low == 0 else ">=", "<=" if number == last else "<")
            yield Rule(text, name, tint, low=low, high=high, signs=signs)
    for state in ABSENCES:
        word = SIGNS[state].word
        yield Rule(word, f"{name}_etat", state=state, equal=word)


def _subject(collection: Collection) -> str:
    """Return what a legend says above the classes: what is drawn, and in which unit."""
    drawn = _measured(collection)
    told = drawn.unit.rstrip(".").lower() in drawn.title.lower()
    return drawn.title if told else f"{drawn.title} ({drawn.unit})"


def _measured(collection: Collection) -> Indicator:
    if collection.measure is None:
        raise KeyError(collection.id)
    return collection.measure[0]


def _circles(collection: Collection, rows: Rows) -> tuple[str, float] | None:
    """Return the column and the largest value of a total; None for what is no total."""
    if collection.measure is None or collection.measure[0].kind == "rate":
        return None
    name = column_of(collection.measure[0])
    largest = rows.column(name).max()
    return (name, float(largest)) if largest > 0 else None


def _fill(symbol: Element, rule: Rule) -> None:
    line = {"outline_color": rgba(colour("hairline")), "outline_width": str(LINE)}
    if rule.state is None:
        add_layer(symbol, "SimpleFill", color=rgba(rule.fill), style="solid", **line)
    else:
        style, _, ink = HATCHINGS[rule.state]
        add_layer(symbol, "SimpleFill", color=rgba(colour(ink)), style=style, **line)


def _circle(symbol: Element, column: str, largest: float) -> None:
    around = add_layer(symbol, "CentroidFill", point_on_surface="1")
    mark = SubElement(around, "symbol", type="marker", name="@0@0", alpha="1")
    ink = colour("money")
    circle = add_layer(
        mark, "SimpleMarker", name="circle", color=rgba(ink, 110), outline_color=rgba(ink),
        outline_width=str(LINE), size=str(LEGEND_CIRCLE),
    )  # fmt: skip
    area = f'{LARGEST_CIRCLE} * sqrt(coalesce("{column}", 0) / {largest})'
    compute(circle, "size", area)


def _filter(parent: Element, rule: Rule) -> None:
    """Write a test as OGC Filter 1.1."""
    names = {">=": "GreaterThanOrEqualTo", ">": "GreaterThan", "<": "LessThan",
             "<=": "LessThanOrEqualTo"}  # fmt: skip

    def test(into: Element, name: str, value: str | float) -> None:
        part = SubElement(into, f"ogc:PropertyIs{name}")
        SubElement(part, "ogc:PropertyName").text = rule.column
        SubElement(part, "ogc:Literal").text = str(value)

    if rule.equal is not None:
        test(parent, "EqualTo", rule.equal)
        return
    both = SubElement(parent, "ogc:And")
    for sign, bound in zip(rule.signs, (rule.low, rule.high), strict=True):
        test(both, names[sign], bound)


def _polygon(parent: Element, fill: str, state: State | None = None) -> None:
    part = SubElement(parent, "se:PolygonSymbolizer")
    if state is None:
        _paint(SubElement(part, "se:Fill"), "fill", fill)
    else:
        drawn = SubElement(SubElement(SubElement(part, "se:Fill"), "se:GraphicFill"), "se:Graphic")
        mark = SubElement(drawn, "se:Mark")
        _, SubElement(mark, "se:WellKnownName").text, ink = HATCHINGS[state]
        _paint(SubElement(mark, "se:Stroke"), "stroke", colour(ink))
    _paint(SubElement(part, "se:Stroke"), "stroke", colour("hairline"))


def _mark(parent: Element, tint: str) -> None:
    drawn = SubElement(SubElement(parent, "se:PointSymbolizer"), "se:Graphic")
    mark = SubElement(drawn, "se:Mark")
    SubElement(mark, "se:WellKnownName").text = "circle"
    _paint(SubElement(mark, "se:Fill"), "fill", tint)
    SubElement(drawn, "se:Size").text = "10"


def _paint(part: Element, name: str, tint: str) -> None:
    SubElement(part, "se:SvgParameter", name=name).text = tint
