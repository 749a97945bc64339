"""The tables of the reference: communes, EPCIs, cantons, former communes, membership in 2024."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

import cantons
import packages
import town_halls
from geo.names import with_article
from geo.reference import tables as reference_tables
from sources import CURRENT, Sources, epci_of_communes, members_of

HISTORY = Path(__file__).with_name(reference_tables.HISTORY.name)
KINDS = {"commune-deleguee": "commune déléguée", "commune-associee": "commune associée"}
SQUARE_METRES = 1_000_000
AREA_DECIMALS = 4


def communes_table(sources: Sources, outlines: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the communes of today, without their town halls."""
    rows = pd.DataFrame([sources.communes[code] for code in outlines["code"]])
    epci = rows["code"].map(epci_of_communes(sources.epcis))
    canton = cantons.communes_of_cantons(cantons.read_cantons(sources.packages), outlines)
    return pd.DataFrame(
        {
            "code": rows["code"],
            "name": rows["nom"],
            "epci": epci,
            "cantons": rows["code"].map(canton).str.join(";"),
            "arrondissement": rows["arrondissement"],
            "territory": epci.map(sources.area_of_epcis("territories.csv")),
            "mds_area": epci.map(sources.area_of_epcis("mds_areas.csv")),
            "population": rows["population"].astype(int),
            "postcodes": rows["codesPostaux"].map(sorted).str.join(";"),
            "area_km2": square_kilometres(outlines).to_numpy(),
        }
    )


def square_kilometres(outlines: gpd.GeoDataFrame) -> pd.Series:
    """Return areas in km², EPSG:2154, by code."""
    return (outlines.set_index("code").area / SQUARE_METRES).round(AREA_DECIMALS)


def with_town_halls(
    communes: pd.DataFrame, halls: pd.DataFrame, points: dict[str, town_halls.Point]
) -> pd.DataFrame:
    """Return the communes with the point and the words of their town hall."""
    placed = [points[code] for code in communes["code"]]
    words = halls.loc[communes["code"], list(town_halls.WORDS)].add_prefix("town_hall_")
    return pd.concat(
        [
            communes.assign(
                town_hall_lon=[point.lon for point in placed],
                town_hall_lat=[point.lat for point in placed],
                town_hall_precision=[point.precision for point in placed],
            ),
            words.reset_index(drop=True),
        ],
        axis=1,
    )


def epcis_table(sources: Sources, outlines: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the EPCIs; areas and populations apart for the part inside the département."""
    shown = sources.typed_table("epci_names.csv").query("use == 'affichage'")
    names = dict(zip(shown["epci"], shown["name"], strict=True))
    territory = sources.area_of_epcis("territories.csv")
    mds = sources.area_of_epcis("mds_areas.csv")
    area = square_kilometres(outlines)

    def people(codes: list[str]) -> int:
        return sum(sources.communes[code]["population"] for code in codes)

    def extent(codes: list[str]) -> float:
        return round(float(area[codes].sum()), AREA_DECIMALS)

    rows = []
    for epci in sources.epcis:
        inside, outside = members_of(epci)
        rows.append(
            {
                "code": epci["code"],
                "name": names[epci["code"]],
                "official_name": epci["nom"],
                "kind": epci["type"],
                "territory": territory[epci["code"]],
                "mds_area": mds[epci["code"]],
                "communes_inside": len(inside),
                "communes_outside": ";".join(outside),
                "population_inside": people(inside),
                "population": people(inside + outside),
                "area_inside_km2": extent(inside),
                "area_km2": extent(inside + outside),
            }
        )
    return pd.DataFrame(rows)


def cantons_table(sources: Sources, communes: pd.DataFrame) -> pd.DataFrame:
    """Return the 39 cantons with the communes that belong to them in part."""
    table = cantons.read_cantons(sources.packages)
    table = table[table["type"] == cantons.WHOLE_CANTON]
    lists = dict(zip(communes["code"], communes["cantons"].str.split(";"), strict=True))
    shared = {code: codes for code, codes in lists.items() if len(codes) > 1}
    names = zip(table["nom"], table["type_nom"], strict=True)
    return pd.DataFrame(
        {
            "code": table["code"],
            "name": [with_article(name, tncc) for name, tncc in names],
            "seat": table["central"],
            "shared_communes": [
                ";".join(commune for commune, codes in shared.items() if canton in codes)
                for canton in table["code"]
            ],
        }
    )


def arrondissements_table(sources: Sources) -> pd.DataFrame:
    """Return the seven arrondissements."""
    rows = pd.DataFrame(sources.etalab(packages.COMMUNES_2026, "arrondissements"))
    ours = rows.loc[rows["departement"] == "62", ["code", "nom", "chefLieu"]]
    return ours.set_axis(["code", "name", "seat"], axis=1).sort_values("code")


def membership_2024(sources: Sources) -> pd.DataFrame:
    """Return the 890 communes of 2024 with the EPCI that each belonged to."""
    rows = pd.DataFrame(sources.etalab(packages.COMMUNES_2024, "communes"))
    ours = rows[(rows["departement"] == "62") & (rows["type"] == CURRENT)]
    epci = epci_of_communes(sources.etalab(packages.COMMUNES_2024, "epci"))
    table = pd.DataFrame(
        {"code": ours["code"], "name": ours["nom"], "epci": ours["code"].map(epci)}
    )
    return table.sort_values("code")


def former_table(sources: Sources) -> pd.DataFrame:
    """Return the former communes and former names, with their date and today's code.

    Dates and names come from the typed history; the packages say which codes there are and
    whether a commune is still délégué or associé, and the two must agree.
    """
    history = pd.read_csv(HISTORY, dtype=str)
    ours = [row for row in sources.all_communes if row.get("departement") == "62"]
    absorbed = {(old, c["code"]) for c in ours for old in c.get("anciensCodes", [])}
    status = {(c["code"], c["nom"]): KINDS[c["type"]] for c in ours if c["type"] in KINDS}
    moved = history[history["code"] != history["current"]]
    typed = set(zip(moved["code"], moved["current"], strict=True))
    named = set(zip(history["code"], history["name"], strict=True))
    if typed != absorbed or not named >= set(status):
        raise packages.PackageError(
            f"history.csv and the package disagree: {typed ^ absorbed}, {set(status) - named}"
        )
    return history.assign(
        status=[
            status.get((row.code, row.name)) or UNLESS_KNOWN[row.code == row.current]
            for row in history.itertuples(index=False)
        ]
    )


UNLESS_KNOWN = {True: "ancien nom", False: "absorbée"}
"""Status of a row that the packages do not name, by whether its code is still in use."""


def neighbours_table(sources: Sources, around: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add name, EPCI and population to the outlines of the communes around."""
    epci = epci_of_communes(sources.etalab(packages.COMMUNES_2026, "epci"))
    codes = around["code"]
    return around.assign(
        name=[sources.communes[code]["nom"] for code in codes],
        epci=[epci.get(code, "") for code in codes],
        population=[sources.communes[code]["population"] for code in codes],
    )[["code", "name", "epci", "population", "geometry"]]
