"""The sheet of a quartier prioritaire as plain data: where it lies, and what lies around it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from geo.names import of_place
from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.facts.operation_districts import stated_districts
from layers.french.wording import enumerate_words, format_euros, plural
from layers.model.layer import Source
from layers.operation.sheet import find_row
from layers.priority_districts import QPV, outline_metres
from layers.sheets.brought_districts import BroughtNumber, brought_numbers
from layers.sheets.contract_ties import ContractTie
from layers.sheets.district_figures import district_figures
from layers.sheets.district_ground import Surroundings, surroundings
from layers.sheets.district_people import DistrictFigure, district_people
from layers.sheets.key_figures import KeyFigure
from layers.sheets.profile import Profile, Row, SiteGroup
from layers.sheets.sentences import named
from layers.sheets.territory import SERVICES, profile

AROUND: Final = ("operations", "colleges", *SERVICES)


@dataclass(frozen=True, slots=True)
class DistrictSheet:
    """What is known of one district.

    Parameters
    ----------
    communes
        The sheets of the communes that it touches, the first before the others.
    people
        Published figures of the district itself.
    around
        What stands in it and near it, layer by layer.
    figures
        Key figures of these communes together, beside the other districts.
    money
        French sentences: the FIT of the operations that the documents put in it, or in one of the
        districts of its commune.
    brought
        What tables by district that somebody brought say of it.
    contracts, town_contracts
        Contrats de territoire and contrats de ville of these communes.
    operations, colleges, services
        What lies in these communes, in the district or not.
    neighbours
        Rows of the other districts of these communes.
    """

    code: str
    name: str
    sentence: str
    communes: tuple[Profile, ...]
    people: tuple[DistrictFigure, ...]
    around: tuple[Surroundings, ...]
    figures: tuple[KeyFigure, ...]
    contracts: tuple[ContractTie, ...]
    town_contracts: tuple[ContractTie, ...]
    operations: tuple[Row, ...]
    colleges: tuple[Row, ...]
    services: tuple[SiteGroup, ...]
    neighbours: tuple[Row, ...]
    remarks: tuple[str, ...]
    sources: tuple[Source, ...]
    money: tuple[str, ...] = ()
    brought: tuple[BroughtNumber, ...] = ()


def district_sheet(catalogue: Catalogue, code: str) -> DistrictSheet:
    """Return the sheet of a district.

    Raises
    ------
    layers.operation.sheet.UnknownRowError
        There is no such district.
    layers.model.layer.LayerError
        The list of districts cannot be read.
    """
    row = find_row(catalogue, "qpv", code)
    communes = tuple(
        profile(catalogue, Perimeter(Level.COMMUNE, commune)) for commune in row["commune_codes"]
    )
    towns = _ties(tie for each in communes for tie in each.town_contracts)
    brought = brought_numbers(catalogue, code)
    cited = [one for each in communes for one in each.sources]
    around = [other for each in communes for other in each.districts]
    return DistrictSheet(
        code=code,
        name=row["name"],
        sentence=_sentence(row, communes, towns, catalogue.reference),
        communes=communes,
        people=district_people(catalogue, code),
        around=surroundings(catalogue, code, AROUND),
        figures=district_figures(catalogue, code),
        contracts=_ties(tie for each in communes for tie in each.contracts),
        town_contracts=towns,
        operations=tuple(one for each in communes for one in each.operations),
        colleges=tuple(one for each in communes for one in each.colleges),
        services=_gathered(communes),
        neighbours=tuple(
            {other["code"]: other for other in around if other["code"] != code}.values()
        ),
        remarks=(
            say_edge(catalogue.data),
            *dict.fromkeys(one for each in communes for one in each.remarks),
        ),
        sources=tuple(dict.fromkeys((*cited, *_of_brought(brought)))),
        brought=brought,
        money=tuple(_money(catalogue, code, row["population"])),
    )


def _money(catalogue: Catalogue, code: str, population: int) -> Iterator[str]:
    rows = catalogue.load("operations").set_index("id")
    for operation, stated in stated_districts(catalogue.data).items():
        if code not in dict(stated.choices) or operation not in rows.index:
            continue
        fit: Decimal = rows.loc[operation, "fit"]
        text = f"{format_euros(fit)} de FIT pour « {rows.loc[operation, 'title']} »"
        if stated.only:
            rate = format_euros(fit / int(population), cents=True)
            yield (
                f"{text}, soit {rate} par habitant du quartier (2020). La délibération met "
                f"l’opération dans le quartier prioritaire de sa commune, qui n’en a qu’un "
                f"({stated.lines})."
            )
        else:
            yield (
                f"{text}, dans l’un des {len(stated.choices)} quartiers prioritaires de sa commune "
                f": la délibération ne dit pas lequel ({stated.lines})."
            )


def _sentence(
    row: Row, communes: tuple[Profile, ...], towns: tuple[ContractTie, ...], reference: Reference
) -> str:
    names = enumerate_words(of_place(each.name.replace("'", "’")) for each in communes)
    several = len(communes) > 1
    people = plural(row["population"], "habitant")
    touched = f"touche les communes {names}" if several else f"est dans la commune {names}"
    name = row["name"].replace("'", "’")
    text = f"Le quartier prioritaire « {name} » ({row['code']}, {people} en 2020) {touched}"
    if not towns:
        return f"{text} ; aucun contrat de ville n’y est annoncé."
    partners = enumerate_words(named(tie.perimeter, reference) for tie in towns)
    first = towns[0]
    return f"{text} ; le contrat de ville {first.period} prévu avec {partners} le concerne."


def _of_brought(brought: tuple[BroughtNumber, ...]) -> Iterator[Source]:
    yield from (one.source for one in brought)
    if not all(one.own for one in brought):
        yield from QPV.sources


def _ties(found: Iterable[ContractTie]) -> tuple[ContractTie, ...]:
    return tuple({tie.id: tie for tie in found}.values())


def _gathered(communes: tuple[Profile, ...]) -> tuple[SiteGroup, ...]:
    """Put the sites of several communes together, layer by layer."""
    groups: dict[str, SiteGroup] = {}
    for each in communes:
        for group in each.services:
            before = groups.get(group.layer)
            rows = (*before.rows, *group.rows) if before else group.rows
            groups[group.layer] = replace(group, rows=rows, kinds=())
    return tuple(groups.values())


def say_edge(data: Path) -> str:
    """Say how near the limit of a quartier it is not known on which side something stands."""
    metres = outline_metres(data)
    return (
        f"Le contour du quartier est juste à {metres} mètres près : plus près de sa limite, rien "
        "ne dit si une adresse est dedans."
    )
