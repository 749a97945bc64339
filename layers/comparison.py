"""Places side by side: the same rows for each of them, the département beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from geo.perimeter import DEPARTEMENT, Perimeter
from geo.reference import Reference
from layers.base import LayerError, Source
from layers.catalogue import Catalogue
from layers.contract_ties import ContractTie, Relation
from layers.key_figures import KeyFigure
from layers.printed_sheet import PrintedFigure, printed_themes
from layers.profile import Profile
from layers.sentences import named, size
from layers.wording import UNKNOWN, enumerate_words, format_euros, format_number

NOTHING: Final = "aucun lu"


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One thing said of each place.

    Parameters
    ----------
    texts
        In the order of the places; French, with units.
    values
        Numbers behind them, None where there is none or it is unknown.
    whole
        The same for the département, empty where it has no meaning.
    unit
        Of the numbers, empty for none.
    """

    title: str
    meaning: str
    texts: tuple[str, ...]
    values: tuple[float | None, ...]
    whole: str = ""
    unit: str = ""

    @property
    def money(self) -> bool:
        """Whether it is an amount or counted per euro."""
        return "€" in self.unit


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """Rows under one title."""

    title: str
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Places of one level side by side.

    Parameters
    ----------
    sentence
        One French sentence that reads aloud.
    problems
        French sentences about what could not be read.
    """

    places: tuple[Profile, ...]
    sentence: str
    groups: tuple[ComparedGroup, ...]
    problems: tuple[str, ...]
    sources: tuple[Source, ...]


def compare(catalogue: Catalogue, places: Sequence[Profile], whole: Profile) -> Comparison:
    """Set places beside each other.

    Parameters
    ----------
    places
        Two or three, of one level.
    whole
        The département.
    """
    problems: list[str] = []
    groups = [
        ComparedGroup("Chiffres clés", figure_rows(places)),
        ComparedGroup("Contrats", tuple(_contract_rows(places))),
        ComparedGroup("Équipements et quartiers", tuple(_site_rows(places, whole))),
    ]
    try:
        groups += _printed_groups(catalogue, places)
    except LayerError as error:
        problems.append(str(error))
    return Comparison(
        tuple(places),
        _sentence(catalogue.reference, places),
        tuple(group for group in groups if group.rows),
        (*problems, *dict.fromkeys(_without_contract(places))),
        tuple(dict.fromkeys(source for place in places for source in place.sources)),
    )


def _sentence(reference: Reference, places: Sequence[Profile]) -> str:
    each = enumerate_words(
        f"{named(one.perimeter, reference)} ({size(one.perimeter, reference)})" for one in places
    )
    rates = [_value(one.figures, "fit_par_habitant") for one in places]
    said = [format_euros(rate, cents=True) for rate in rates if rate is not None]
    if not said:
        money = "le FIT n’y est pas connu"
    elif len(said) < len(places):
        money = f"{enumerate_words(said)} de FIT par habitant là où il est connu"
    else:
        money = f"{enumerate_words(said)} de FIT par habitant"
    return f"Côte à côte : {each} ; {money}."


def _without_contract(places: Sequence[Profile]) -> Iterable[str]:
    return (
        figure.why for one in places for figure in one.figures if figure.id == "fit" and figure.why
    )


def figure_rows(places: Sequence[Profile]) -> tuple[ComparedRow, ...]:
    """Return the key figures of places, one row for each."""
    return tuple(_figure_rows(places))


def _figure_rows(places: Sequence[Profile]) -> Iterable[ComparedRow]:
    for figures in zip(*(one.figures for one in places), strict=True):
        first = figures[0]
        yield ComparedRow(
            first.title,
            first.meaning,
            tuple(figure.text for figure in figures),
            tuple(None if figure.value is None else float(figure.value) for figure in figures),
            first.departement_text,
            first.unit,
        )


def _contract_rows(places: Sequence[Profile]) -> Iterable[ComparedRow]:
    kinds = (
        ("Contrat de territoire", "contracts", "Contrat lu dans les délibérations tenues."),
        ("Contrat de ville", "town_contracts", "Contrat prévu par la délibération cadre de 2024."),
    )
    for title, attribute, meaning in kinds:
        found = [getattr(one, attribute) for one in places]
        if any(found):
            texts = tuple(_ties_words(ties) for ties in found)
            yield ComparedRow(title, meaning, texts, (None,) * len(places))


def _ties_words(ties: Sequence[ContractTie]) -> str:
    if not ties:
        return NOTHING
    if ties[0].relation in {Relation.OWN, Relation.INSIDE}:
        return ties[0].period
    return format_number(len(ties))


def _site_rows(places: Sequence[Profile], whole: Profile) -> Iterable[ComparedRow]:
    yield _count(
        "Quartiers prioritaires", [len(one.districts) for one in places], len(whole.districts)
    )
    for group in whole.services:
        counts = [
            next((len(own.rows) for own in one.services if own.layer == group.layer), 0)
            for one in places
        ]
        yield _count(group.title, counts, len(group.rows), group.remark)


def _count(title: str, counts: Sequence[int], whole: int, meaning: str = "") -> ComparedRow:
    return ComparedRow(
        title,
        meaning,
        tuple(format_number(count) for count in counts),
        tuple(float(count) for count in counts),
        format_number(whole),
    )


def _printed_groups(catalogue: Catalogue, places: Sequence[Profile]) -> Iterable[ComparedGroup]:
    """Yield the printed figures that at least two of the places have."""
    whole = _by_id(catalogue, DEPARTEMENT)
    each = [_by_id(catalogue, one.perimeter) for one in places]
    themes = {
        theme.title: [figure.id for figure in theme.figures]
        for one in places
        for theme in printed_themes(catalogue, one.perimeter)
    }
    for title, measures in themes.items():
        rows = [
            _printed_row([figures.get(measure) for figures in each], whole.get(measure))
            for measure in measures
            if sum(measure in figures for figures in each) > 1
        ]
        if rows:
            yield ComparedGroup(f"{title}, chiffres imprimés", tuple(rows))


def _printed_row(
    figures: Sequence[PrintedFigure | None], whole: PrintedFigure | None
) -> ComparedRow:
    known = next(figure for figure in figures if figure)
    return ComparedRow(
        f"{known.title} ({known.period})",
        known.meaning,
        tuple(_dated(figure, known.period) if figure else UNKNOWN for figure in figures),
        tuple(figure.value if figure else None for figure in figures),
        _dated(whole, known.period) if whole else "",
        known.unit,
    )


def _dated(figure: PrintedFigure, period: str) -> str:
    """Return the value, with its date where that is not the one of the row."""
    return figure.text if figure.period == period else f"{figure.text} ({figure.period})"


def _by_id(catalogue: Catalogue, perimeter: Perimeter) -> dict[str, PrintedFigure]:
    themes = printed_themes(catalogue, perimeter)
    return {figure.id: figure for theme in themes for figure in theme.figures}


def _value(figures: Sequence[KeyFigure], figure_id: str) -> float | None:
    found = next((figure.value for figure in figures if figure.id == figure_id), None)
    return None if found is None else float(found)
