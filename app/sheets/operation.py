"""One FIT operation: what, where, for how much, when."""

from datetime import date

from app.parts import markup as html
from app.parts.markup import Element
from app.parts.typography import typeset
from app.web.addresses import operation_url
from layers.facts.operation_brief import brief
from layers.french.wording import format_date, format_euros, format_percent
from layers.sheets.profile import Row


def render_operation(row: Row) -> Element:
    """Return an operation with the FIT's share of its cost as a bar."""
    told = brief(row)
    share = told.share
    return html.Article(
        [
            html.H4(html.A(typeset(told.title), href=operation_url(told.id))),
            html.P(typeset(f"{told.owner} · {told.place}"), className="note"),
            html.Dl(
                [
                    html.Div([html.Dt("FIT"), html.Dd(format_euros(told.fit))], className="fit"),
                    html.Div([html.Dt("Coût total HT"), html.Dd(format_euros(told.cost))]),
                ],
                className="amounts",
            ),
            _bar(float(share)) if share is not None else None,
            html.P(
                [
                    f"Le FIT en paie {format_percent(share)}." if share is not None else "",
                    f" Travaux\u00a0: {told.works}." if told.works else "",
                    typeset(f" {_vote(row)}"),
                ],
                className="note",
            ),
            html.P(typeset(told.district), className="note") if told.district else None,
            html.P(typeset(told.remark), className="note") if told.remark else None,
        ],
        className="operation",
    )


def _vote(row: Row) -> str:
    """Say what voted the grant: not always what voted its contract."""
    number = f", délibération n° {row['deliberation']}" if row["deliberation"] else ""
    line = f", fiche à la ligne {row['line']}" if number and row["line"] else ""
    return f"Vote du {format_date(date.fromisoformat(row['vote_date']))}{number}{line}."


def _bar(share: float) -> Element:
    return html.Div(
        html.Span(style={"width": f"{min(share, 1) * 100:.1f}%"}),
        className="bar",
        **{"aria-hidden": "true"},
    )
