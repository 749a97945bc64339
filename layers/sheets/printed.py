"""The figures that documents print for a place, as its sheet shows them: unit, date, remarks."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from babel.dates import format_date as babel_date

from geo.names import of_place
from geo.perimeter import Perimeter
from layers.catalogue.layers import Catalogue
from layers.documents.register import document_names
from layers.facts.acts import cite_documents
from layers.figures.records import Figure, Figures, Measure
from layers.french.wording import (
    FRENCH,
    enumerate_words,
    format_date,
    format_euros,
    format_number,
)
from layers.indicators.printed import read_figures
from layers.model.layer import Source

THEMES: Final[Mapping[str, str]] = {
    "territoire": "Territoire",
    "autonomie": "Autonomie",
    "enfance-famille": "Enfance et famille",
    "insertion-logement": "Insertion et logement",
    "jeunesse-colleges": "Jeunesse et collèges",
    "sport": "Sport",
    "culture-patrimoine": "Culture et patrimoine",
    "routes-mobilites": "Routes et mobilités",
    "amenagement-environnement": "Aménagement et environnement",
    "patrimoine-bati": "Bâtiments",
    "partenariats": "Partenariats",
    "accueil-moyens": "Accueil et moyens",
    "securite": "Sécurité",
}
"""In reading order, the French titles; a theme that is not there comes last, as it is written."""

DERIVED: Final = "Montant calculé par le document à partir d’une moyenne, non constaté."
_ACRONYM: Final = re.compile(r"[A-Z0-9/ ]+")


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """One figure as a document prints it.

    Parameters
    ----------
    id
        Identifier of what it counts.
    text
        The value in French with its unit, the document's reserve before it.
    unit
        Of the measure.
    period
        French words: ``2022``, ``mars 2023``, ``2019-2022``.
    value
        Number in the measure's unit, None where the document prints none.
    notes
        French sentences: footnote, remarks, whether it was computed.
    document, line
        Where it is printed.
    cited
        The same in French: ``rapport d’activité 2022, ligne 913``.
    """

    id: str
    title: str
    meaning: str
    text: str
    unit: str
    period: str
    value: float | None
    notes: tuple[str, ...]
    document: str
    line: int
    cited: str


@dataclass(frozen=True, slots=True)
class PrintedTheme:
    """The figures of one theme."""

    title: str
    figures: tuple[PrintedFigure, ...]


def printed_themes(catalogue: Catalogue, perimeter: Perimeter) -> tuple[PrintedTheme, ...]:
    """Return what is printed for that very place, by theme; nothing for most communes.

    Raises
    ------
    layers.model.layer.LayerError
        The tables of figures cannot be read.
    """
    figures = catalogue.derive(read_figures)
    names = document_names(catalogue.data)
    by_theme: dict[str, list[PrintedFigure]] = {theme: [] for theme in THEMES}
    for figure in figures.of(perimeter):
        measure = figures.measures[figure.measure]
        by_theme.setdefault(measure.theme, []).append(_printed(figures, figure, measure, names))
    return tuple(
        PrintedTheme(THEMES.get(theme, theme), tuple(found))
        for theme, found in by_theme.items()
        if found
    )


def sources_of(catalogue: Catalogue, themes: tuple[PrintedTheme, ...]) -> tuple[Source, ...]:
    """Return the documents that figures are printed in, each once; raises LayerError."""
    documents = (figure.document for theme in themes for figure in theme.figures)
    return cite_documents(catalogue.data, documents)


def period_words(period: str, precision: str) -> str:
    """Write an ISO 8601 date or interval in French: ``mars 2023``, ``2019-2022``.

    Parameters
    ----------
    precision
        As :class:`layers.figures.records.Figure` says it; ``document`` when only that of the
        document dates the figure.
    """
    first, _, last = period.partition("/")
    if precision == "année scolaire":
        return f"année scolaire {first[:4]}-{last[:4]}"
    if last:
        return f"{first[:4]}-{last[:4]}"
    words = _day_words(first)
    if precision != "document":
        return words
    day = re.fullmatch(r"\d{4}-\d\d-\d\d", first)
    return f"document du {words}" if day else f"document {of_place(words)}"


def _printed(
    figures: Figures, figure: Figure, measure: Measure, names: Mapping[str, str]
) -> PrintedFigure:
    remarks = [figures.remarks[remark].sentence for remark in figure.remarks]
    notes = [
        _sentence(figure.footnote),
        DERIVED if figure.derived and not remarks else "",
        *remarks,
    ]
    return PrintedFigure(
        id=measure.id,
        title=measure.title,
        meaning=measure.meaning,
        text=_text(figure, measure),
        unit=measure.unit,
        period=period_words(figure.period, figure.precision),
        value=None if figure.value is None else float(figure.value),
        notes=tuple(dict.fromkeys(filter(None, notes))),
        document=figure.document,
        line=figure.lines[0],
        cited=cite_lines(names, figure),
    )


def cite_lines(names: Mapping[str, str], figure: Figure) -> str:
    """Write where a figure is printed: the document and its lines."""
    lines = enumerate_words(map(str, figure.lines))
    several = "s" if len(figure.lines) > 1 else ""
    return f"{names.get(figure.document, figure.document)}, ligne{several} {lines}"


def _text(figure: Figure, measure: Measure) -> str:
    if figure.value is None:
        return f"«\u00a0{figure.printed}\u00a0»"
    if measure.unit == "€":
        number = format_euros(figure.value)
    else:
        unit = measure.unit
        if abs(figure.value) < 2 and not _ACRONYM.fullmatch(unit):  # noqa: PLR2004 - French plural
            unit = " ".join(word.removesuffix("s") for word in unit.split(" "))
        number = f"{format_number(figure.value)}\u00a0{unit}"
    return f"{figure.qualifier} {number}".strip()


def _day_words(text: str) -> str:
    if re.fullmatch(r"\d{4}", text):
        return text
    if re.fullmatch(r"\d{4}-\d\d", text):
        return babel_date(dt.date.fromisoformat(f"{text}-01"), format="MMMM y", locale=FRENCH)
    return format_date(dt.date.fromisoformat(text))


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:].rstrip('.')}." if text else ""
