"""One FIT operation: what, where, for how much, when."""

from datetime import date

from app.components import markup as html
from app.components.markup import Element
from app.components.typography import typeset
from app.pages.documents.urls import operation_url
from layers.profile import Row
from layers.wording import format_date, format_euros, format_percent


def render_operation(row: Row) -> Element:
    """Return an operation with the FIT's share of its cost as a bar."""
    share = row["fit"] / row["total_cost"] if row["total_cost"] else None
    works = " → ".join(step for step in (row["works_start"], row["works_end"]) if step)
    return html.Article(
        [
            html.H4(html.A(typeset(row["title"]), href=operation_url(row["id"]))),
            html.P(typeset(f"{row['owner']} · {row['place']}"), className="note"),
            html.Dl(
                [
                    html.Div([html.Dt("FIT"), html.Dd(format_euros(row["fit"]))], className="fit"),
                    html.Div([html.Dt("Coût total HT"), html.Dd(format_euros(row["total_cost"]))]),
                ],
                className="amounts",
            ),
            _bar(float(share)) if share is not None else None,
            html.P(
                [
                    f"Le FIT en paie {format_percent(share)}." if share is not None else "",
                    f" Travaux\u00a0: {works}." if works else "",
                    typeset(f" {_vote(row)}"),
                ],
                className="note",
            ),
            html.P(typeset(row["remark"]), className="note") if row["remark"] else None,
        ],
        className="operation",
    )


def _vote(row: Row) -> str:
    """Say what voted the grant: not always what voted its contract."""
    number = f", délibération n° {row['deliberation']}" if row["deliberation"] else ""
    return f"Vote du {format_date(date.fromisoformat(row['vote_date']))}{number}."


def _bar(share: float) -> Element:
    return html.Div(
        html.Span(style={"width": f"{min(share, 1) * 100:.1f}%"}),
        className="bar",
        **{"aria-hidden": "true"},
    )
