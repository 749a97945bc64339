"""Contracts, or quartiers prioritaires, side by side: the same rows for each, unknown said so."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from geo.perimeter import DEPARTEMENT
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.french.wording import (
    enumerate_words,
    format_date,
    format_euros,
    format_number,
    format_percent,
)
from layers.indicators.states import Reading, State, measured
from layers.operation.funding import Funding, total
from layers.sheets.compared_rows import (
    Compared,
    ComparedGroup,
    ComparedRow,
    Comparison,
    as_number,
    count_row,
    figure_rows,
    say_rates,
    service_rows,
    without_contract,
    words_row,
)
from layers.sheets.comparison import NOTHING
from layers.sheets.contract import LAYERS, ContractSheet, contract_sheet
from layers.sheets.district import DistrictSheet, district_sheet, say_edge
from layers.sheets.sentences import named
from layers.sheets.subject import Subject, SubjectKind
from layers.sheets.territory import profile

NOTHING_VOTED: Final = (
    "La délibération cadre des contrats de ville donne des axes et des montants pour tous les "
    "partenaires ensemble, aucun par partenaire : ces valeurs sont inconnues ici, elles ne sont "
    "pas nulles."
)
Value = Decimal | int | None
Money = tuple[str, str, Callable[[Funding], Value], Callable[[Value], str]]
MONEY: Final[tuple[Money, ...]] = (
    ("FIT", "€", lambda one: one.fit, format_euros),
    ("FIT par habitant", "€/hab.", lambda one: one.per_inhabitant,
     partial(format_euros, cents=True)),
    ("Coût total HT", "€", lambda one: one.cost, format_euros),
    ("Part du FIT", "%", lambda one: one.share, format_percent),
    ("Opérations", "", lambda one: one.operations, format_number),
)  # fmt: skip
"""What is said of the operations of a contract: title, unit, number and how it is written."""


def compare_subjects(catalogue: Catalogue, subjects: Sequence[Subject]) -> Comparison:
    """Set contracts, or districts, beside each other.

    Parameters
    ----------
    subjects
        Two or three, of one kind.

    Raises
    ------
    layers.operation.sheet.UnknownRowError
        There is no such contract or district.
    layers.model.layer.LayerError
        A table cannot be read.
    """
    codes = [one.code for one in subjects]
    if subjects[0].kind is SubjectKind.DISTRICT:
        return _compare_districts(catalogue, codes)
    return _compare_contracts(catalogue, codes)


def _compare_contracts(catalogue: Catalogue, codes: Sequence[str]) -> Comparison:
    sheets = [contract_sheet(catalogue, code) for code in codes]
    reference, layers = catalogue.reference, (*LAYERS, "operations", "communes")
    titles = [
        f"le {one.kind} {_years(one)} avec {named(one.perimeter, reference)}" for one in sheets
    ]
    rates = [_rate(one.funding.per_inhabitant if one.funding else None) for one in sheets]
    whole = total(catalogue)
    money = tuple(_money_row(sheets, whole, each) for each in MONEY)
    sources = (source for layer in layers for source in catalogue.layer(layer).sources)
    alike = len({one.kind for one in sheets}) == 1
    return Comparison(
        sheets[0].kind.replace("contrat", "Contrats") if alike else "Contrats",
        tuple(
            Compared(
                str(Subject(SubjectKind.CONTRACT, one.id)),
                reference.name_of(one.perimeter) + ("" if alike else f" ({one.kind})"),
            )
            for one in sheets
        ),
        f"Côte à côte : {enumerate_words(titles)} ; {say_rates(rates)}.",
        (
            ComparedGroup("Opérations soutenues par le FIT", money),
            ComparedGroup("Contrat", tuple(_contract_rows(sheets, reference))),
        ),
        (
            *(() if all(one.funding for one in sheets) else (NOTHING_VOTED,)),
            *((f"Pas-de-Calais : {whole.partial}.",) if whole.partial else ()),
        ),
        tuple(dict.fromkeys(sources)),
    )


def _rate(value: Decimal | None) -> Reading:
    return Reading(State.UNKNOWN) if value is None else measured(value)


def _money_row(sheets: Sequence[ContractSheet], whole: Funding, money: Money) -> ComparedRow:
    title, unit, get, say = money
    values = [get(one.funding) if one.funding else None for one in sheets]
    texts = tuple(map(say, values))
    return ComparedRow(title, "", texts, tuple(map(as_number, values)), say(get(whole)), unit)


def _contract_rows(sheets: Sequence[ContractSheet], reference: Reference) -> Iterable[ComparedRow]:
    yield words_row("Période", [_years(one) for one in sheets])
    yield words_row("Vote", [format_date(one.vote) for one in sheets])
    # the axes of a contrat de ville are those of all partners together: none is its own
    axes = [len(one.axes) or None for one in sheets]
    yield ComparedRow(
        "Axes partagés", "", tuple(map(format_number, axes)), tuple(map(as_number, axes))
    )
    places = [one.perimeter for one in sheets]
    people = [reference.population(place) for place in places]
    yield ComparedRow(
        "Habitants du partenaire",
        "Population municipale de 2023.",
        tuple(map(format_number, people)),
        tuple(map(as_number, people)),
        format_number(reference.population(DEPARTEMENT)),
    )
    members = [len(reference.members(place)) for place in places]
    yield count_row("Communes du partenaire", members, len(reference.members(DEPARTEMENT)))


def _compare_districts(catalogue: Catalogue, codes: Sequence[str]) -> Comparison:
    sheets = [district_sheet(catalogue, code) for code in codes]
    whole = profile(catalogue, DEPARTEMENT)
    figures = [one.figures for one in sheets]
    names = enumerate_words(f"« {one.name} » ({_communes(one)})" for one in sheets)
    rates = [
        figure.reading for each in figures for figure in each if figure.id == "fit_par_habitant"
    ]
    others = [len(one.neighbours) for one in sheets]
    around = (
        count_row("Autres quartiers prioritaires", others, len(whole.districts)),
        *service_rows([one.services for one in sheets], whole.services),
    )
    return Comparison(
        "Quartiers prioritaires (QPV)",
        tuple(Compared(str(Subject(SubjectKind.DISTRICT, one.code)), one.name) for one in sheets),
        f"Côte à côte : les quartiers prioritaires {names} ; dans leurs communes, "
        f"{say_rates(rates)}.",
        (
            ComparedGroup("Quartier", tuple(_district_rows(sheets))),
            ComparedGroup("Chiffres clés de ses communes", figure_rows(figures)),
            ComparedGroup("Dans ses communes", around),
        ),
        (say_edge(catalogue.data), *without_contract(figures)),
        tuple(dict.fromkeys(source for one in sheets for source in one.sources)),
    )


def _district_rows(sheets: Sequence[DistrictSheet]) -> Iterable[ComparedRow]:
    yield words_row("Communes", [_communes(one) for one in sheets])
    for figures in zip(*(one.people for one in sheets), strict=True):
        yield words_row(figures[0].title, [each.number for each in figures], figures[0].meaning)
    periods = [", ".join(tie.period for tie in one.town_contracts) for one in sheets]
    yield words_row("Contrat de ville", [period or NOTHING for period in periods])


def _communes(sheet: DistrictSheet) -> str:
    return enumerate_words(each.name for each in sheet.communes)


def _years(sheet: ContractSheet) -> str:
    return f"{sheet.period[0]}-{sheet.period[1]}"
