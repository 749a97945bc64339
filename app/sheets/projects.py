"""Projects of the Département beside the FIT of today: each with its year, its money apart."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from app.parts import markup as html
from app.parts.lists import MOST_LISTED
from app.parts.markup import Child, Element
from app.parts.typography import keep_years, typeset
from layers.aided_projects import PROJETS_AIDES, say_money
from layers.documents.register import REPORT
from layers.french.wording import format_number
from layers.sheets.profile import Row

NOT_ADDED: Final = (
    "Hors FIT 2023-2026. Exemples que les documents nomment : leurs montants sont d’années et de "
    "natures différentes, ils ne s’additionnent pas."
)
_DOCUMENTS: Final = {REPORT.address: "rapport d’activité 2022"}
_BOOKLETS: Final = "délibération n° 2023-534"


def render_projects(rows: Sequence[Row]) -> Element | None:
    """Return the projects of a place by kind, counted alone when they are many."""
    if not rows:
        return None
    kinds = Counter(row["kind"] for row in rows)
    many = len(rows) > MOST_LISTED
    body: list[Child] = [html.P(typeset(NOT_ADDED), className="note")]
    for kind, number in kinds.items():
        title = f"{kind[0].upper()}{kind[1:]} : {format_number(number)}"
        if many:
            body.append(html.P(typeset(title)))
            continue
        body.append(html.H4(keep_years(typeset(title))))
        items = [_item(row) for row in rows if row["kind"] == kind]
        body.append(html.Ul(items, className="remarks-list projects"))
    count = html.Span(format_number(len(rows)), className="number")
    summary = html.Summary([html.H3(PROJETS_AIDES.title), count])
    return html.Section(html.Details([summary, *body]))


def _item(row: Row) -> Element:
    said = [f" · {row['commune']} · {row['period']}"]
    if row["places"] is not None:
        said.append(f"{row['places']} places")
    money = say_money(row)
    if money:
        said.append(f"{money[0].upper()}{money[1:]}")
    if row["remark"]:
        said.append(row["remark"].removesuffix("."))
    details = keep_years(typeset(f"{'. '.join(said)}. {_source(row)}"))
    return html.Li([html.Strong(typeset(row["name"])), *details])


def _source(row: Row) -> str:
    """Return the document and the lines of a row: those of its amounts too."""
    lines = (row[name] for name in ("line", "amount_line", "other_line", "works_line"))
    printed = ", ".join(map(str, sorted({int(line) for line in lines if line is not None})))
    document = _DOCUMENTS.get(row["document"], _BOOKLETS)
    return f"[{document}, l. {printed}]"
