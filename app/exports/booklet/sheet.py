"""The sheet that may follow the map: sentence, figures, contract, operations and their money."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from html import escape
from itertools import chain
from typing import Final

from app.exports.booklet.pen import inks
from app.exports.moment import moment_of_writing
from app.parts.typography import typeset
from geo.perimeter import Perimeter
from layers.catalogue.layers import Catalogue
from layers.documents.funders import Funder
from layers.documents.particulars import SECTIONS, read_particulars
from layers.documents.register import document_names
from layers.facts.operation_brief import brief
from layers.french.semester import say_period
from layers.french.wording import format_date, format_euros, format_percent, plural
from layers.indicators.states import State
from layers.operation.calendar import Span, Step, read_spans
from layers.operation.plan import Line, Plan
from layers.operation.sheet import operation_sheet
from layers.sheets.association import Association
from layers.sheets.brought_figures import BROUGHT
from layers.sheets.contact import Contact, contact
from layers.sheets.contract_ties import Relation
from layers.sheets.key_figures import KeyFigure
from layers.sheets.people import PEOPLE
from layers.sheets.profile import Profile, Row
from layers.sheets.territory import profile

WIDTH: Final = 186.0
"""Of the text on an upright A4 page, millimetres."""
FUNDER_COLOURS: Final[dict[Funder | None, str]] = {
    Funder.DEPARTEMENT: inks.MONEY,
    Funder.ETAT: "#e09d76",
    Funder.REGION: "#8fb296",
    Funder.EPCI: "#5a8a78",
    Funder.COMMUNE: "#9db4c0",
    Funder.AGENCE_DE_L_EAU: "#c9d8de",
    Funder.EUROPE: "#d8d1c1",
    Funder.OWNER: "#f0ebdd",
}
STYLE: Final = (
    "@page fiche{size:A4;margin:11mm 12mm 12mm;@bottom-center{content:element(foot);width:100%}}"
    ".map{height:1px}.fiche{page:fiche;break-before:page;font:8.5pt/1.3 'Atlas Sans'}"
    ".fiche h2,.fiche h3,.fiche p,.fiche th,.fiche td,.fiche li{position:static;margin:0;"
    "white-space:normal;font-family:'Atlas Sans';line-height:1.3}"
    ".fiche h2{font-size:16pt;margin:0 0 1.5mm}"
    ".fiche h3{font-size:10.5pt;margin:3.2mm 0 .8mm;break-after:avoid}"
    ".fiche table{border-collapse:collapse;width:100%;margin-top:2.5mm}.fiche td,.fiche th{"
    "padding:.28mm 0 .28mm 2mm;border-bottom:.15mm solid #b9b2a2;text-align:right;font-weight:400}"
    ".fiche tbody th,.fiche thead th:first-child{padding-left:0;text-align:left}"
    ".fiche thead{color:#505c64}.fiche .group{padding-top:1.6mm;font-weight:600}"
    ".fiche svg{position:static;display:block;margin:.6mm 0}.fiche ul{margin:0;padding-left:4mm}"
    ".fiche .operation{break-inside:avoid;margin-bottom:2.2mm}.fiche .sources{margin-top:3mm}"
    ".fiche .small{font-size:6.4pt;color:#505c64}.fiche b{font-weight:600}"
    ".fiche .told{margin-top:1.2mm}.fiche .foot{position:running(foot);text-align:left}"
)


def sheet_html(catalogue: Catalogue, perimeter: Perimeter) -> str:
    """Return the sheet of a perimeter as a section of HTML, to stand after the map.

    It is set so that what most places have fits on one page.

    Raises
    ------
    geo.perimeter.UnknownPlaceError, layers.schema.LayerError
        There is no such perimeter, or a layer cannot be loaded.
    """
    told = profile(catalogue, perimeter)
    spans = read_spans(catalogue)
    operations = "".join(
        _operation(catalogue, row, spans.get(row["id"])) for row in told.operations
    )
    known = (*told.around, *told.figures, *told.people, *told.brought)
    parts = [
        f'<p class="small foot">{_text(_edited(told))}</p>',
        f"<h2>{_text(told.name)}</h2>",
        f"<p><b>{_text(told.lead)}</b></p>" if told.lead else "",
        f"<p>{_text(told.sentence)}</p>",
        _contact(contact(catalogue, perimeter, told.contracts)),
        _figures(
            {
                "Chiffres": (*told.around, *told.figures),
                PEOPLE: told.people,
                BROUGHT: told.brought,
            }
        ),
        f'<p class="small">{_text(" ".join((*_coverage(known), *told.people_notes)))}</p>',
        _list("Associée à une opération d’une autre commune", map(_associated, told.associations)),
        _contract(told),
        _booklet_map(catalogue, told),
        f"<h3>Opérations soutenues par le FIT</h3>{operations}" if operations else "",
        _districts(told.districts),
        _list("À savoir", told.remarks),
        f'<p class="small sources">Sources : {_text(_sources(catalogue, told, known))}.</p>',
    ]
    return f'<style>{STYLE}</style><section class="fiche">{"".join(parts)}</section>'


def _edited(told: Profile) -> str:
    day = moment_of_writing().date()
    return f"{told.name}, fiche éditée le {format_date(day)} avec Atlas 62."


def _contact(found: Contact | None) -> str:
    if found is None:
        return ""
    house = f"{found.house.text} (rapport d’activité 2022, l. {found.house.line})"
    return f"<p>Interlocuteur : <b>{_text(house)}</b></p>"


def _districts(rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    counted = plural(len(rows), "quartier prioritaire", "quartiers prioritaires")
    return f"<p><b>{_text(counted)}</b> : {_text(', '.join(row['name'] for row in rows))}.</p>"


def _text(text: str) -> str:
    return escape(typeset(text))


def _sources(catalogue: Catalogue, told: Profile, figures: Sequence[KeyFigure]) -> str:
    """Return the sources of what this page prints, by licence: a sheet on screen has more."""
    shown = {
        "contrats": told.contracts,
        "operations": told.operations or told.associations,
        "qpv": told.districts,
    }
    of_layers = (catalogue.layer(layer).sources for layer, rows in shown.items() if rows)
    used = {*chain.from_iterable(of_layers), *(one for each in figures for one in each.sources)}
    by_licence: dict[str, list[str]] = {}
    for source in told.sources:
        if source in used:
            by_licence.setdefault(source.licence, []).append(source.named)
    return ". ".join(f"{licence} : {' ; '.join(named)}" for licence, named in by_licence.items())


def _figures(groups: Mapping[str, Sequence[KeyFigure]]) -> str:
    bodies = "".join(
        f'<tbody><tr><th class="group" scope="rowgroup" colspan="4">{_text(title)}</th></tr>'
        f"{''.join(map(_row, figures))}</tbody>"
        for title, figures in groups.items()
        if figures
    )
    return (
        '<table><thead><tr><th scope="col">Indicateur</th><th scope="col">Ici</th>'
        '<th scope="col">Département</th><th scope="col">Médiane des semblables</th></tr></thead>'
        f"{bodies}</table>"
    )


def _row(figure: KeyFigure) -> str:
    return (
        f'<tr><th scope="row">{_text(figure.title)}</th><td><b>{escape(figure.text)}</b></td>'
        f"<td>{escape(figure.departement_text)}</td><td>{escape(_median(figure))}</td></tr>"
    )


def _median(figure: KeyFigure) -> str:
    return (
        f"{figure.median_text} ({figure.peers_text})" if figure.peers_text else figure.median_text
    )


def _coverage(figures: Sequence[KeyFigure]) -> tuple[str, ...]:
    """Return of what the partial figures and those of the département are."""
    here = [one.why for one in figures if one.reading.state is State.PARTIAL]
    whole = [f"Département : {one.partial}." for one in figures if one.partial]
    return tuple(dict.fromkeys((*here, *whole)))


def _associated(one: Association) -> str:
    return f"{one.title}, à {one.commune}. {one.sentence}"


def _contract(told: Profile) -> str:
    return "".join(
        _list(f"Contrat de territoire {tie.period}, {tie.partner}", tie.axes)
        for tie in told.contracts
        if tie.covers
    )


def _booklet_map(catalogue: Catalogue, told: Profile) -> str:
    """Return the places that the map of the contract's own booklet names, with their source."""
    title = SECTIONS["map"]
    names = document_names(catalogue.data)
    return "".join(
        f'<p class="told"><b>{_text(one.topic)}</b> '
        f"({_text(names[one.source.document])}, l. {one.source.line}) : {_text(one.text)}</p>"
        for tie in told.contracts
        if tie.relation is Relation.OWN
        for one in read_particulars(catalogue.data, tie.id).get(title, ())
    )


