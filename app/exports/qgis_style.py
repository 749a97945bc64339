"""The style that a GeoPackage carries, so that QGIS shows a layer as the Atlas does (QML)."""

from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

import pandas as pd

from app.drawing.signs import SHAPES, SIGNS, sign_of, sized_by
from app.drawing.tokens import colour
from app.exports.tables import PRECISION_WORDS, heading, shown_fields
from layers.model.layer import Field, Layer, Precision

VERSION: Final = "3.22"
"""Of QGIS; a later one reads it too."""
MARK: Final = 4.2
"""Millimetres across a point's mark."""
LARGEST_CIRCLE: Final = 18.0
"""Millimetres across the circle of the largest amount."""
LINE: Final = 0.2
"""Millimetres."""
LABELS_FROM: Final = 250_000
"""Scale from which areas bear their names."""


def qgis_style(layer: Layer, largest: float = 0.0) -> str:
    """Return the QML of a layer.

    Areas are pale with their name on a large scale; contracts are outlines in their colour. A point
    is drawn for what it is, as on the map: filled for an address or a site, hollow for a street or
    a district, square for a commune, with the letter of its layer. An amount, or the column that
    somebody chose, is a circle scaled by its area; the column of labels stands beside each mark.

    Parameters
    ----------
    layer
        Its sign and its columns are read.
    largest
        Largest value of what the circles are scaled by, as :func:`largest_of` tells it.
    """
    held = "Symbology|Labeling|Fields"
    root = Element("qgis", version=VERSION, styleCategories=held, labelsEnabled="0")
    name_columns(root, shown_fields(layer))
    if layer.geometry == "point":
        _draw_points(root, layer, largest)
    else:
        _draw_areas(root, layer)
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + tostring(
        root, encoding="unicode"
    )


def largest_of(layer: Layer, rows: pd.DataFrame) -> float:
    """Return the largest value of what the circles of a layer are scaled by, 0 for no circles."""
    column = sized_by(layer)
    known = [] if column is None else [float(v) for v in rows[column] if not pd.isna(v)]
    return max(known, default=0.0)


def name_columns(root: Element, fields: Iterable[Field]) -> None:
    """Let QGIS show each column under its label."""
    aliases = SubElement(root, "aliases")
    for number, field in enumerate(fields):
        SubElement(aliases, "alias", field=field.name, index=str(number), name=heading(field))


def _draw_points(root: Element, layer: Layer, largest: float) -> None:
    renderer = SubElement(root, "renderer-v2", type="categorizedSymbol", attr="precision")
    categories, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for number, precision in enumerate(Precision):
        _category(categories, number, str(precision))
        _mark(symbols, layer, number, SHAPES.get(precision, "square"), largest)
    if layer.style and layer.style.label:
        _label(root, layer.style.label, placement="6")


def _category(categories: Element, number: int, precision: str) -> None:
    SubElement(
        categories,
        "category",
        value=precision,
        symbol=str(number),
        label=f"Position : {PRECISION_WORDS[precision]}",
        render="true",
        type="string",
    )


def _mark(symbols: Element, layer: Layer, number: int, shape: str, largest: float) -> None:
    sign, column = sign_of(layer), sized_by(layer)
    symbol = SubElement(symbols, "symbol", type="marker", name=str(number), alpha="1")
    if column and largest:
        circle = add_layer(
            symbol,
            "SimpleMarker",
            name="circle",
            color=rgba(sign.colour, 70),
            outline_color=rgba(sign.colour),
            outline_width=str(LINE),
            size=str(LARGEST_CIRCLE),
        )
        area = f'{LARGEST_CIRCLE} * sqrt(max(0, coalesce("{column}", 0)) / {largest})'
        compute(circle, "size", area)
    hollow = shape == "hollow"
    add_layer(
        symbol,
        "SimpleMarker",
        name="square" if shape == "square" else "circle",
        color=rgba(colour("paper") if hollow else sign.colour),
        outline_color=rgba(sign.colour if hollow else colour("paper")),
        outline_width=str(2 * LINE),
        size=str(MARK),
    )
    if sign.letter:
        add_layer(
            symbol,
            "FontMarker",
            chr=sign.letter,
            font="Source Sans 3",
            font_style="Bold",
            color=rgba(sign.colour if hollow else colour("paper")),
            size=str(MARK * 0.7),
            horizontal_anchor_point="1",
            vertical_anchor_point="1",
        )


def _draw_areas(root: Element, layer: Layer) -> None:
    signed = layer.id in SIGNS
    renderer = SubElement(root, "renderer-v2", type="singleSymbol")
    symbols = SubElement(renderer, "symbols")
    symbol = SubElement(symbols, "symbol", type="fill", name="0", alpha="1")
    line = sign_of(layer).colour if signed else colour("hairline")
    add_layer(
        symbol,
        "SimpleFill",
        color=rgba(line, 30) if signed else rgba(colour("land")),
        outline_color=rgba(line),
        outline_width=str(3 * LINE if signed else LINE),
        outline_style="solid",
        style="solid",
    )
    named = next((f.name for f in layer.fields if f.name in {"name", "partner", "commune"}), "")
    told = layer.style.label if layer.style else ""
    if told:
        _label(root, told, placement="1")
    elif named:
        _label(root, named, placement="1", scale=LABELS_FROM)


def _label(root: Element, column: str, *, placement: str, scale: int = 0) -> None:
    """Write a column at each row, from a scale on where one is said."""
    root.set("labelsEnabled", "1")
    labeling = SubElement(root, "labeling", type="simple")
    settings = SubElement(labeling, "settings")
    text = SubElement(
        settings,
        "text-style",
        fieldName=column,
        fontFamily="Source Sans 3",
        fontSize="8",
        fontSizeUnit="Point",
        textColor=rgba(colour("ink")),
        isExpression="0",
    )
    SubElement(
        text, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferColor=rgba(colour("paper"))
    )
    SubElement(settings, "placement", placement=placement, polygonPlacementFlags="2")
    # QGIS calls the larger scale the smaller number
    bounds = {"scaleVisibility": "1", "scaleMin": "1", "scaleMax": str(scale)} if scale else {}
    SubElement(settings, "rendering", bounds, obstacle="1")


def add_layer(symbol: Element, kind: str, **options: str) -> Element:
    """Add a layer to a symbol, and return it."""
    part = SubElement(symbol, "layer", {"class": kind, "enabled": "1", "pass": "0", "locked": "0"})
    held = SubElement(part, "Option", type="Map")
    for name, value in options.items():
        SubElement(held, "Option", type="QString", name=name, value=value)
        # QGIS before 3.20 reads these
        SubElement(part, "prop", k=name, v=value)
    return part


def compute(part: Element, name: str, expression: str) -> None:
    """Let QGIS compute a property of a symbol from the row."""
    outer = SubElement(SubElement(part, "data_defined_properties"), "Option", type="Map")
    SubElement(outer, "Option", type="QString", name="name", value="")
    properties = SubElement(outer, "Option", type="Map", name="properties")
    held = SubElement(properties, "Option", type="Map", name=name)
    SubElement(held, "Option", type="bool", name="active", value="true")
    SubElement(held, "Option", type="QString", name="expression", value=expression)
    SubElement(held, "Option", type="int", name="type", value="3")
    SubElement(outer, "Option", type="QString", name="type", value="collection")


def rgba(hexadecimal: str, alpha: int = 255) -> str:
    """Return a colour as QGIS writes it."""
    red, green, blue = bytes.fromhex(hexadecimal.lstrip("#"))
    return f"{red},{green},{blue},{alpha}"
