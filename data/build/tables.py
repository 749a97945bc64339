"""The tables of the reference: communes, EPCIs, cantons, former communes, membership in 2024."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

import cantons
import packages
import town_halls
from geo.names import with_article

CURRENT = "commune-actuelle"
HISTORY = Path(__file__).with_name("history.csv")
KINDS = {"commune-deleguee": "commune déléguée", "commune-associee": "commune associée"}
SQUARE_METRES = 1_000_000
AREA_DECIMALS = 4


@dataclass(frozen=True)
class Sources:
    """What the tables are made from: the packages, and the typed tables beside the result."""

    packages: Path
    typed: Path

    def typed_table(self, name: str) -> pd.DataFrame:
        """Return a table that was typed by hand, as text."""
        return pd.read_csv(self.typed / name, dtype=str, keep_default_na=False)

    def etalab(self, version: packages.Package, name: str) -> list[dict[str, Any]]:
        """Return one list of the découpage administratif."""
        content: list[dict[str, Any]] = packages.read_json(
            self.packages, version, f"data/{name}.json"
        )
        return content


def in_62(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep what lies in the département."""
    return [row for row in rows if row.get("departement") == "62"]


def epci_rows(sources: Sources) -> list[dict[str, Any]]:
    """Return the EPCIs with at least one commune in the département."""
    rows = sources.etalab(packages.COMMUNES_2026, "epci")
    ours = [e for e in rows if any(m["code"].startswith("62") for m in e["membres"])]
    return sorted(ours, key=lambda e: e["code"])


def names(sources: Sources) -> dict[str, str]:
    """Return the names of all communes and départements by code."""
    lists = [sources.etalab(packages.COMMUNES_2026, name) for name in ("departements", "communes")]
    return {row["code"]: row["nom"] for row in chain(*lists) if row.get("type", CURRENT) == CURRENT}


def epci_of_communes(epcis: list[dict[str, Any]]) -> dict[str, str]:
    """Return the EPCI of each member, inside the département and outside."""
    return {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}


def area_of_epcis(sources: Sources, name: str) -> dict[str, str]:
    """Return the territory or MDS area of each EPCI."""
    table = sources.typed_table(name)
    return {
        epci: row["code"] for _, row in table.iterrows() for epci in row["epcis"].split(";")
    }


