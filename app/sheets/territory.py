"""The fiche territoire: what is known of a place, read in a minute, walked back to its sources."""

from collections.abc import Sequence

from app.parts import markup as html
from app.parts.go_to import go_to
from app.parts.lists import (
    render_districts,
    render_list,
    render_parts,
    render_remarks,
    render_sources,
    render_town_hall,
)
from app.parts.markup import Child, Element
from app.parts.typography import keep_years, short, shown_name, typeset
from app.sheets.comparison import render_resembling
from app.sheets.contracts import render_contracts
from app.sheets.operation import render_operation
from app.sheets.printed import render_printed
from geo.perimeter import DEPARTEMENT, Level
from geo.reference.places import Reference
from layers.french.wording import plural
from layers.sheets.similarity import Resembling
from layers.sheets.territory import KeyFigure, Profile


def render_sheet(
    reference: Reference, profile: Profile, alike: Sequence[Resembling] = ()
) -> list[Child]:
    """Return the sheet of a place.

    Parameters
    ----------
    alike
        The places that are most like it.
    """
    return [
        _head(reference, profile),
        _headlines(profile.headlines),
        render_contracts("Contrat de territoire", reference, profile.contracts),
        _operations(profile),
        _figures(profile),
        render_resembling(reference, profile.perimeter, alike),
        render_parts(reference, profile.perimeter),
        render_town_hall(reference, profile.perimeter),
        render_contracts("Contrat de ville", reference, profile.town_contracts),
        render_districts(profile.districts, "Quartiers prioritaires (QPV)"),
        render_list("Collèges", profile.colleges),
        *(render_list(group.title, group.rows) for group in profile.services),
        render_printed(profile.printed),
        render_remarks(profile.remarks),
        render_sources(profile.sources),
    ]


def _head(reference: Reference, profile: Profile) -> Element:
    above = [place for place in profile.parents if place.level in (Level.TERRITORY, Level.EPCI)]
    kicker: list[Element | str] = [profile.kind]
    for place in above:
        kicker += [" · ", go_to(place, shown_name(reference, place))]
    return html.Div(
        [
            html.P(kicker, className="kicker"),
            html.H2(typeset(profile.name)),
            html.P(keep_years(typeset(profile.sentence)), className="sentence"),
        ],
        className="sheet-head",
    )


def _headlines(figures: Sequence[KeyFigure]) -> Element:
    return html.Dl(
        [
            html.Div(
                [
                    html.Dt(figure.title),
                    html.Dd(_large(figure), className="headline", title=figure.meaning),
                    html.Dd(_compared(figure), className="compared", title="Dans le Pas-de-Calais"),
                ],
                className=f"headline-{figure.id}",
            )
            for figure in figures
        ],
        className="headlines",
    )


def _large(figure: KeyFigure) -> list[Element | str]:
    number = short(figure.text, figure.unit)
    return [number] if number == figure.text else [number, html.Span(f"\u00a0{figure.unit}")]


def _compared(figure: KeyFigure) -> str:
    return f"dép.\u00a0{figure.departement_text}" if figure.median is not None else ""


def _figures(profile: Profile) -> Element:
    return render_figures(
        "Chiffres clés", profile.other_figures, alone=profile.perimeter == DEPARTEMENT
    )


def render_figures(
    title: str, figures: Sequence[KeyFigure], note: str = "", *, alone: bool = False
) -> Element:
    """Return key figures as a table, beside the median of the peers and the département.

    Parameters
    ----------
    alone
        Whether there is nothing to stand beside.
    """
    heads = [
        html.Th(head, scope="col", className="number")
        for head in (("ici",) if alone else ("ici", "médiane", "dép."))
    ]
    rows = [_figure_row(figure, alone=alone) for figure in figures]
    table = html.Table(
        [html.Thead(html.Tr([html.Td(), *heads])), html.Tbody(rows)],
        className="figures",
        **{"aria-label": title},
    )
    return html.Section([html.H3(title), table, html.P(note, className="note") if note else None])


def _figure_row(figure: KeyFigure, *, alone: bool) -> Element:
    texts = [figure.text] if alone else [figure.text, figure.median_text, figure.departement_text]
    return html.Tr(
        [
            html.Th(
                [figure.title, html.Span(f" {figure.unit}" if "/" in figure.unit else "")],
                scope="row",
                title=figure.meaning,
            ),
            *(html.Td(short(text, figure.unit), className="number") for text in texts),
        ]
    )


def _operations(profile: Profile) -> Element | None:
    if not profile.operations:
        return None
    return html.Section(
        [
            html.H3(
                plural(
                    len(profile.operations),
                    "opération soutenue par le FIT",
                    "opérations soutenues par le FIT",
                )
            ),
            *(render_operation(row) for row in profile.operations),
        ]
    )