def _list(title: str, items: Iterable[str]) -> str:
    rows = "".join(f"<li>{_text(item)}</li>" for item in items)
    return f"<h3>{_text(title)}</h3><ul>{rows}</ul>" if rows else ""


def _operation(catalogue: Catalogue, row: Row, span: Span | None) -> str:
    plan = operation_sheet(catalogue, row["id"]).plan
    told = brief(row)
    facts = f"{told.commune}, maîtrise d’ouvrage : {told.owner}. {told.amounts}."
    return (
        f'<div class="operation"><p><b>{_text(told.title)}</b><br>{_text(facts)}</p>'
        f"{_bar(plan)}{_timeline(span)}</div>"
    )


def _bar(plan: Plan) -> str:
    """Return the receipts as one bar, and in words."""
    total = sum((line.amount for line in plan.by_funder), Decimal(0))
    if not total:
        return ""
    boxes, left = [], 0.0
    for line in plan.by_funder:
        width = WIDTH * float(line.amount / total)
        colour = FUNDER_COLOURS.get(line.funder, "#ffffff")
        boxes.append(
            f'<path d="M{left:.2f} 0h{width:.2f}v3h{-width:.2f}z" fill="{colour}" '
            f'stroke="{inks.INK}" stroke-width="0.15"/>'
        )
        left += width
    words = " · ".join(_receipt(line, total) for line in plan.by_funder)
    return (
        f'<svg width="{WIDTH}mm" height="3.4mm" viewBox="-0.2 -0.2 {WIDTH + 0.4} 3.4">'
        f"<title>Plan de financement : {_text(words)}</title>{''.join(boxes)}</svg>"
        f'<p class="small">{_text(words)}</p>'
    )