def communes_table(sources: Sources, outlines: gpd.GeoDataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the communes of today with their town hall, and the refused points."""
    rows = [c for c in in_62(sources.etalab(packages.COMMUNES_2026, "communes")) if c["type"] == CURRENT]
    epci = epci_of_communes(epci_rows(sources))
    territory = area_of_epcis(sources, "territories.csv")
    mds = area_of_epcis(sources, "mds_areas.csv")
    canton = cantons.communes_of_cantons(cantons.read_cantons(sources.packages), outlines)
    area = (outlines.set_index("code").area / SQUARE_METRES).round(AREA_DECIMALS)
    halls = town_halls.read_town_halls(sources.packages)
    points = town_halls.place(halls, outlines)
    table = pd.DataFrame(
        [
            {
                "code": code,
                "name": row["nom"],
                "epci": epci[code],
                "cantons": ";".join(canton[code]),
                "arrondissement": row["arrondissement"],
                "territory": territory[epci[code]],
                "mds_area": mds[epci[code]],
                "population": row["population"],
                "postcodes": ";".join(sorted(row["codesPostaux"])),
                "area_km2": f"{area[code]:.{AREA_DECIMALS}f}",
                "town_hall_lon": points[code].lon,
                "town_hall_lat": points[code].lat,
                "town_hall_precision": points[code].precision,
                **{f"town_hall_{c}": halls.loc[code, c] for c in town_halls.WORDS},
            }
            for row in sorted(rows, key=lambda c: str(c["code"]))
            for code in [row["code"]]
        ]
    )
    names = dict(zip(table["code"], table["name"], strict=True))
    return table, town_halls.refused_table(points, names)


def epcis_table(sources: Sources, communes: pd.DataFrame, around: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the EPCIs; areas and populations apart for the part inside the département."""
    population = {
        c["code"]: c["population"]
        for c in sources.etalab(packages.COMMUNES_2026, "communes")
        if c["type"] == CURRENT and "population" in c
    }
    names = sources.typed_table("epci_names.csv").query("use == 'affichage'").set_index("epci")
    territory = area_of_epcis(sources, "territories.csv")
    mds = area_of_epcis(sources, "mds_areas.csv")
    inside_km2 = communes.assign(km2=communes["area_km2"].astype(float)).groupby("epci")["km2"].sum()
    outside_km2 = around.set_index("code").area / SQUARE_METRES
    rows = []
    for epci in epci_rows(sources):
        code, members = epci["code"], sorted(m["code"] for m in epci["membres"])
        outside = [m for m in members if not m.startswith("62")]
        inside = [m for m in members if m.startswith("62")]
        area = inside_km2[code]
        full = area + sum(outside_km2[m] for m in outside)
        rows.append(
            {
                "code": code,
                "name": names.loc[code, "name"],
                "official_name": epci["nom"],
                "kind": epci["type"],
                "territory": territory[code],
                "mds_area": mds[code],
                "communes_inside": len(inside),
                "communes_outside": ";".join(outside),
                "population_inside": sum(population[m] for m in inside),
                "population": sum(population[m] for m in members),
                "area_inside_km2": f"{area:.{AREA_DECIMALS}f}",
                "area_km2": f"{full:.{AREA_DECIMALS}f}",
            }
        )
    return pd.DataFrame(rows)


def cantons_table(sources: Sources, communes: pd.DataFrame) -> pd.DataFrame:
    """Return the 39 cantons with the number of their communes, shared ones apart."""
    table = cantons.read_cantons(sources.packages)
    table = table[table["type"] == cantons.WHOLE_CANTON]
    lists = communes["cantons"].str.split(";")
    shared = lists[lists.str.len() > 1]
    rows = []
    for _, row in table.iterrows():
        both = communes.loc[shared.index[shared.map(lambda codes, c=row["code"]: c in codes)], "code"]
        rows.append(
            {
                "code": row["code"],
                "name": with_article(row["nom"], row["type_nom"]),
                "seat": row["central"],
                "shared_communes": ";".join(both),
            }
        )
    return pd.DataFrame(rows)


def arrondissements_table(sources: Sources) -> pd.DataFrame:
    """Return the seven arrondissements."""
    rows = in_62(sources.etalab(packages.COMMUNES_2026, "arrondissements"))
    table = pd.DataFrame(rows)[["code", "nom", "chefLieu"]]
    return table.set_axis(["code", "name", "seat"], axis=1).sort_values("code")


def membership_2024(sources: Sources) -> pd.DataFrame:
    """Return the 890 communes of 2024 with the EPCI that each belonged to."""
    names = {
        c["code"]: c["nom"]
        for c in in_62(sources.etalab(packages.COMMUNES_2024, "communes"))
        if c["type"] == CURRENT
    }
    epci = epci_of_communes(sources.etalab(packages.COMMUNES_2024, "epci"))
    rows = [(code, name, epci[code]) for code, name in sorted(names.items())]
    return pd.DataFrame(rows, columns=["code", "name", "epci"])


def former_table(sources: Sources) -> pd.DataFrame:
    """Return the former communes and former names, with their date and today's code.

    Dates and names come from the typed history; the packages say which codes there are and
    whether a commune is still délégué or associé, and the two must agree.
    """
    rows = in_62(sources.etalab(packages.COMMUNES_2026, "communes"))
    current = {c["code"]: c for c in rows if c["type"] == CURRENT}
    absorbed = {old: code for code, c in current.items() for old in c.get("anciensCodes", [])}
    status = {(c["code"], c["nom"]): KINDS[c["type"]] for c in rows if c["type"] in KINDS}
    history = pd.read_csv(HISTORY, dtype=str)
    typed = dict(zip(history["code"], history["current"], strict=True))
    typed = {old: code for old, code in typed.items() if old != code}
    unknown = [key for key in status if key not in set(zip(history["code"], history["name"]))]
    if typed != absorbed or unknown:
        raise packages.PackageError(
            f"history.csv and the package disagree: {set(typed.items()) ^ set(absorbed.items())}, "
            f"{unknown}"
        )
    return history.assign(
        status=[
            status.get((row.code, row.name), "ancien nom" if row.code == row.current else "absorbée")
            for row in history.itertuples(index=False)
        ]
    )


def describe_neighbours(sources: Sources, around: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add name, EPCI and population to the outlines of the communes around."""
    communes = {
        c["code"]: c
        for c in sources.etalab(packages.COMMUNES_2026, "communes")
        if c["type"] == CURRENT
    }
    epci = epci_of_communes(sources.etalab(packages.COMMUNES_2026, "epci"))
    codes = around["code"]
    return around.assign(
        name=[communes[code]["nom"] for code in codes],
        epci=[epci.get(code, "") for code in codes],
        population=[communes[code].get("population", 0) for code in codes],
    )[["code", "name", "epci", "population", "geometry"]]
