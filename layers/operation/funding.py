"""The money of the operations by contract, place, pact and year.

Every operation counts in full in each group that it belongs to. Where groups share operations, the
rows add up to more than the total, and the total still counts each operation once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Final

from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.documents.register import DOCUMENTS
from layers.facts.contracts import CALENDAR
from layers.french.period import find_period
from layers.french.wording import format_euros, format_percent
from layers.indicators.coverage import Coverage, coverage_of

START_OF_WORKS: Final = "Début des travaux"
UNDATED: Final = "sans date"


@dataclass(frozen=True, slots=True)
class Operation:
    """What the groups need to know of an operation."""

    id: str
    title: str
    contract: str
    commune: str
    pacts: tuple[str, ...]
    vote_year: str
    works_year: str
    fit: Decimal
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Funding:
    """What a group of operations is granted and costs.

    Parameters
    ----------
    operations
        Their number.
    fit, cost
        Euros, before tax.
    population
        Inhabitants of the place that the group is about, as far as its contracts were read; None
        when it is about none.
    coverage
        What of the place is known, where that is not all of it; None elsewhere.
    """

    operations: int
    fit: Decimal
    cost: Decimal
    population: int | None = None
    coverage: Coverage | None = None

    @property
    def partial(self) -> str:
        """What of the place is known, French; empty where all of it is."""
        return self.coverage.say() if self.coverage else ""

    @property
    def share(self) -> Decimal | None:
        """Part of the cost that the FIT pays, None without a cost."""
        return self.fit / self.cost if self.cost else None

    @property
    def leverage(self) -> Decimal | None:
        """Euros of cost for one euro of FIT, None without FIT."""
        return self.cost / self.fit if self.fit else None

    @property
    def per_inhabitant(self) -> Decimal | None:
        """Euros of FIT by inhabitant, None without a population."""
        return self.fit / self.population if self.population else None


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a breakdown.

    Parameters
    ----------
    key
        What the row is about: a contract, a perimeter, a pact, a year.
    title
        Its French name.
    perimeter
        Place that it is about, None when it is about none.
    funding
        None where nothing is known: no contract was read there.
    """

    key: str
    title: str
    perimeter: Perimeter | None
    funding: Funding | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The operations in groups.

    Parameters
    ----------
    groups
        In reading order.
    total
        Of all operations, each counted once.
    """

    groups: tuple[Group, ...]
    total: Funding

    @property
    def repeated(self) -> int:
        """How many times an operation counts in more groups than one: zero in a partition."""
        known = (group.funding.operations for group in self.groups if group.funding)
        return sum(known) - self.total.operations


def say_share(money: Funding) -> str:
    """Say what part of a cost the FIT pays, after its name; empty where there is none."""
    if money.share is None or money.leverage is None:
        return ""
    return (
        f"en paie {format_percent(money.share)}, "
        f"soit {format_euros(money.leverage, cents=True)} de dépenses pour un euro de FIT"
    )


def operations(catalogue: Catalogue) -> tuple[Operation, ...]:
    """Return the operations, with what they are grouped by.

    Raises
    ------
    layers.model.layer.LayerError
        A layer or a table cannot be read.
    """
    return catalogue.derive(_operations)


def total(catalogue: Catalogue) -> Funding:
    """Return the money of all operations, over the places of the département that are known."""
    return _known(operations(catalogue), coverage_of(catalogue, DEPARTEMENT))


def by_contract(catalogue: Catalogue) -> Breakdown:
    """Return one row a contrat de territoire, per inhabitant of its partner's perimeter."""
    reference, found = catalogue.reference, operations(catalogue)
    rows = catalogue.load("contrats").to_dict("records")
    partners = [(row["id"], row["partner"], Perimeter.parse(row["perimeter"])) for row in rows]
    groups = tuple(
        Group(key, title, place, _sum(_of(found, key), reference.population(place)))
        for key, title, place in partners
    )
    return Breakdown(groups, total(catalogue))


