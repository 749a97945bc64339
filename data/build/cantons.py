"""Cantons, and which communes lie in which.

The package draws a canton without the communes that several cantons share (Arras,
Boulogne-sur-Mer, Calais, Hénin-Beaumont): where these are cut is not in it. They are listed under
each of their cantons, and nothing is invented.
"""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

import packages
from geo.crs import EXCHANGE, MEASURE

WHOLE_CANTON = "C"
SHARED_COMMUNE = "V"


def read_cantons(folder: Path) -> pd.DataFrame:
    """Return the package's rows for the département, with the code of the central commune."""
    codes = packages.read_table(folder, "communes").set_index("id")["code"]
    table = packages.read_table(folder, "cantons")
    table = table[table["code"].str.match(r"62\d\d$")].sort_values("code", ignore_index=True)
    return table.assign(central=table["bureau_centralisateur_id"].map(codes))


def communes_of_cantons(table: pd.DataFrame, communes: gpd.GeoDataFrame) -> dict[str, list[str]]:
    """Return the cantons of each commune: one, or several for a shared commune."""
    cantons = table[table["type"] == WHOLE_CANTON]
    shared = table.loc[table["type"] == SHARED_COMMUNE, "central"]
    found = {code: cantons.loc[cantons["central"] == code, "code"].to_list() for code in shared}
    drawn = cantons[cantons["geometry"].notna()]
    shapes = shapely.from_wkb([bytes.fromhex(text) for text in drawn["geometry"]])
    outlines = gpd.GeoDataFrame({"canton": drawn["code"].to_list()}, geometry=shapes, crs=EXCHANGE)
    points = communes.set_geometry(communes.representative_point())
    joined = points.sjoin(outlines.to_crs(MEASURE), predicate="within")
    whole = joined[~joined["code"].isin(shared)]
    found |= {code: [canton] for code, canton in zip(whole["code"], whole["canton"], strict=True)}
    if set(found) != set(communes["code"]):
        missing = sorted(set(communes["code"]) - set(found))
        raise packages.PackageError(f"communes without canton: {missing}")
    return found
