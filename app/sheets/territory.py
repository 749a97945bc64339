"""The fiche territoire: what is known of a place, read in a minute, walked back to its sources."""

from collections.abc import Sequence
from typing import Final

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
from app.sheets.contact import render_contact
from app.sheets.contracts import render_contracts
from app.sheets.operation import render_operation
from app.sheets.printed import render_printed
from app.sheets.projects import render_projects
from app.web.addresses import operation_url
from geo.perimeter import DEPARTEMENT, Level
from geo.reference.places import Reference
from layers.french.wording import plural
from layers.indicators.states import SIGNS, State
from layers.sheets.brought_figures import BROUGHT
from layers.sheets.contact import Contact
from layers.sheets.key_figures import KeyFigure
from layers.sheets.people import PEOPLE
from layers.sheets.profile import Profile
from layers.sheets.similarity import Resembling

SAID_PARTIAL: Final = f"{SIGNS[State.PARTIAL].word}\u00a0: "
MEDIAN_NOTE: Final = (
    "Une médiane suivie de deux nombres est celle des seuls territoires connus en entier : "
    "combien, sur combien."
)
MEDIAN: Final = 1
"""Column of a table of key figures."""


def render_sheet(
    reference: Reference,
    profile: Profile,
    alike: Sequence[Resembling] = (),
    contact: Contact | None = None,
) -> list[Child]:
    """Return the sheet of a place.

    Parameters
    ----------
    alike
        The places that are most like it.
    contact
        Who at the Département answers for it, None where that is nowhere said.
    """
    return [
        _head(reference, profile),
        _headlines(profile),
        _associations(profile),
        render_contracts("Contrat de territoire", reference, profile.contracts),
        render_contact(contact),
        _operations(profile),
        _figures(profile),
        _people(profile),
        _brought(profile),
        render_resembling(reference, profile.perimeter, alike),
        render_parts(reference, profile.perimeter),
        render_town_hall(reference, profile.perimeter),
        render_contracts("Contrat de ville", reference, profile.town_contracts, announced=True),
        render_districts(profile.districts, "Quartiers prioritaires (QPV)"),
        render_projects(profile.projects),
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
            html.P(typeset(profile.lead), className="lead") if profile.lead else None,
            html.P(keep_years(typeset(profile.sentence)), className="sentence"),
        ],
        className="sheet-head",
    )


def _headlines(profile: Profile) -> Element:
    figures = profile.headlines
    listed = html.Dl(
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
    return html.Div([listed, render_coverage(figures, alone=profile.perimeter == DEPARTEMENT)])


def _large(figure: KeyFigure) -> list[Element | str]:
    partial = figure.reading.state is State.PARTIAL
    text = figure.text.removeprefix(SAID_PARTIAL) if partial else figure.text
    number = short(text, figure.unit)
    # the unit as the text has it: « 1 collège »
    unit = text.removeprefix(number)
    return [number, html.Span(unit)] if unit not in {"", text} else [number]


def _compared(figure: KeyFigure) -> str:
    said = [SIGNS[State.PARTIAL].word] if figure.reading.state is State.PARTIAL else []
    if figure.level_size:
        said.append(f"dép.\u00a0{figure.departement_text}")
    return " · ".join(said)


def render_coverage(figures: Sequence[KeyFigure], *, alone: bool = False) -> Element | None:
    """Return of what of the place and of the département the figures are, None when of all.

    Parameters
    ----------
    alone
        Whether the place is the département itself.
    """
    here = [each.why for each in figures if each.reading.state is State.PARTIAL]
    whole = [] if alone else [f"Dép.\u00a0: {each.partial}." for each in figures if each.partial]
    notes = [*dict.fromkeys(here), *dict.fromkeys(whole)]
    return html.P(typeset(" ".join(notes)), className="note coverage") if notes else None


def _associations(profile: Profile) -> Element | None:
    if not profile.associations:
        return None
    return html.Section(
        [
            html.H3("Associée à une opération d’une autre commune"),
            *(
                html.P(
                    [
                        html.A(typeset(one.title), href=operation_url(one.operation)),
                        typeset(f", à {one.commune}. {one.sentence}"),
                    ]
                )
                for one in profile.associations
            ),
        ],
        className="associations",
    )


def _figures(profile: Profile) -> Element:
    return render_figures(
        "Chiffres clés", profile.other_figures, alone=profile.perimeter == DEPARTEMENT
    )


def _people(profile: Profile) -> Element:
    return render_figures(
        PEOPLE,
        profile.people,
        " ".join(profile.people_notes),
        alone=profile.perimeter == DEPARTEMENT,
    )


def _brought(profile: Profile) -> Element | None:
    if not profile.brought:
        return None
    return render_figures(BROUGHT, profile.brought, alone=profile.perimeter == DEPARTEMENT)


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
    notes = [note] if note else []
    if not alone and any(figure.peers_text for figure in figures):
        notes.append(MEDIAN_NOTE)
    said = html.P(typeset(" ".join(notes)), className="note") if notes else None
    return html.Section([html.H3(title), table, said])


def _figure_row(figure: KeyFigure, *, alone: bool) -> Element:
    texts = [figure.text] if alone else [figure.text, figure.median_text, figure.departement_text]
    peers = html.Span(f" ({figure.peers_text})", className="peers") if figure.peers_text else None
    return html.Tr(
        [
            html.Th(
                [typeset(figure.title), html.Span(f" {figure.unit}" if "/" in figure.unit else "")],
                scope="row",
                title=figure.meaning,
            ),
            *(
                html.Td(
                    [short(text, figure.unit), peers if column == MEDIAN else None],
                    className="number",
                    title=(figure.why or None) if column == 0 else None,
                )
                for column, text in enumerate(texts)
            ),
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
