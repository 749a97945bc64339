"""The operations as rows of the table: what, for whom, how much, and when, honestly."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from app.exports.tables import PRECISION_WORDS
from app.map.atlas import Atlas
from app.parts.typography import typeset
from app.view.operation_choice import OperationChoice
from app.view.operation_filter import calendar_years
from layers.french.period import Period
from layers.french.semester import Semester, say_period
from layers.operation.calendar import Span, read_spans

Column = dict[str, Any]
COLLATE: Final = {"function": "atlasCollate"}
TEXTS: Final = (
    ("owner", "Maître d’ouvrage", 220),
    ("commune", "Commune", 160),
    ("pacts", "Pactes", 220),
    ("precision", "Position connue", 130),
)


def operation_rows(
    atlas: Atlas, choice: OperationChoice
) -> tuple[list[Column], list[dict[str, Any]]]:
    """Return AG Grid's columns, and one row for each operation that the choice keeps.

    Raises
    ------
    layers.model.layer.LayerError
        The operations, their calendars or their pacts cannot be read.
    """
    catalogue = atlas.catalogue
    frame = catalogue.load("operations").set_index("id", drop=False)
    kept = atlas.kept_operations(choice)
    spans = catalogue.derive(read_spans)
    axis = calendar_years(spans)
    rows = [
        {
            "code": key,
            "name": typeset(row["title"]),
            "owner": typeset(row["owner"]),
            "commune": typeset(row["commune"]),
            "fit": float(row["fit"]),
            "cost": float(row["total_cost"]),
            "share": float(100 * row["fit"] / row["total_cost"]) if row["total_cost"] else None,
            "pacts": typeset(", ".join(row["pacts"])),
            "precision": PRECISION_WORDS[row["precision"]],
            **_dates(spans[key]),
            "span": span_parts(spans[key], axis),
            "maybe": key in kept.maybe,
        }
        for key, row in zip(kept.keys, frame.loc[list(kept.keys)].to_dict("records"), strict=True)
    ]
    return _columns(axis), rows


def span_parts(span: Span, axis: Sequence[Semester]) -> list[list[float | str]]:
    """Return what is drawn of a span: kind, start and length in percent of the axis.

    ``sure`` is the time under way whatever the dates mean, ``doubt`` what a date leaves open at
    either end; nothing is drawn for an end that the fiche does not date.
    """
    if not axis or span.start is None:
        return []
    end = span.end or span.start
    bounds = [("doubt", span.start.start, end.end)]
    if span.end and span.start.end < end.start:
        bounds.append(("sure", span.start.end, end.start))
    return [[kind, *_place(first, last, axis)] for kind, first, last in bounds]


def _place(first: date, last: date, axis: Sequence[Semester]) -> tuple[float, float]:
    zero = axis[0].first_day.toordinal()
    days = axis[-1].last_day.toordinal() + 1 - zero
    start = (first.toordinal() - zero) / days
    return round(100 * start, 2), round(100 * (last.toordinal() + 1 - first.toordinal()) / days, 2)


def _dates(span: Span) -> dict[str, str | None]:
    begin, end = span.works()
    return {
        "begin": _iso(begin),
        "begin_text": say_period(begin.printed) if begin else "n. d.",
        "end": _iso(end),
        "end_text": say_period(end.printed) if end else "n. d.",
    }


def _iso(period: Period | None) -> str | None:
    return period.start.isoformat() if period else None


def _columns(axis: Sequence[Semester]) -> list[Column]:
    years = f"{axis[0].year}-{axis[-1].year}" if axis else ""
    return [
        {"field": "name", "headerName": "Opération", "pinned": "left", "width": 320,
         "comparator": COLLATE, "tooltipField": "name"},
        _number("fit", "FIT (€)", 0),
        _number("cost", "Coût total HT (€)", 0),
        _number("share", "Part du FIT (%)", 1),
        _date("begin", "Début des travaux"),
        _date("end", "Fin des travaux"),
        {"field": "span", "headerName": f"Calendrier {years}", "width": 230, "sortable": False,
         "cellRenderer": "AtlasSpan",
         "headerTooltip": "Plein : travaux prévus. Clair : selon ce que la date peut dire."},
        *(
            {"field": field, "headerName": name, "width": width, "comparator": COLLATE}
            for field, name, width in TEXTS
        ),
    ]  # fmt: skip


def _number(field: str, name: str, decimals: int) -> Column:
    return {
        "field": field,
        "headerName": name,
        "type": "rightAligned",
        "width": 130,
        "valueFormatter": {"function": f"atlasCell(params.value, {decimals})"},
    }


def _date(field: str, name: str) -> Column:
    return {
        "field": field,
        "headerName": name,
        "width": 150,
        "valueFormatter": {"function": f"params.data.{field}_text"},
    }
