"""What the table under the map shows, as a layer with its rows: any writer can take it away."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from app.map.atlas import Atlas
from app.view.levels import LEVEL_NAMES, low
from app.view.state import TableRows, ViewState, format_view
from geo.crs import EXCHANGE
from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.communes import outlines_source
from layers.documents.register import document_names
from layers.facts.acts import sources_of_rows
from layers.french.wording import enumerate_words
from layers.indicators.counted import key_indicators
from layers.indicators.definition import Indicator
from layers.indicators.people import people_indicators
from layers.indicators.printed import Printed, read_figures
from layers.indicators.states import SIGNS, State
from layers.model.layer import Field, Layer, LayerError, Source
from layers.model.schema import Dtype
from layers.sheets.brought_figures import brought_beside
from layers.sheets.printed import cite_lines

Table = tuple[Layer, gpd.GeoDataFrame]

CODES: Final = {
    Level.COMMUNE: "Code Insee",
    Level.EPCI: "Numéro SIREN",
    Level.CANTON: "Code du canton",
}


STATE: Final = Field(
    "etat",
    "état",
    f"Ce que l’on sait de la valeur : {enumerate_words(sign.word for sign in SIGNS.values())}.",
    allowed=tuple(sign.word for sign in SIGNS.values()),
)


def shown_table(atlas: Atlas, view: ViewState) -> Table:
    """Return the rows that the table of a view shows, as a layer of their own.

    Raises
    ------
    LayerError
        What it is made from cannot be loaded.
    """
    if view.table is TableRows.OPERATIONS:
        return _operations(atlas, view)
    return _perimeters(atlas, view)


def table_indicators(atlas: Atlas, view: ViewState) -> tuple[Indicator, ...]:
    """Return the indicators that are columns: the one on the map first, then the key figures."""
    on_map = atlas.indicators[view.indicator]
    catalogue = atlas.catalogue
    key = (*key_indicators(catalogue), *people_indicators(catalogue), *brought_beside(catalogue))
    others = (one for one in key if one.id != on_map.id and view.level in one.levels)
    return (on_map, *others)


def table_url(view: ViewState, file_format: str) -> str:
    """Return the address of what the table of a view shows, in a format."""
    bare = ViewState(
        indicator=view.indicator,
        level=view.level,
        operations=view.operations,
        table=view.table or TableRows.PERIMETERS,
    )
    return f"/tableau.{file_format}{format_view(bare)}"


def _operations(atlas: Atlas, view: ViewState) -> Table:
    layer, rows = atlas.catalogue.layer("operations"), atlas.catalogue.load("operations")
    kept = atlas.kept_operations(view.operations)
    shown = rows[rows["id"].isin(kept.keys)]
    return replace(layer, sources=sources_of_rows(layer, shown)), shown


def _perimeters(atlas: Atlas, view: ViewState) -> Table:
    level, reference = view.level, atlas.reference
    places = reference.perimeters(level)
    columns: dict[str, list[Any]] = {
        "code": [place.code for place in places],
        "name": [reference.name_of(place) for place in places],
    }
    fields = [
        Field("code", CODES.get(level, "Code"), "Code du territoire."),
        Field("name", LEVEL_NAMES[level], "Nom du territoire."),
    ]
    sources: dict[Source, None] = {}
    for indicator in table_indicators(atlas, view):
        try:
            told = _columns_of(atlas.catalogue, indicator, places)
        except LayerError:
            if indicator.id == view.indicator:
                raise
            continue
        for field, values in told:
            fields.append(field)
            columns[field.name] = values
        sources |= dict.fromkeys(indicator.sources)
    outlines = reference.outlines(level).set_index("code").geometry.to_crs(EXCHANGE)
    rows = gpd.GeoDataFrame(
        pd.DataFrame(columns, dtype=object),
        geometry=outlines.loc[columns["code"]].to_numpy(),
        crs=EXCHANGE,
    )
    return _layer(atlas, view, fields, (*sources, outlines_source(reference))), rows


def _columns_of(
    catalogue: Catalogue, indicator: Indicator, places: Sequence[Perimeter]
) -> list[tuple[Field, list[Any]]]:
    """Return the values of an indicator, where they are printed, and what is not known of them."""
    readings = [indicator.reading(catalogue, place) for place in places]
    field = _field(indicator)
    told = [(field, [_typed(one.value, field, indicator) for one in readings])]
    if isinstance(indicator.count, Printed):
        lines = Field(
            f"{indicator.id}_lignes",
            f"{indicator.title}, document et lignes",
            "Où le chiffre est imprimé ; vide où il ne l’est pas.",
            nullable=True,
        )
        told.append((lines, [cite(catalogue, indicator.count, place) for place in places]))
    if not all(one.state.measured for one in readings):
        state = replace(STATE, name=f"{indicator.id}_etat", label=f"{indicator.title}, état")
        told.append((state, [SIGNS[one.state].word for one in readings]))
    if any(one.state is State.PARTIAL for one in readings):
        part = replace(
            field,
            name=f"{indicator.id}_partie_connue",
            label=f"{indicator.title}, partie connue",
            meaning="Ce qui est connu là où la valeur est partielle ; à ne pas comparer.",
        )
        told.append((part, [_typed(one.part, field, indicator) for one in readings]))
    return told


def cite(catalogue: Catalogue, count: Printed, place: Perimeter) -> str | None:
    """Return the document and the lines that print a figure of a place; None where none does."""
    figures = catalogue.derive(read_figures).printings(count.measure, place)
    return cite_lines(document_names(catalogue.data), figures[0]) if figures else None


def _layer(
    atlas: Atlas, view: ViewState, fields: Iterable[Field], sources: Iterable[Source]
) -> Layer:
    on_map = atlas.indicators[view.indicator]
    return Layer(
        id=f"tableau_{view.level}",
        title=f"{on_map.title} et chiffres clés, par {low(LEVEL_NAMES[view.level])}",
        geometry="polygon",
        key="code",
        fields=tuple(fields),
        sources=tuple(dict.fromkeys(sources)),
        read=lambda _reference, _data: _perimeters(atlas, view)[1],
        title_of=lambda row: str(row["name"]),
        summary_of=lambda _row: "",
        remark="Une case vide n’est jamais un zéro : son état dit pourquoi elle est vide.",
    )


def _field(indicator: Indicator) -> Field:
    dtype: Dtype = "int" if indicator.decimals == 0 and indicator.kind == "total" else "float"
    return Field(
        indicator.id,
        indicator.title,
        f"{indicator.meaning} Valeurs : {indicator.vintage}.",
        "money" if indicator.unit == "€" and indicator.kind == "total" else dtype,
        unit=indicator.unit,
        nullable=True,
    )


def _typed(value: Decimal | int | None, field: Field, indicator: Indicator) -> Any:  # noqa: ANN401
    if value is None:
        return None
    if field.dtype == "money":
        return Decimal(value)
    number = indicator.plain(value)
    return round(number) if field.dtype == "int" else number
