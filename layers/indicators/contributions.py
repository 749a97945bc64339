"""Totals: what each commune adds to an indicator; a commune that is absent is unknown, not zero."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal

from geo.perimeter import Perimeter
from layers.catalogue.layers import Catalogue

Amount = Decimal | int
Total = Callable[[Catalogue], Mapping[str, Amount]]


def fit(catalogue: Catalogue) -> Mapping[str, Amount]:
    """Return the FIT of the operations of each commune, euros, where a contract was read."""
    return _of_operations(catalogue, "fit")


def total_cost(catalogue: Catalogue) -> Mapping[str, Amount]:
    """Return the total cost of the operations of each commune, euros, where a contract was read."""
    return _of_operations(catalogue, "total_cost")


def operations(catalogue: Catalogue) -> Mapping[str, Amount]:
    """Return the number of operations of each commune, where a contract was read."""
    counts = Counter(catalogue.load("operations")["commune_code"])
    return {code: counts[code] for code in catalogue.derive(contract_communes) | counts.keys()}


def population(catalogue: Catalogue) -> Mapping[str, Amount]:
    """Return the inhabitants of each commune."""
    return {code: commune.population for code, commune in catalogue.reference.communes.items()}


def area_km2(catalogue: Catalogue) -> Mapping[str, Amount]:
    """Return the area of each commune, square kilometres."""
    communes = catalogue.reference.communes
    return {code: Decimal(str(commune.area_km2)) for code, commune in communes.items()}


def colleges(catalogue: Catalogue) -> Mapping[str, Amount]:
    """Return the number of collèges of each commune; the list is complete, so none is zero."""
    counts = Counter(catalogue.load("colleges")["commune_code"])
    return {code: counts[code] for code in catalogue.reference.communes}


def pupils(catalogue: Catalogue) -> Mapping[str, Amount]:
    """Return the pupils of the collèges of each commune."""
    found = catalogue.load("colleges").groupby("commune_code")["pupils"].sum()
    return {code: int(found.get(code, 0)) for code in catalogue.reference.communes}


def contract_communes(catalogue: Catalogue) -> frozenset[str]:
    """Return the communes in the perimeter of a contrat de territoire that was read."""
    return frozenset(
        code
        for text in catalogue.load("contrats")["perimeter"]
        for code in catalogue.reference.members(Perimeter.parse(text))
    )


def _of_operations(catalogue: Catalogue, column: str) -> Mapping[str, Amount]:
    totals: defaultdict[str, Amount] = defaultdict(int)
    totals.update(dict.fromkeys(catalogue.derive(contract_communes), 0))
    rows = catalogue.load("operations")
    for code, amount in zip(rows["commune_code"], rows[column], strict=True):
        totals[code] += amount
    return dict(totals)
