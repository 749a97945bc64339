"""The territory sheet as plain data: what is known of one perimeter, and what is not."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import compress
from typing import Final

import geopandas as gpd

from geo.perimeter import DEPARTEMENT, Level, Perimeter
from geo.reference.places import Reference
from geo.reference.records import Epci
from layers.aided_projects import PROJETS_AIDES
from layers.areas import KINDS
from layers.catalogue.layers import Catalogue
from layers.catalogue.selection import touches
from layers.indicators.coverage import coverage_of
from layers.indicators.states import State
from layers.model.layer import LayerError, Precision, Source
from layers.sheets.association import Association, associations
from layers.sheets.brought_figures import brought_figures
from layers.sheets.contract_ties import ContractTie, contract_ties
from layers.sheets.key_figures import (
    KeyFigure,
    key_figures,
    located,
)
from layers.sheets.partner import name_money, partner_of, say_contract
from layers.sheets.people import people_figures, people_notes
from layers.sheets.printed import PrintedTheme, printed_themes, sources_of
from layers.sheets.profile import Profile, Row, SiteGroup
from layers.sheets.sentences import Money, territory_remarks, territory_sentence

SERVICES: Final = (
    "france_services",
    "centres_incendie",
    "hopitaux",
    "gares",
    "mairies",
    "sites_departementaux",
    "sieges_incendie",
)
"""Layers of services in the order of the sheet."""

LEVEL_NAMES: Final = {
    Level.DEPARTEMENT: "Département",
    Level.TERRITORY: "Territoire de la MDADT",
    Level.MDS: "Secteur de la MDS",
    Level.CANTON: "Canton",
    Level.COMMUNE: "Commune",
}


def profile(catalogue: Catalogue, perimeter: Perimeter) -> Profile:
    """Return the sheet of a perimeter; a layer that fails leaves its place empty and says so.

    Raises
    ------
    geo.perimeter.UnknownPlaceError
        There is no such perimeter.
    """
    return _Reading(catalogue, perimeter).profile()


class _Reading:
    """One sheet in the making: what was read, what failed, what it came from."""

    def __init__(self, catalogue: Catalogue, perimeter: Perimeter) -> None:
        self.catalogue = catalogue
        self.perimeter = perimeter
        self.members = frozenset(catalogue.reference.members(perimeter))
        self.failures: dict[str, None] = {}
        self.sources: dict[Source, None] = {}

    def profile(self) -> Profile:
        reference = self.catalogue.reference
        figures = key_figures(self.catalogue, self.perimeter)
        people = people_figures(self.catalogue, self.perimeter)
        brought_here = brought_figures(self.catalogue, self.perimeter)
        for figure in (*figures, *people, *brought_here):
            self.sources.update(dict.fromkeys(figure.sources))
        contracts, towns = self.ties("contrats"), self.ties("contrats_ville")
        partner = partner_of(contracts)
        around = key_figures(self.catalogue, partner) if partner else ()
        if partner:
            figures = tuple(map(located, figures))
        operations = self.rows("operations")
        brought = (layer.id for layer in self.catalogue.stored if layer.local)
        services = tuple(group for layer in (*SERVICES, *brought) if (group := self.group(layer)))
        return Profile(
            perimeter=self.perimeter,
            name=reference.name_of(self.perimeter),
            kind=_kind(self.perimeter, reference),
            sentence=territory_sentence(
                self.perimeter, reference, contracts, towns, self.money(figures, around)
            ),
            parents=_parents(self.perimeter, reference),
            figures=figures,
            people=people,
            brought=brought_here,
            people_notes=people_notes(self.catalogue, self.perimeter),
            contracts=contracts,
            town_contracts=towns,
            operations=operations,
            districts=self.rows("qpv"),
            colleges=self.rows("colleges"),
            services=services,
            printed=self.printed(),
            remarks=(
                *self.failures,
                *territory_remarks(self.perimeter, reference, contracts, _vague(operations)),
            ),
            sources=tuple(self.sources),
            lead=say_contract(self.catalogue, partner, around) if partner else "",
            around=name_money(self.catalogue, partner, around) if partner else (),
            associations=self.associated(),
            projects=self.rows(PROJETS_AIDES.id),
        )

    def associated(self) -> tuple[Association, ...]:
        """Return the operations elsewhere that name this commune, none when a table fails."""
        if self.perimeter.level is not Level.COMMUNE:
            return ()
        try:
            return associations(self.catalogue, self.perimeter.code)
        except LayerError as error:
            self.failures[str(error)] = None
            return ()

    def money(self, figures: tuple[KeyFigure, ...], around: tuple[KeyFigure, ...]) -> Money:
        """Return what the sentence says of the operations here, and of the contract around."""
        found = _money(figures)
        if around:
            return replace(found, around=_money(around))
        partial = State.PARTIAL in {figure.reading.state for figure in figures}
        if not partial:
            return found
        return replace(found, partial=coverage_of(self.catalogue, self.perimeter).brief)

    def ties(self, layer_id: str) -> tuple[ContractTie, ...]:
        """Return the contracts of a layer, none when it fails."""
        try:
            found = contract_ties(self.catalogue, layer_id, self.perimeter)
        except LayerError as error:
            self.failures[str(error)] = None
            return ()
        if found:
            self.sources.update(dict.fromkeys(self.catalogue.layer(layer_id).sources))
        return found

    def printed(self) -> tuple[PrintedTheme, ...]:
        """Return the printed figures, none when their tables fail."""
        try:
            themes = printed_themes(self.catalogue, self.perimeter)
            sources = sources_of(self.catalogue, themes)
        except LayerError as error:
            self.failures[str(error)] = None
            return ()
        self.sources.update(dict.fromkeys(sources))
        return themes

    def rows(self, layer_id: str) -> tuple[Row, ...]:
        """Return the rows of a point layer that lie here, none when it fails."""
        try:
            frame = self.catalogue.load(layer_id)
        except LayerError as error:
            self.failures[str(error)] = None
            return ()
        layer, here = self.catalogue.layer(layer_id), touches(frame, self.members)
        if layer in self.catalogue.stored:
            # what is derived is for all readers, and this layer may be of one alone
            rows = tuple({**row, "name": layer.title_of(row)} for row in _plain(frame[here]))
        else:
            rows = tuple(compress(self.catalogue.derive(_plain_rows)(layer_id), here))
        if rows:
            self.sources.update(dict.fromkeys(layer.sources))
        return rows

    def group(self, layer_id: str) -> SiteGroup | None:
        """Return the sites of a layer of services that lie here, None when there are none."""
        rows = self.rows(layer_id)
        if not rows:
            return None
        layer = self.catalogue.layer(layer_id)
        kinds = Counter(row["kind"] for row in rows if "kind" in row)
        several = tuple(kinds.most_common()) if len(kinds) > 1 else ()
        return SiteGroup(layer.id, layer.title, layer.remark, several, rows)


def _plain_rows(catalogue: Catalogue) -> Callable[[str], tuple[Row, ...]]:
    """Return what gives the rows of a layer without pandas, each layer turned once."""

    @cache
    def rows_of(layer_id: str) -> tuple[Row, ...]:
        return _plain(catalogue.load(layer_id))

    return rows_of


def _plain(frame: gpd.GeoDataFrame) -> tuple[Row, ...]:
    table = frame.drop(columns="geometry").astype(object)
    return tuple(table.where(table.notna(), None).to_dict("records"))


def _money(figures: tuple[KeyFigure, ...]) -> Money:
    by_id = {figure.id: figure for figure in figures}
    fit, rate = by_id["fit"], by_id["fit_par_habitant"]
    count = by_id["operations"].reading.known
    amount, each = fit.reading.known, rate.reading.known
    return Money(
        operations=None if count is None else int(count),
        fit=None if amount is None else Decimal(amount),
        per_inhabitant=None if each is None else Decimal(each),
        why=fit.why,
    )


def _kind(perimeter: Perimeter, reference: Reference) -> str:
    if perimeter.level is not Level.EPCI:
        return LEVEL_NAMES[perimeter.level]
    kind = KINDS[reference.epcis[perimeter.code].kind]
    return f"{kind[0].upper()}{kind[1:]}"


def _parents(perimeter: Perimeter, reference: Reference) -> tuple[Perimeter, ...]:
    """Return what holds the perimeter: for a canton, only the département is sure."""
    if perimeter.level is Level.COMMUNE:
        return reference.parents_of(perimeter.code)
    if perimeter == DEPARTEMENT:
        return ()
    place = reference.place(perimeter)
    if isinstance(place, Epci):
        return (
            DEPARTEMENT,
            Perimeter(Level.TERRITORY, place.territory),
            Perimeter(Level.MDS, place.mds_area),
        )
    return (DEPARTEMENT,)


def _vague(operations: tuple[Row, ...]) -> int:
    return sum(row["precision"] == Precision.COMMUNE for row in operations)
