"""Places side by side: the same rows for each of them, the département beside them."""

from collections.abc import Iterable, Sequence
from typing import Final

from geo.perimeter import DEPARTEMENT, Perimeter
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.french.wording import UNKNOWN, enumerate_words, format_number
from layers.model.layer import LayerError
from layers.sheets.brought_figures import BROUGHT
from layers.sheets.compared_rows import (
    Compared,
    ComparedGroup,
    ComparedRow,
    Comparison,
    count_row,
    figure_rows,
    say_rates,
    service_rows,
    without_contract,
    words_row,
)
from layers.sheets.contract_ties import ContractTie
from layers.sheets.people import PEOPLE
from layers.sheets.printed import PrintedFigure, printed_themes
from layers.sheets.profile import Profile
from layers.sheets.sentences import named, size

NOTHING: Final = "aucun lu"


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
    figures = [one.figures for one in places]
    groups = [
        ComparedGroup("Chiffres clés", figure_rows(figures)),
        ComparedGroup(PEOPLE, figure_rows([one.people for one in places])),
        ComparedGroup(BROUGHT, figure_rows([one.brought for one in places])),
        ComparedGroup("Contrats", tuple(_contract_rows(places))),
        ComparedGroup(
            "Équipements et quartiers",
            (
                count_row(
                    "Quartiers prioritaires",
                    [len(one.districts) for one in places],
                    len(whole.districts),
                ),
                *service_rows([one.services for one in places], whole.services),
            ),
        ),
    ]
    try:
        groups += _printed_groups(catalogue, places)
    except LayerError as error:
        problems.append(str(error))
    return Comparison(
        enumerate_words(dict.fromkeys(one.kind for one in places)),
        tuple(Compared(str(one.perimeter), one.name) for one in places),
        _sentence(catalogue.reference, places),
        tuple(group for group in groups if group.rows),
        (*problems, *without_contract(figures), *_notes(places)),
        tuple(dict.fromkeys(source for place in places for source in place.sources)),
    )


def _notes(places: Sequence[Profile]) -> Iterable[str]:
    """Yield what is to be known of who lives there: what is said of all once, the rest by name."""
    said = [set(one.people_notes) for one in places]
    yield from (note for note in places[0].people_notes if all(note in each for each in said))
    for one in places:
        for note in one.people_notes:
            if not all(note in each for each in said):
                yield f"{one.name} : {note}"


def _sentence(reference: Reference, places: Sequence[Profile]) -> str:
    each = enumerate_words(
        f"{named(one.perimeter, reference)} ({size(one.perimeter, reference)})" for one in places
    )
    rates = [
        figure.reading
        for one in places
        for figure in one.figures
        if figure.id == "fit_par_habitant"
    ]
    leads = dict.fromkeys(one.lead for one in places if one.lead)
    if leads and not any(rate.state.measured for rate in rates):
        return f"Côte à côte : {each} ; {' ; '.join(leads)}."
    return f"Côte à côte : {each} ; {say_rates(rates)}."


def _contract_rows(places: Sequence[Profile]) -> Iterable[ComparedRow]:
    kinds = (
        ("Contrat de territoire", "contracts", "Contrat des délibérations recueillies."),
        ("Contrat de ville", "town_contracts", "Contrat prévu par la délibération cadre de 2024."),
    )
    for title, attribute, meaning in kinds:
        found = [getattr(one, attribute) for one in places]
        if any(found):
            yield words_row(title, [_ties_words(ties) for ties in found], meaning)
    if any(one.lead for one in places):
        meaning = "Ce que le contrat qui couvre la commune ou le canton apporte à tout l’EPCI."
        texts = [one.lead or NOTHING for one in places]
        yield words_row("FIT du contrat de l’EPCI", texts, meaning)


def _ties_words(ties: Sequence[ContractTie]) -> str:
    if not ties:
        return NOTHING
    if ties[0].covers:
        return ties[0].period
    return format_number(len(ties))


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
