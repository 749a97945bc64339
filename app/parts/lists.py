"""Lists at the end of the sheet: parts of the place, what lies in it, remarks, sources."""

from collections.abc import Sequence
from typing import Final

from app.parts import markup as html
from app.parts.go_to import go_to
from app.parts.markup import Element
from app.parts.typography import shown_name, typeset
from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.french.wording import format_number, plural
from layers.model.layer import Source
from layers.sheets.profile import Row
from layers.sheets.subject import Subject, SubjectKind

FEW: Final = 24
"""Parts of a place that are listed without having to be asked for."""

MOST_LISTED: Final = 40
"""Rows that are worth a list; more are counted, and listed on the sheets of the parts."""

PARTS: Final = {
    Level.DEPARTEMENT: (Level.TERRITORY, "territoire"),
    Level.TERRITORY: (Level.EPCI, "EPCI"),
    Level.MDS: (Level.EPCI, "EPCI"),
    Level.EPCI: (Level.COMMUNE, "commune"),
    Level.CANTON: (Level.COMMUNE, "commune"),
}
"""What a place is made of, and the noun for it."""


def render_parts(reference: Reference, place: Perimeter) -> Element | None:
    """Return the places that a place is made of, each to be opened."""
    if place.level not in PARTS:
        return None
    level, noun = PARTS[place.level]
    members = set(reference.members(place))
    parts = [
        part for part in reference.perimeters(level) if members.issuperset(reference.members(part))
    ]
    buttons = html.Ul(
        [html.Li(go_to(part, shown_name(reference, part))) for part in parts],
        className="parts" if level == Level.COMMUNE else "parts wide",
    )
    title = plural(len(parts), noun, noun if noun.isupper() else None)
    if len(parts) <= FEW:
        return html.Section([html.H3(title), buttons])
    return html.Section(html.Details([html.Summary(html.H3(title)), buttons]))


def render_town_hall(reference: Reference, place: Perimeter) -> Element | None:
    """Return where the town hall of a commune is and when it is open, as far as is known."""
    if place.level != Level.COMMUNE:
        return None
    hall = reference.communes[place.code].town_hall
    lines = [line for line in (hall.address, hall.phone, hall.opening_hours) if line]
    if not lines:
        return None
    return html.Section([html.H3("Mairie"), *(html.P(typeset(line)) for line in lines)])


def render_list(title: str, rows: Sequence[Row]) -> Element | None:
    """Return objects that lie in a place, counted when they are many."""
    if not rows:
        return None
    count = html.Span(format_number(len(rows)), className="number")
    if len(rows) > MOST_LISTED:
        return html.Section(html.Div([html.H3(title), count], className="counted"))
    return html.Section(
        html.Details(
            [
                html.Summary([html.H3(title), count]),
                html.Ul(
                    [
                        html.Li(
                            [html.Span(typeset(row["name"])), html.Span(typeset(row["commune"]))]
                        )
                        for row in rows
                    ],
                    className="listed",
                ),
            ]
        )
    )


def render_districts(rows: Sequence[Row], title: str) -> Element | None:
    """Return a list of quartiers, each a link to its sheet."""
    if not rows:
        return None
    items = [
        html.Li(
            [
                html.Span(go_to(Subject(SubjectKind.DISTRICT, row["code"]), typeset(row["name"]))),
                html.Span(typeset(row["commune"])),
            ]
        )
        for row in rows
    ]
    count = html.Span(format_number(len(rows)), className="number")
    heading = html.Summary([html.H3(title), count])
    return html.Section(html.Details([heading, html.Ul(items, className="listed")]))


def render_remarks(remarks: Sequence[str]) -> Element | None:
    """Return what must be known of the sheet."""
    if not remarks:
        return None
    return html.Section(
        [
            html.H3("À savoir"),
            html.Ul([html.Li(typeset(remark)) for remark in remarks], className="remarks-list"),
        ]
    )


def render_sources(sources: Sequence[Source]) -> Element:
    """Return what the sheet is made from."""
    return html.Section(
        html.Details(
            [
                html.Summary(
                    [html.H3("Sources"), html.Span(str(len(sources)), className="number")]
                ),
                html.Ul(
                    [
                        html.Li(f"{s.named}. {s.licence[:1].upper()}{s.licence[1:]}.")
                        for s in sources
                    ],
                    className="remarks-list",
                ),
            ]
        )
    )
