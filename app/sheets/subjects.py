"""The sheet of a contract."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from statistics import median
from typing import Final

from app.parts import markup as html
from app.parts.go_to import go_to
from app.parts.lists import render_remarks
from app.parts.markup import Child, Element
from app.parts.typography import keep_years, shown_name, typeset
from app.sheets.comparison import offer_comparison
from app.sheets.operation import render_operation
from app.web.addresses import contract_url
from geo.reference.places import Reference
from layers.facts.town_framework import FrameworkFact
from layers.french.wording import format_date, format_euros, format_percent, plural
from layers.operation.fiche import Statement
from layers.operation.funding import Funding
from layers.sheets.contract import ContractSheet, contract_sentence
from layers.sheets.profile import Row
from layers.sheets.subject import Subject, SubjectKind

UNSIGNED: Final = "La date de signature n’est pas connue."


def contract_title(sheet: ContractSheet, reference: Reference) -> str:
    """Return what the sheet of a contract is called."""
    kind = f"{sheet.kind[0].upper()}{sheet.kind[1:]}"
    return f"{kind} {sheet.period[0]}-{sheet.period[1]}, {shown_name(reference, sheet.perimeter)}"


def render_contract(
    reference: Reference, sheet: ContractSheet, whole: Funding, operations: Sequence[Row]
) -> list[Child]:
    """Return the sheet of a contract.

    Parameters
    ----------
    whole
        What all operations of the département add up to.
    operations
        The rows of those that have joined the contract.
    """
    words = sheet.words
    kind = f"{sheet.kind[0].upper()}{sheet.kind[1:]}"
    partner = shown_name(reference, sheet.perimeter)
    return [
        _head(
            [kind, " · ", go_to(sheet.perimeter, partner)],
            contract_title(sheet, reference),
            contract_sentence(sheet, reference),
            Subject(SubjectKind.CONTRACT, sheet.id),
        ),
        _amounts(sheet, sheet.funding, whole) if sheet.funding else None,
        _facts(sheet),
        _section("Axes partagés", sheet.axes),
        *_framework(sheet),
        _operations(operations),
        _section("Au-delà de ce contrat, le livret met en avant", _texts(words.zoom)),
        _section("Interlocuteurs au Département", _texts(words.departement_services)),
        _section("Interlocuteurs chez le partenaire", _texts(words.partner_services)),
        _section("Réalisations des contrats précédents", _texts(words.achievements)),
        render_remarks([each for each in (words.problem, sheet.remark) if each]),
        _sources(sheet),
    ]


def _head(kicker: list[Child], title: str, sentence: str, subject: Subject) -> Element:
    return html.Div(
        [
            html.P(kicker, className="kicker"),
            html.H2(keep_years(title)),
            html.P(keep_years(typeset(sentence)), className="sentence"),
            html.P(offer_comparison(str(subject)), className="actions"),
        ],
        className="sheet-head",
    )


def _amounts(sheet: ContractSheet, money: Funding, whole: Funding) -> Element:
    def each(say: Callable[[Decimal | None], str], name: str) -> tuple[str, str]:
        known = [value for one in sheet.peers if (value := getattr(one, name)) is not None]
        compared = f"dép.\u00a0{say(getattr(whole, name))}"
        if known:
            compared += f" · médiane des {len(known)} contrats connus\u00a0: {say(median(known))}"
        return say(getattr(money, name)), compared

    rate = partial(format_euros, cents=True)
    figures = (
        ("fit", "FIT", *each(format_euros, "fit")),
        ("fit_par_habitant", "FIT par habitant", *each(rate, "per_inhabitant")),
        ("cout_total", "Part du FIT", *each(format_percent, "share")),
    )
    listed = html.Dl(
        [
            html.Div(
                [
                    html.Dt(title),
                    html.Dd(here, className="headline"),
                    html.Dd(compared, className="compared"),
                ],
                className=f"headline-{name}",
            )
            for name, title, here, compared in figures
        ],
        className="headlines",
    )
    note = typeset(f"Dép. : {whole.partial}.") if whole.partial else ""
    return html.Div([listed, html.P(note, className="note coverage") if note else None])


def _facts(sheet: ContractSheet) -> Element:
    day = format_date(sheet.vote)
    framed = " ".join(map(_cited, sheet.framed("vote")))
    perimeter = " ".join(map(_cited, sheet.framed("perimetre")))
    towns = plural(len(sheet.towns), "commune touchée", "communes touchées")
    rows = (
        ("Parties", f"Département du Pas-de-Calais et {sheet.partner.text}"),
        ("Période", f"{sheet.period[0]}-{sheet.period[1]}"),
        (
            "Vote",
            f"{day}, délibération n° {sheet.deliberation}. {framed or UNSIGNED}",
        ),
        *(
            (("Communes", f"{towns} par un quartier prioritaire. {perimeter}".strip()),)
            if sheet.towns
            else ()
        ),
    )
    return html.Section(
        html.Dl(
            [html.Div([html.Dt(name), html.Dd(keep_years(typeset(text)))]) for name, text in rows],
            className="facts-list",
        )
    )


def _framework(sheet: ContractSheet) -> Sequence[Child]:
    """Say what holds for all the partners of a framework, and for none of them apart."""
    parts = (
        ("Axes du cadre, pour l’ensemble des partenaires", "axe"),
        ("Montants du cadre, pour l’ensemble des partenaires", "montant"),
    )
    return [_section(title, [*map(_cited, sheet.framed(topic))]) for title, topic in parts]


def _cited(fact: FrameworkFact) -> str:
    return f"{fact.text.rstrip('.')} (ligne {fact.source.line})."


def _section(title: str, items: Sequence[str]) -> Element | None:
    if not items:
        return None
    listed = html.Ul([html.Li(typeset(item)) for item in items], className="axes")
    return html.Section([html.H3(title), listed])


def _texts(statements: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(statement.text for statement in statements)


def _operations(rows: Sequence[Row]) -> Element | None:
    if not rows:
        return None
    title = plural(len(rows), "opération soutenue par le FIT", "opérations soutenues par le FIT")
    return html.Section([html.H3(title), *map(render_operation, rows)])


def _sources(sheet: ContractSheet) -> Element:
    vote = f"Délibération n° {sheet.deliberation} du {format_date(sheet.vote)}, Département du "
    return html.Section(
        [
            html.H3("Sources"),
            html.P(
                typeset(f"{vote}Pas-de-Calais. Document administratif public."), className="note"
            ),
            html.A("Lire chaque ligne citée", href=contract_url(sheet.id), className="link"),
        ]
    )