def _receipt(line: Line, total: Decimal) -> str:
    share = format_percent(line.amount / total, 0)
    return f"{line.label} {format_euros(line.amount)} ({share})"


def _timeline(span: Span | None) -> str:
    """Return the steps of a calendar as words, and as bars over the years that they touch."""
    if span is None or not span.steps:
        return ""
    first = min(step.period.start.year for step in span.steps)
    last = max(step.period.end.year for step in span.steps)
    year = WIDTH / (last - first + 1)

    def at(day: date) -> float:
        return (day.year - first + day.timetuple().tm_yday / 366) * year

    def place(step: Step) -> tuple[float, float]:
        left = at(step.period.start)
        return left, max(at(step.period.end) - left, 0.8)

    ticks = "".join(
        f'<path d="M{n * year:.2f} 0v3" stroke="{inks.RULE}" stroke-width="0.2"/>'
        f'<text x="{n * year + 0.8:.2f}" y="2.6" font-size="2.2" font-family="Atlas Sans" '
        f'fill="{inks.INK_SOFT}">{first + n}</text>'
        for n in range(last - first + 1)
    )
    bars = "".join(
        f'<path d="M{left:.2f} 3.4h{wide:.2f}v1.2h-{wide:.2f}z" fill="{inks.INK}"/>'
        for left, wide in map(place, span.steps)
    )
    words = " · ".join(f"{step.name} : {say_period(step.period.printed)}" for step in span.steps)
    return (
        f'<svg width="{WIDTH}mm" height="5mm" viewBox="0 0 {WIDTH} 5">'
        f"<title>Calendrier : {_text(words)}</title>{ticks}{bars}</svg>"
        f'<p class="small">{_text(words)}</p>'
    )
