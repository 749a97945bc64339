"""From the reference's tables to its records."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar, cast

from geo.names import sort_key
from geo.reference import tables
from geo.reference.records import Area, Canton, Commune, Epci, FormerCommune, TownHall
from geo.tables import DamagedReferenceError, Row, Table

Named = TypeVar("Named", Commune, Epci, Area, Canton)


def read_communes(folder: Path) -> dict[str, Commune]:
    """Return the communes by code, in the order of codes."""
    rows = tables.COMMUNES.read(folder)
    return _by_code(tables.COMMUNES.name, [_commune(row) for row in rows])


def _commune(row: Row) -> Commune:
    return Commune(
        code=row.text("code"),
        name=row.text("name"),
        epci=row.text("epci"),
        cantons=row.codes("cantons"),
        arrondissement=row.text("arrondissement"),
        territory=row.text("territory"),
        mds_area=row.text("mds_area"),
        population=row.count("population"),
        postcodes=row.codes("postcodes"),
        area_km2=row.number("area_km2"),
        town_hall=TownHall(
            lon=row.number("town_hall_lon"),
            lat=row.number("town_hall_lat"),
            precision=row.convert("town_hall_precision", _precision, "« site » ou « commune »"),
            address=row.optional("town_hall_address"),
            phone=row.optional("town_hall_phone"),
            website=row.optional("town_hall_website"),
            opening_hours=row.optional("town_hall_opening_hours"),
        ),
    )


def _precision(text: str) -> Literal["site", "commune"]:
    if text not in {"site", "commune"}:
        raise ValueError(text)
    return cast("Literal['site', 'commune']", text)


def read_epcis(folder: Path, communes: Mapping[str, Commune]) -> dict[str, Epci]:
    """Return the intercommunalities by SIREN, in French order of their names."""
    members = _grouped((c.epci, c.code) for c in communes.values())
    names = _grouped(
        (row.text("epci"), row.text("name"))
        for row in tables.EPCI_NAMES.read(folder, "epci", "name")
    )
    found = [
        Epci(
            code=(code := row.text("code")),
            name=(name := row.text("name")),
            kind=row.text("kind"),
            other_names=tuple(
                n for n in (row.text("official_name"), *names.get(code, ())) if n != name
            ),
            territory=row.text("territory"),
            mds_area=row.text("mds_area"),
            communes=members.get(code, ()),
            communes_outside=row.codes("communes_outside"),
            population=row.count("population"),
            population_inside=row.count("population_inside"),
            area_km2=row.number("area_km2"),
            area_inside_km2=row.number("area_inside_km2"),
        )
        for row in tables.EPCIS.read(folder)
    ]
    return _complete(tables.EPCIS.name, found, members)


def read_areas(
    folder: Path,
    table: Table,
    communes: Mapping[str, Commune],
    level: Literal["territory", "mds_area"],
) -> dict[str, Area]:
    """Return the territories or the MDS areas by code, in French order of their names."""
    members = _grouped((getattr(c, level), c.code) for c in communes.values())
    found = [
        Area(
            code=(code := row.text("code")),
            name=row.text("name"),
            territory=row.text("territory") if level == "mds_area" else code,
            epcis=row.codes("epcis"),
            communes=members.get(code, ()),
            population=sum(communes[c].population for c in members.get(code, ())),
            area_km2=sum(communes[c].area_km2 for c in members.get(code, ())),
        )
        for row in table.read(folder, "code", "name", "epcis")
    ]
    return _complete(table.name, found, members)


def read_cantons(folder: Path, communes: Mapping[str, Commune]) -> dict[str, Canton]:
    """Return the cantons by code, in French order of their names."""
    members = _grouped((canton, c.code) for c in communes.values() for canton in c.cantons)
    found = []
    for row in tables.CANTONS.read(folder, "code", "name", "shared_communes"):
        code, shared = row.text("code"), row.codes("shared_communes")
        inside = [communes[c] for c in members.get(code, ())]
        found.append(
            Canton(
                code=code,
                name=row.text("name"),
                communes=members.get(code, ()),
                shared_communes=shared,
                population=None if shared else sum(c.population for c in inside),
                area_km2=None if shared else sum(c.area_km2 for c in inside),
            )
        )
    return _complete(tables.CANTONS.name, found, members)


def read_former_communes(
    folder: Path, communes: Mapping[str, Commune]
) -> tuple[FormerCommune, ...]:
    """Return the former communes and former names, in the order of codes."""
    return tuple(
        FormerCommune(
            code=row.text("code"),
            name=row.text("name"),
            current=row.convert("current", _known(communes), "le code d’une commune de 2026"),
            since=row.convert("date", date.fromisoformat, "une date AAAA-MM-JJ"),
            status=row.text("status"),
        )
        for row in tables.FORMER_COMMUNES.read(folder)
    )


def _known(communes: Mapping[str, Commune]) -> Callable[[str], str]:
    def read(code: str) -> str:
        if code not in communes:
            raise ValueError(code)
        return code

    return read


def read_other_names(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the names in common use that are not official, by code of commune."""
    rows = tables.COMMUNE_NAMES.read(folder, "commune", "name")
    return _grouped((row.text("commune"), row.text("name")) for row in rows)


def read_names(folder: Path, table: Table) -> dict[str, str]:
    """Return the names of a small table by code."""
    return {row.text("code"): row.text("name") for row in table.read(folder, "code", "name")}


def read_membership_2024(folder: Path) -> dict[str, str]:
    """Return the EPCI of each of the 890 communes of 2024."""
    rows = tables.MEMBERSHIP_2024.read(folder, "code", "epci")
    return {row.text("code"): row.text("epci") for row in rows}


def _complete(
    file: str, places: list[Named], members: Mapping[str, tuple[str, ...]]
) -> dict[str, Named]:
    """Return the places by code in French order; every place that a commune cites is there."""
    found = _by_code(file, sorted(places, key=lambda place: sort_key(place.name)))
    missing = sorted(set(members) - set(found))
    if missing:
        raise DamagedReferenceError(
            f"Référence, fichier {file} : code « {missing[0]} » absent, "
            f"cité par la commune {members[missing[0]][0]}."
        )
    return found


def _by_code(file: str, places: list[Named]) -> dict[str, Named]:
    found = {place.code: place for place in places}
    if len(found) < len(places):
        twice = sorted(p.code for p in places if found[p.code] is not p)
        raise DamagedReferenceError(f"Référence, fichier {file} : code « {twice[0]} » en double.")
    return found


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}