def by_place(catalogue: Catalogue, level: Level) -> Breakdown:
    """Return one row a place of a level: an operation counts where it is.

    A place without any commune of a contract that was read has no funding: it is unknown, not zero.
    Where some of its communes have one, it is partial and says so.
    """
    reference = catalogue.reference
    groups = tuple(
        Group(str(place), reference.name_of(place), place, _at(catalogue, place))
        for place in reference.perimeters(level)
    )
    return Breakdown(groups, total(catalogue))


def group_by(
    found: tuple[Operation, ...], names_of: Callable[[Operation], tuple[str, ...]]
) -> Breakdown:
    """Return one row a name, in order; an operation counts in full under each of its names."""
    names = sorted({name for operation in found for name in names_of(operation)})
    groups = tuple(
        Group(name, name, None, _sum(each for each in found if name in names_of(each)))
        for name in names
    )
    return Breakdown(groups, _sum(found))


def by_pact(catalogue: Catalogue) -> Breakdown:
    """Return one row a pact; an operation counts in full in each pact that it serves."""
    return group_by(operations(catalogue), lambda operation: operation.pacts)


def by_vote_year(catalogue: Catalogue) -> Breakdown:
    """Return one row a year in which the FIT was voted."""
    return group_by(operations(catalogue), lambda operation: (operation.vote_year,))


def by_works_year(catalogue: Catalogue) -> Breakdown:
    """Return one row a year in which works were to begin, as the fiches announce it."""
    return group_by(operations(catalogue), lambda operation: (operation.works_year,))


BREAKDOWNS: Final[Mapping[str, Callable[[Catalogue], Breakdown]]] = {
    "contrats": by_contract,
    "epci": partial(by_place, level=Level.EPCI),
    "territoires": partial(by_place, level=Level.TERRITORY),
    "pactes": by_pact,
    "votes": by_vote_year,
    "travaux": by_works_year,
}
"""In reading order, by the name that an address gives them."""


def _operations(catalogue: Catalogue) -> tuple[Operation, ...]:
    works = dict(_works_years(catalogue))
    documents = DOCUMENTS.read(catalogue.data).set_index("id")["date"]
    return tuple(
        Operation(
            id=row["id"],
            title=row["title"],
            contract=row["contract"],
            commune=row["commune_code"],
            pacts=row["pacts"],
            vote_year=documents[row["document"]][:4],
            works_year=works.get(row["id"], UNDATED),
            fit=row["fit"],
            cost=row["total_cost"],
        )
        for row in catalogue.load("operations").to_dict("records")
    )


def _works_years(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    calendar = CALENDAR.read(catalogue.data)
    starts = calendar[calendar["step"] == START_OF_WORKS].drop_duplicates("operation")
    for row in starts.to_dict("records"):
        found = find_period(row["date"])
        if found:
            first, last = found[0].start.year, found[0].end.year
            yield row["operation"], str(first) if first == last else f"{first}-{last}"


def _of(found: Iterable[Operation], contract: str) -> list[Operation]:
    return [operation for operation in found if operation.contract == contract]


def _at(catalogue: Catalogue, place: Perimeter) -> Funding | None:
    members = frozenset(catalogue.reference.members(place))
    here = [operation for operation in operations(catalogue) if operation.commune in members]
    coverage = coverage_of(catalogue, place)
    return _known(here, coverage) if here or coverage.communes else None


def _known(found: Iterable[Operation], coverage: Coverage) -> Funding:
    money = _sum(found, coverage.inhabitants)
    return money if coverage.whole else replace(money, coverage=coverage)


def _sum(found: Iterable[Operation], population: int | None = None) -> Funding:
    counted = tuple(found)
    return Funding(
        len(counted),
        sum((operation.fit for operation in counted), Decimal(0)),
        sum((operation.cost for operation in counted), Decimal(0)),
        population,
    )
