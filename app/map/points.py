"""Point layers for the browser: what stands at one place is one mark, listed one by one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from app.drawing.painted_areas import paint_areas
from app.drawing.signs import PRECISIONS, SHAPES, sign_of, sized_by
from app.map.outlines import collection
from app.parts.typography import typeset
from geo.crs import EXCHANGE, MEASURE
from layers.facts.operation_brief import brief
from layers.french.wording import format_date
from layers.indicators.by_district import DistrictRate
from layers.model.layer import Layer, Precision
from layers.operations import OPERATIONS
from layers.sheets.subject import SubjectKind

DECIMALS: Final = 5
OWN_SHEETS: Final = frozenset(map(str, SubjectKind))
"""Layers whose rows have a sheet of their own; as the address of the sheet names them."""
LONGEST_LABEL: Final = 40
MOST_LISTED: Final = 50
"""Rows at one place that are listed when it is opened; the others are counted."""


def point_features(layer: Layer, frame: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return a point layer as GeoJSON, one feature for all rows of a shape at a place.

    Parameters
    ----------
    layer
        Says the title and the summary of a row.
    frame
        As loaded, EPSG:4326, with ``precision``, ``commune_code`` and ``commune``.

    Returns
    -------
    dict
        FeatureCollection; properties ``shape`` (``filled``, ``hollow``, ``square``), ``count``,
        ``items`` (``key``, ``title``, ``summary``, ``note``, ``dates``, ``district``, ``amount``
        where the layer has amounts; of the first :data:`MOST_LISTED` rows where it has none),
        ``commune``, ``commune_code``, ``precision_text`` (the note that all of them share, if
        any) and, where the layer has amounts, ``amount`` in euros.
    """
    places = zip(
        frame.geometry.x.round(DECIMALS).tolist(),
        frame.geometry.y.round(DECIMALS).tolist(),
        (SHAPES.get(Precision(precision), "square") for precision in frame["precision"]),
        strict=True,
    )
    standing = defaultdict(list)
    for place, row in zip(places, frame.to_dict("records"), strict=True):
        standing[place].append(row)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": _properties(layer, rows, shape),
                "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            }
            for (longitude, latitude, shape), rows in sorted(standing.items(), key=itemgetter(0))
        ],
    }


def area_features(
    layer: Layer, frame: gpd.GeoDataFrame, rate: DistrictRate | None = None
) -> dict[str, Any]:
    """Return a layer of areas as GeoJSON, each with what it says when it is opened.

    Parameters
    ----------
    rate
        What each area is painted by and says too, of a table by district.

    Returns
    -------
    dict
        FeatureCollection with the words of :func:`area_words` and the properties of
        :func:`area_rows`; each feature of a painted layer also has its ``fill``.
    """
    rows, painted = area_rows(layer, frame, rate), paint_areas(layer, frame, rate)
    if painted is not None:
        rows["fill"] = painted.fills
    return {**area_words(layer), **collection(rows, DECIMALS)}


def area_words(layer: Layer) -> dict[str, str]:
    """Return how a layer of areas is drawn and called."""
    sign = sign_of(layer)
    return {
        "singular": sign.singular,
        "plural": sign.plural,
        "colour": sign.colour,
        "letter": sign.letter,
    }


def area_rows(
    layer: Layer, frame: gpd.GeoDataFrame, rate: DistrictRate | None = None
) -> gpd.GeoDataFrame:
    """Return what each area says when it is opened.

    Returns
    -------
    geopandas.GeoDataFrame
        ``count``, ``items``, ``commune``, ``commune_code``, ``precision_text``, as for points, and
        ``at``: longitude and latitude of a point inside, where an area too small to be seen from
        far has its mark.
    """
    inside = frame.geometry.to_crs(MEASURE).representative_point().to_crs(EXCHANGE)
    items = [_item(layer, row, noted=False) for row in frame.to_dict("records")]
    if rate is not None:
        for item, value in zip(items, rate.numbers.loc[frame.index], strict=True):
            said = f"{rate.title} : {rate.say(value)}."
            item["summary"] = f"{item['summary']} {typeset(said)}".strip()
    return gpd.GeoDataFrame(
        {
            "count": 1,
            "items": [[item] for item in items],
            "commune": [typeset(name) for name in frame["commune"]],
            "commune_code": frame["commune_code"].to_numpy(),
            "precision_text": "",
            "at": [[round(point.x, DECIMALS), round(point.y, DECIMALS)] for point in inside],
        },
        geometry=frame.geometry.to_numpy(),
        crs=frame.crs,
    )


def _properties(layer: Layer, rows: Sequence[Mapping[str, Any]], shape: str) -> dict[str, Any]:
    written = [row["position_note"] for row in rows]
    notes = {note if isinstance(note, str) else "" for note in written}
    shared = notes.pop() if len(notes) == 1 else None
    amount = sized_by(layer)
    # the browser adds up again the amounts of those that are chosen: it needs them all
    listed = rows if amount else rows[:MOST_LISTED]
    properties = {
        "shape": shape,
        "count": len(rows),
        "items": [_item(layer, row, noted=shared is None) for row in listed],
        "commune": typeset(rows[0]["commune"]),
        "commune_code": rows[0]["commune_code"],
        "precision_text": typeset(shared) if shared else PRECISIONS[shape],
    }
    if amount:
        properties["amount"] = sum(_size(row[amount]) for row in rows)
    label = layer.style.label if layer.style else ""
    if label and not pd.isna(rows[0][label]):
        text = str(rows[0][label])
        properties["label"] = typeset(text[:LONGEST_LABEL])
    return properties


def _size(value: Any) -> float:  # noqa: ANN401 - a number of any type
    """Return how large a circle is: what is unknown, or below zero, has none."""
    return 0.0 if pd.isna(value) else max(0.0, float(value))


def _item(layer: Layer, row: Mapping[str, Any], *, noted: bool) -> dict[str, Any]:
    note = row["position_note"] if noted else None
    district = row.get("district")
    amount = sized_by(layer)
    return {
        "key": row[layer.key],
        "title": typeset(layer.title_of(row)),
        **({"sheet": f"{layer.id}:{row[layer.key]}"} if layer.id in OWN_SHEETS else {}),
        "summary": typeset(layer.summary_of(row)),
        "note": typeset(note) if isinstance(note, str) else None,
        **({"dates": typeset(dates)} if (dates := _dates(layer, row)) else {}),
        **({"district": typeset(district)} if isinstance(district, str) else {}),
        **({"amount": _size(row[amount])} if amount else {}),
    }


def _dates(layer: Layer, row: Mapping[str, Any]) -> str:
    """Say when the works of an operation are foreseen and of which vote its money is."""
    if layer.id != OPERATIONS.id:
        return ""
    works = brief(row).works
    vote = f"FIT attribué par le vote du {format_date(date.fromisoformat(row['vote_date']))}."
    return f"Travaux prévus\u00a0: {works}. {vote}" if works else vote
