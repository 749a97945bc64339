"""The printed figures as layers: the places of one level, one column per measure printed there."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.crs import EXCHANGE
from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.areas import CODE, NAME
from layers.communes import OUTLINES
from layers.documents.register import REPORT
from layers.facts.acts import cite_documents
from layers.figures.loading import load_figures
from layers.figures.records import Figures, Measure
from layers.french.wording import plural
from layers.model.layer import Layer, LayerError, Read, Say, Source
from layers.model.schema import Field

TITLES: Final = {
    Level.TERRITORY: ("chiffres_territoires", "Chiffres par territoire", 7),
    Level.MDS: ("chiffres_mds", "Chiffres par secteur MDS", 9),
    Level.EPCI: ("chiffres_epci", "Chiffres des livrets par EPCI", 4),
}
"""Identifier, French title, and how many places the documents print figures for."""

_HEAD: Final = (
    CODE,
    NAME,
    Field(
        "lines",
        "Lignes des documents",
        "Document et lignes de chaque chiffre, dans l’ordre des colonnes.",
        "list",
        nullable=True,
    ),
    Field("remarks", "Remarques", "Remarques sur ces chiffres.", "list", nullable=True),
)


def figure_layers(data: Path) -> tuple[Layer, ...]:
    """Return one layer per level that figures are printed for.

    Figures printed for the whole département are in none of them. When their tables cannot be
    read, the layers are there all the same and each says why at its load.
    """
    try:
        figures = load_figures(data)
        return tuple(_layer(figures, level, _sources(figures, level, data)) for level in TITLES)
    except LayerError as error:
        return tuple(_unreadable(error, level) for level in TITLES)


def _unreadable(error: LayerError, level: Level) -> Layer:
    def read(_reference: Reference, _data: Path) -> gpd.GeoDataFrame:
        raise LayerError(str(error)) from error

    return _declared(level, _HEAD, (REPORT,), read, lambda _row: "")


def _sources(figures: Figures, level: Level, data: Path) -> tuple[Source, ...]:
    return cite_documents(data, (r.document for r in figures.rows if r.perimeter.level == level))


def _layer(figures: Figures, level: Level, sources: tuple[Source, ...]) -> Layer:
    measures = figures.measures_at(level)

    def read(reference: Reference, _data: Path) -> gpd.GeoDataFrame:
        outlines = reference.outlines(level).set_index("code").geometry.to_crs(EXCHANGE)
        places = [place for place in reference.perimeters(level) if figures.of(place)]
        # As objects: pandas would turn a count that one place lacks into floats.
        rows = pd.DataFrame([_row(figures, reference, p) for p in places], dtype=object)
        geometry = outlines.loc[rows["code"]].to_numpy()
        return gpd.GeoDataFrame(rows, geometry=geometry, crs=EXCHANGE)

    def summary(row: Mapping[str, Any]) -> str:
        count = sum(not pd.isna(row[measure.id]) for measure in measures)
        return f"{plural(count, 'chiffre imprimé', 'chiffres imprimés')}."

    fields = (*_HEAD, *(_field(figures, measure, level) for measure in measures))
    return _declared(level, fields, sources, read, summary)


def _declared(
    level: Level,
    fields: tuple[Field, ...],
    sources: tuple[Source, ...],
    read: Read,
    summary: Say,
) -> Layer:
    identifier, title, known_total = TITLES[level]
    return Layer(
        id=identifier,
        title=title,
        geometry="polygon",
        key="code",
        fields=fields,
        sources=(*sources, OUTLINES),
        read=read,
        title_of=lambda row: str(row["name"]),
        summary_of=summary,
        known_total=known_total,
        remark="Chiffres tels qu’imprimés ; un chiffre absent n’est pas un zéro.",
    )


def _field(figures: Figures, measure: Measure, level: Level) -> Field:
    rows = [r for r in figures.rows if r.measure == measure.id and r.perimeter.level == level]
    whole = all(r.value is None or r.value == r.value.to_integral_value() for r in rows)
    periods = ", ".join(sorted({row.period for row in rows}))
    return Field(
        measure.id,
        measure.title,
        f"{measure.meaning} Période : {periods}.",
        dtype="money" if measure.unit == "€" else "int" if whole else "float",
        unit=measure.unit,
        nullable=True,
        aggregate=measure.aggregate,
    )


def _row(figures: Figures, reference: Reference, place: Perimeter) -> dict[str, Any]:
    printed = figures.of(place)
    order = list(figures.measures)
    remarks = dict.fromkeys(remark for figure in printed for remark in figure.remarks)
    values = {measure.id: None for measure in figures.measures_at(place.level)}
    return {
        "code": place.code,
        "name": reference.name_of(place),
        "lines": tuple(
            f"{figures.measures[f.measure].title} : {f.document}, "
            f"{'lignes' if len(f.lines) > 1 else 'ligne'} {', '.join(map(str, f.lines))}"
            for f in sorted(printed, key=lambda one: order.index(one.measure))
        ),
        "remarks": tuple(figures.remarks[remark].sentence for remark in remarks),
        **values,
        **{f.measure: _number(f.value, figures.measures[f.measure]) for f in printed},
    }


def _number(value: Any, measure: Measure) -> Any:  # noqa: ANN401 - Decimal, int, float or None
    if value is None or measure.unit == "€":
        return value
    return int(value) if value == value.to_integral_value() else float(value)
