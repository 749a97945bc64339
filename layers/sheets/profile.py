"""What a territory sheet is made of, as plain data."""

from dataclasses import dataclass
from typing import Any, Final

from geo.perimeter import Perimeter
from layers.model.layer import Source
from layers.sheets.association import Association
from layers.sheets.contract_ties import ContractTie
from layers.sheets.key_figures import MOST_HEADLINES, KeyFigure, headlines
from layers.sheets.printed import PrintedTheme

MONEY_HERE: Final = ("fit", "fit_par_habitant", "cout_total", "operations")
"""Key figures about the operations that are in a place; a contract around it may have others."""

Row = dict[str, Any]
"""A row of a layer: the columns that it declares, None where a value is unknown."""


@dataclass(frozen=True, slots=True)
class SiteGroup:
    """The rows of one point layer that lie in the perimeter.

    Parameters
    ----------
    layer, title, remark
        The layer.
    kinds
        Categories and their number, the most numerous first; empty when there is only one.
    rows
        The rows, in the layer's order.
    """

    layer: str
    title: str
    remark: str
    kinds: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one perimeter.

    Parameters
    ----------
    kind
        French words for what it is: ``Communauté de communes``, ``Canton``…
    sentence
        One French sentence that reads aloud.
    parents
        What it lies in, from the widest.
    people
        Who lives there and what shops there are; ``people_notes`` say how to read it.
    brought
        The numbers of tables that somebody brought.
    contracts, town_contracts
        Contrats de territoire and contrats de ville, its own first.
    operations, districts, colleges, projects
        Rows of these layers.
    lead
        What concerns it first, where its contract is that of a wider partner; empty elsewhere.
    around
        The key figures of that partner to print in large type; none elsewhere.
    associations
        Operations elsewhere whose fiche names it.
    printed
        Figures that documents print for this very place.
    remarks
        French sentences: what is missing, approximate or must be known.
    sources
        Everything that it is made from, each once.
    """

    perimeter: Perimeter
    name: str
    kind: str
    sentence: str
    parents: tuple[Perimeter, ...]
    figures: tuple[KeyFigure, ...]
    people: tuple[KeyFigure, ...]
    brought: tuple[KeyFigure, ...]
    people_notes: tuple[str, ...]
    contracts: tuple[ContractTie, ...]
    town_contracts: tuple[ContractTie, ...]
    operations: tuple[Row, ...]
    districts: tuple[Row, ...]
    colleges: tuple[Row, ...]
    services: tuple[SiteGroup, ...]
    printed: tuple[PrintedTheme, ...]
    remarks: tuple[str, ...]
    sources: tuple[Source, ...]
    lead: str = ""
    around: tuple[KeyFigure, ...] = ()
    associations: tuple[Association, ...] = ()
    projects: tuple[Row, ...] = ()

    @property
    def headlines(self) -> tuple[KeyFigure, ...]:
        """The figures to print in large type: those of the contract's partner before its own."""
        money = {figure.id for figure in self.around}
        own = [figure for figure in self.figures if not (money and figure.id in MONEY_HERE)]
        return (*self.around, *headlines(own))[:MOST_HEADLINES]

    @property
    def other_figures(self) -> tuple[KeyFigure, ...]:
        """The figures that stand in the table below them."""
        large = self.headlines
        return tuple(figure for figure in self.figures if figure not in large)
