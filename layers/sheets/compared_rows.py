"""What stands side by side: columns, rows in groups, and how each row is made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from layers.french.wording import enumerate_words, format_euros, format_number
from layers.indicators.contributions import Amount
from layers.indicators.states import Reading, State
from layers.model.layer import Source
from layers.sheets.key_figures import KeyFigure
from layers.sheets.profile import SiteGroup


@dataclass(frozen=True, slots=True)
class Compared:
    """What a column is about.

    Parameters
    ----------
    written
        As an address names it.
    name
        French, short.
    """

    written: str
    name: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One thing said of each column.

    Parameters
    ----------
    texts
        In the order of the columns; French, with units.
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
    """Two or three things of one kind side by side.

    Parameters
    ----------
    kind
        What they are, French.
    columns
        One for each, the first chosen first.
    sentence
        One French sentence that reads aloud.
    problems
        French sentences about what could not be read or is not known.
    """

    kind: str
    columns: tuple[Compared, ...]
    sentence: str
    groups: tuple[ComparedGroup, ...]
    problems: tuple[str, ...]
    sources: tuple[Source, ...]


def figure_rows(columns: Iterable[Sequence[KeyFigure]]) -> tuple[ComparedRow, ...]:
    """Return key figures, the same ones of each column, one row for each."""
    return tuple(
        ComparedRow(
            # what is situated in one place may be granted to the other: the plain title says both
            min((figure.title for figure in figures), key=len),
            figures[0].meaning,
            tuple(figure.text for figure in figures),
            tuple(as_number(figure.value) for figure in figures),
            figures[0].departement_text,
            figures[0].unit,
        )
        for figures in zip(*columns, strict=True)
    )


def service_rows(
    columns: Sequence[Sequence[SiteGroup]], whole: Sequence[SiteGroup]
) -> tuple[ComparedRow, ...]:
    """Return how many services of each kind there are, one row for each kind of the département."""
    return tuple(
        count_row(
            group.title,
            [sum(len(own.rows) for own in each if own.layer == group.layer) for each in columns],
            len(group.rows),
            group.remark,
        )
        for group in whole
    )


def count_row(title: str, counts: Sequence[int], whole: int, meaning: str = "") -> ComparedRow:
    """Return a row of numbers that are known."""
    return ComparedRow(
        title,
        meaning,
        tuple(format_number(count) for count in counts),
        tuple(float(count) for count in counts),
        format_number(whole),
    )


def words_row(title: str, texts: Sequence[str], meaning: str = "") -> ComparedRow:
    """Return a row of words."""
    return ComparedRow(title, meaning, tuple(texts), (None,) * len(texts))


def say_rates(rates: Sequence[Reading]) -> str:
    """Return the FIT per inhabitant of each column in the words of a sentence."""
    said = [format_euros(rate.value, cents=True) for rate in rates if rate.value is not None]
    if not said:
        if all(rate.state is State.WITHOUT_OBJECT for rate in rates):
            return "le FIT par habitant y est sans objet"
        return "le FIT par habitant n’y est pas connu en entier"
    known = f", connu en entier pour {len(said)} sur {len(rates)}"
    return f"{enumerate_words(said)} de FIT par habitant{known if len(said) < len(rates) else ''}"


def without_contract(columns: Iterable[Sequence[KeyFigure]]) -> tuple[str, ...]:
    """Return why the money of a column is not known whole, and of what the département's is.

    Each reason comes once.
    """
    figures = [figure for column in columns for figure in column]
    money = [figure for figure in figures if figure.id in {"fit", "fit_par_habitant"}]
    whole = (f"Pas-de-Calais : {figure.partial}." for figure in money if figure.partial)
    reasons = (figure.why for figure in money if figure.why)
    return tuple(dict.fromkeys((*reasons, *whole)))


def as_number(value: Amount | None) -> float | None:
    """Return a value to be drawn."""
    return None if value is None else float(value)
