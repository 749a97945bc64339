"""Contracts on the sheet of a place: parties, period, shared axes, the vote."""

import datetime as dt
from collections.abc import Sequence

from app.parts import markup as html
from app.parts.go_to import go_to
from app.parts.markup import Element
from app.parts.typography import keep_years, shown_name, typeset
from geo.reference.places import Reference
from layers.french.wording import format_date, plural
from layers.sheets.contract_ties import ContractTie, Relation
from layers.sheets.subject import Subject, SubjectKind


def render_contracts(
    title: str, reference: Reference, ties: Sequence[ContractTie], *, announced: bool = False
) -> Element | None:
    """Return the contracts of one kind; nothing when there are none.

    Parameters
    ----------
    announced
        Whether only their framework was voted.
    """
    if not ties:
        return None
    votes = list(dict.fromkeys(_vote(tie, "Cadre voté" if announced else "Voté") for tie in ties))
    several = len(ties) > 1
    head = f"{len(ties)} {title.lower().replace('contrat', 'contrats')}" if several else title
    head = f"{head} à venir" if announced else head
    return html.Section(
        [
            html.H3(head),
            *(_contract(reference, tie, several=several) for tie in ties),
            html.P(" ".join(votes), className="note"),
        ],
        className="contracts",
    )


def _vote(tie: ContractTie, voted: str) -> str:
    day = format_date(dt.date.fromisoformat(tie.vote_date))
    return f"{voted} le {day}, délibération n°\u00a0{tie.deliberation}."


def _contract(reference: Reference, tie: ContractTie, *, several: bool) -> Element:
    name = shown_name(reference, tie.perimeter)
    partner = html.Strong(name) if tie.relation == Relation.OWN else go_to(tie.perimeter, name)
    more = go_to(Subject(SubjectKind.CONTRACT, tie.id), "Voir le contrat")
    axes = html.Ul([html.Li(typeset(axis)) for axis in tie.axes], className="axes")
    if several and tie.axes:
        number = plural(len(tie.axes), "axe partagé", "axes partagés")
        return html.Details(
            [
                html.Summary([html.Strong(name), *keep_years(f" {tie.period}, {number}")]),
                axes,
                html.P([go_to(tie.perimeter, "Ouvrir la fiche"), " · ", more]),
            ],
            className="contract",
        )
    parties = html.P([html.Strong(keep_years(tie.period)), " · Département et ", partner])
    return html.Div([parties, axes if tie.axes else None, more], className="contract")
