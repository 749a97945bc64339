"""The reference: every place of the département, loaded once, immutable, looked up quickly."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Self

import geopandas as gpd

from geo.names import sort_key
from geo.outlines.coverage import Coverage
from geo.outlines.kept import find_kept
from geo.perimeter import DEPARTEMENT, DEPARTEMENT_NAME, Level, Perimeter, UnknownPlaceError
from geo.reference import loading as reading
from geo.reference import tables
from geo.reference.index import PlaceIndex
from geo.reference.records import Area, Canton, Commune, Epci, FormerCommune, PlaceRecord
from geo.reference.resolution import Resolution
from geo.reference.spellings import index_places


@dataclass(frozen=True, repr=False)
class Reference:
    """Every place of the département; made by :meth:`load`.

    Parameters
    ----------
    communes, epcis, territories, mds_areas, cantons
        The places by code; communes in the order of codes, the others in French order.
    arrondissements
        Names by code.
    former_communes
        Codes and names that are no longer in use.
    membership_2024
        EPCI of each of the 890 communes of 2024.
    other_names
        Names of communes in common use that are not official.
    coverage
        Outlines, read when first asked for.
    """

    communes: Mapping[str, Commune]
    epcis: Mapping[str, Epci]
    territories: Mapping[str, Area]
    mds_areas: Mapping[str, Area]
    cantons: Mapping[str, Canton]
    arrondissements: Mapping[str, str]
    former_communes: tuple[FormerCommune, ...]
    membership_2024: Mapping[str, str]
    other_names: Mapping[str, tuple[str, ...]]
    coverage: Coverage

    @classmethod
    def load(cls, folder: Path, finer: Path | None = None) -> Self:
        """Read the tables of ``data/communes``; outlines are read when first asked for.

        Parameters
        ----------
        folder
            ``data/communes``.
        finer
            Folder of outlines that the operator brought (see :mod:`geo.outlines.kept`); the last
            that are whole take the place of the embedded ones.

        Raises
        ------
        geo.tables.DamagedReferenceError
            A table is missing or damaged; says the file, the line, what was found and expected.
        """
        communes = reading.read_communes(folder)
        return cls(
            communes=MappingProxyType(communes),
            epcis=MappingProxyType(reading.read_epcis(folder, communes)),
            territories=MappingProxyType(
                reading.read_areas(folder, tables.TERRITORIES, communes, "territory")
            ),
            mds_areas=MappingProxyType(
                reading.read_areas(folder, tables.MDS_AREAS, communes, "mds_area")
            ),
            cantons=MappingProxyType(reading.read_cantons(folder, communes)),
            arrondissements=MappingProxyType(reading.read_names(folder, tables.ARRONDISSEMENTS)),
            former_communes=reading.read_former_communes(folder, communes),
            membership_2024=MappingProxyType(reading.read_membership_2024(folder)),
            other_names=reading.read_other_names(folder),
            coverage=Coverage(folder, find_kept(finer, frozenset(communes)) if finer else None),
        )

    def __repr__(self) -> str:
        return f"Reference({len(self.communes)} communes, {len(self.epcis)} EPCI)"

    def commune(self, text: str) -> Commune:
        """Return the commune for a code, a former code, a postcode of one commune, or a name.

        Any spelling of the name does (case, accents, hyphens, « St »), and former names too.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            Says what was asked, and what comes closest.
        """
        return self.communes[self._resolution.commune_code(text)]

    def epci(self, text: str) -> Epci:
        """Return the EPCI for a SIREN, a name in any spelling, or an abbreviation.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            Says what was asked, and what comes closest.
        """
        return self.epcis[self._resolution.epci_code(text)]

    def resolve_code(self, code: str) -> tuple[str, str | None]:
        """Return today's code for a code of any time, and a French remark where it changed.

        Raises
        ------
        UnknownPlaceError
            No commune of the département bears or bore the code.
        """
        return self._resolution.today(code)

    def find(self, text: str, limit: int = 20) -> list[Perimeter]:
        """Return the places of any level that a text may mean, best first; never raises."""
        return self._index.find(text, limit)

    def named(self, text: str, level: Level) -> tuple[Perimeter, ...]:
        """Return the places of a level that bear this very name, in any spelling; never guesses."""
        return self._index.exact(text, level)

    def by_postcode(self, postcode: str) -> tuple[Commune, ...]:
        """Return the communes of a postcode, in French order."""
        found = [c for c in self.communes.values() if postcode in c.postcodes]
        return tuple(sorted(found, key=lambda c: sort_key(c.name)))

    def place(self, perimeter: Perimeter) -> PlaceRecord:
        """Return the record of a place below the département.

        Raises
        ------
        UnknownPlaceError
            There is no such place.
        """
        try:
            return self._by_level[perimeter.level][perimeter.code]
        except KeyError:
            raise UnknownPlaceError(
                f"Territoire « {perimeter} » inconnu dans le {DEPARTEMENT_NAME}."
            ) from None

    def exists(self, perimeter: Perimeter) -> bool:
        """Tell whether there is such a place."""
        return perimeter == DEPARTEMENT or perimeter.code in self._by_level.get(perimeter.level, {})

    def name_of(self, perimeter: Perimeter) -> str:
        """Return the name of a place; raises :class:`UnknownPlaceError`."""
        return DEPARTEMENT_NAME if perimeter == DEPARTEMENT else self.place(perimeter).name

    def perimeters(self, level: Level) -> tuple[Perimeter, ...]:
        """Return all places of a level, in French order of their names."""
        return self._in_french_order[level]

    def members(self, perimeter: Perimeter) -> tuple[str, ...]:
        """Return the codes of the communes of a place, in the département, sorted.

        Raises
        ------
        UnknownPlaceError
            There is no such place.
        """
        if perimeter == DEPARTEMENT:
            return tuple(self.communes)
        place = self.place(perimeter)
        return (place.code,) if isinstance(place, Commune) else place.communes

    def parents_of(self, commune_code: str) -> tuple[Perimeter, ...]:
        """Return what a commune lies in, from the département to its cantons.

        Raises
        ------
        UnknownPlaceError
            There is no such commune today.
        """
        commune = self.place(Perimeter(Level.COMMUNE, commune_code))
        assert isinstance(commune, Commune)  # noqa: S101 - the level says so
        return (
            DEPARTEMENT,
            Perimeter(Level.TERRITORY, commune.territory),
            Perimeter(Level.MDS, commune.mds_area),
            Perimeter(Level.EPCI, commune.epci),
            *(Perimeter(Level.CANTON, canton) for canton in commune.cantons),
        )

    def population(self, perimeter: Perimeter) -> int | None:
        """Return the inhabitants in the département, census 2023; ``None`` for a cut canton."""
        if perimeter == DEPARTEMENT:
            return sum(c.population for c in self.communes.values())
        place = self.place(perimeter)
        return place.population_inside if isinstance(place, Epci) else place.population

    def area_km2(self, perimeter: Perimeter) -> float | None:
        """Return the area in the département, from EPSG:2154; ``None`` for a cut canton."""
        if perimeter == DEPARTEMENT:
            return sum(c.area_km2 for c in self.communes.values())
        place = self.place(perimeter)
        return place.area_inside_km2 if isinstance(place, Epci) else place.area_km2

    def neighbours_of(self, commune_code: str) -> tuple[str, ...]:
        """Return the codes of the communes of the département that share a border, sorted."""
        self.place(Perimeter(Level.COMMUNE, commune_code))
        return self.coverage.neighbours[commune_code]

    def commune_at(self, lon: float, lat: float) -> Commune | None:
        """Return the commune at a point in degrees (WGS 84), or ``None`` outside all."""
        code = self.coverage.at(lon, lat)
        return self.communes[code] if code else None

    def outlines(self, level: Level, tolerance_m: float = 0) -> gpd.GeoDataFrame:
        """Return the outlines of a level.

        Parameters
        ----------
        tolerance_m
            Simplification in metres (see :mod:`geo.outlines.topology`); 0 is full resolution.
            Levels asked for with the same tolerance share their edges exactly.

        Returns
        -------
        geopandas.GeoDataFrame
            ``code``, ``name``, ``geometry`` in EPSG:2154, in the order of :meth:`perimeters`.
            An EPCI that crosses the border is whole; cantons that share a commune overlap there.
        """
        groups = {p.code: self._whole(p) for p in self.perimeters(level)}
        return self._named(level, groups, tolerance_m)

    def epci_parts_inside(self, tolerance_m: float = 0) -> gpd.GeoDataFrame:
        """Return, as :meth:`outlines`, the part of each EPCI that lies in the département."""
        groups = {p.code: self.members(p) for p in self.perimeters(Level.EPCI)}
        return self._named(Level.EPCI, groups, tolerance_m)

    def neighbour_land(self, tolerance_m: float = 0) -> gpd.GeoDataFrame:
        """Return the land around the département, to be drawn pale.

        Returns
        -------
        geopandas.GeoDataFrame
            ``code``, ``name``, ``geometry`` in EPSG:2154: French départements, the communes
            beyond the border whose EPCI crosses it, Belgium, England, the Netherlands; 150 km
            around. With the communes of the same tolerance it leaves no gap and no overlap.
        """
        return self.coverage.land(tolerance_m)

    def neighbour_communes(self) -> gpd.GeoDataFrame:
        """Return the communes of the Nord and the Somme within 40 km of the border.

        Returns
        -------
        geopandas.GeoDataFrame
            ``code``, ``name``, ``epci``, ``population``, ``geometry`` in EPSG:2154.
        """
        return self.coverage.around()

    def _whole(self, perimeter: Perimeter) -> tuple[str, ...]:
        """Return the members of a place, those beyond the border too."""
        inside = self.members(perimeter)
        if perimeter.level is not Level.EPCI:
            return inside
        return inside + self.epcis[perimeter.code].communes_outside

    def _named(
        self, level: Level, groups: Mapping[str, tuple[str, ...]], tolerance_m: float
    ) -> gpd.GeoDataFrame:
        frame = self.coverage.united(groups, tolerance_m)
        frame.insert(1, "name", [self.name_of(Perimeter(level, code)) for code in frame["code"]])
        return frame

    @cached_property
    def _by_level(self) -> Mapping[Level, Mapping[str, PlaceRecord]]:
        return {
            Level.COMMUNE: self.communes,
            Level.EPCI: self.epcis,
            Level.TERRITORY: self.territories,
            Level.MDS: self.mds_areas,
            Level.CANTON: self.cantons,
        }

    @cached_property
    def _in_french_order(self) -> Mapping[Level, tuple[Perimeter, ...]]:
        """The places of each level by name; asked for at every page, sorted once."""
        ordered: dict[Level, tuple[Perimeter, ...]] = {Level.DEPARTEMENT: (DEPARTEMENT,)}
        for level, places in self._by_level.items():
            by_name = sorted(places.values(), key=lambda place: sort_key(place.name))
            ordered[level] = tuple(Perimeter(level, place.code) for place in by_name)
        return ordered

    @cached_property
    def _index(self) -> PlaceIndex:
        return index_places(self._by_level, self.former_communes, self.other_names)

    @cached_property
    def _resolution(self) -> Resolution:
        return Resolution(self.communes, self.epcis, self.former_communes, self._index)
