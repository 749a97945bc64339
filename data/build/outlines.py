"""Outlines of communes and of the land around them, repaired and cleaned into one coverage."""

import json
import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

import packages
from geo.crs import EXCHANGE, MEASURE

GRID_METRES = 0.01
NEIGHBOUR_DISTANCE = 40_000
FRAME_DISTANCE = 150_000
BORDER_STRIP = 6_000
SMALLEST_FOREIGN_PART = 1_000_000
MERGED = "62447"
DEPARTEMENT = "62"
AROUND = ("59", "80")
COUNTRIES = {"056": "BE", "826": "GB", "528": "NL"}
REST_OF_FRANCE = "FR"
FAR_NAMES = {"FR": "France", "BE": "Belgique", "GB": "Royaume-Uni", "NL": "Pays-Bas"}
FRANCE = "250"


def read_communes(folder: Path) -> gpd.GeoDataFrame:
    """Return the outlines of all communes of metropolitan France near the frame, EPSG:2154.

    Columns ``code`` and ``geometry``; overlaps cleaned, the missing land of merged communes given
    back, coordinates on a grid of a centimetre.
    """
    table = packages.read_table(folder, "communes")
    table = table[(table["type"] == "COM") & table["geometry"].notna()]
    shapes = shapely.from_wkb([bytes.fromhex(text) for text in table["geometry"]])
    everything = gpd.GeoDataFrame(
        {"code": table["code"].to_numpy()}, geometry=shapes, crs=EXCHANGE
    ).sort_values("code", ignore_index=True)
    in_metropole = everything[~everything["code"].str.startswith("97")].to_crs(MEASURE)
    ours = in_metropole["code"].str.startswith(DEPARTEMENT)
    near = frame_around(in_metropole[ours])
    communes = in_metropole[in_metropole.intersects(near)].reset_index(drop=True)
    communes.geometry = shapely.coverage_clean(communes.geometry.values, gap_width=1)
    communes.geometry = fill_merged(communes)
    communes.geometry = shapely.set_precision(communes.geometry.values, GRID_METRES)
    return communes


def fill_merged(communes: gpd.GeoDataFrame) -> np.ndarray:
    """Give Hesdin-la-Forêt the land of the communes that joined it.

    The package has only the former Hesdin; the rest is a hole whose edge is exactly the edge of
    its neighbours, so that the hole itself is the missing outline.
    """
    shapes = communes.geometry.to_numpy().copy()
    (index,) = np.flatnonzero(communes["code"] == MERGED)
    others = shapely.coverage_union_all(np.delete(shapes, index))
    point = shapes[index].representative_point()
    holes = [
        shapely.Polygon(ring)
        for part in shapely.get_parts(others)
        for ring in part.interiors
        if shapely.Polygon(ring).contains(point)
    ]
    (shapes[index],) = holes
    return shapes


def frame_around(ours: gpd.GeoDataFrame) -> shapely.Polygon:
    """Return the rectangle that the pale land fills: the département and a wide margin."""
    west, south, east, north = ours.total_bounds
    d = FRAME_DISTANCE
    return shapely.box(west - d, south - d, east + d, north + d)


def pick_neighbours(communes: gpd.GeoDataFrame, beyond: set[str]) -> gpd.GeoDataFrame:
    """Return the communes of the Nord and the Somme near the border, and those ``beyond``."""
    home = communes["code"].str[:2]
    ours = shapely.coverage_union_all(communes.geometry[home == DEPARTEMENT].values)
    near = communes.distance(ours) <= NEIGHBOUR_DISTANCE
    chosen = (near & home.isin(AROUND)) | communes["code"].isin(beyond)
    return communes[chosen].sort_values("code", ignore_index=True)


def make_land(
    communes: gpd.GeoDataFrame, beyond: set[str], names: dict[str, str], folder: Path
) -> gpd.GeoDataFrame:
    """Return the land around: Nord, Somme, the rest of France, Belgium, England, Netherlands.

    Columns ``code`` (of the département or country), ``name``, ``geometry`` (EPSG:2154), clipped
    to the frame. Edges with our communes are exactly theirs. The communes ``beyond`` the border
    whose EPCI has communes on our side are rows of their own.
    """
    home = communes["code"].str[:2]
    label = home.where(home.isin([DEPARTEMENT, *AROUND]), REST_OF_FRANCE)
    label = label.where(~communes["code"].isin(beyond), communes["code"])
    ours = communes[label == DEPARTEMENT]
    frame = frame_around(ours)
    groups = communes[label != DEPARTEMENT].groupby(label)
    french = {code: shapely.coverage_union_all(g.geometry.values) for code, g in groups}
    french = fill_holes(french, ours)
    france = shapely.union_all([*french.values(), *ours.geometry])
    parts = french | foreign_land(folder, france, frame)
    land = gpd.GeoDataFrame(
        {"code": list(parts), "name": [(names | FAR_NAMES)[code] for code in parts]},
        geometry=[shapely.intersection(shape, frame) for shape in parts.values()],
        crs=MEASURE,
    )
    return join_to_communes(land, ours)


def join_to_communes(land: gpd.GeoDataFrame, ours: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Clean land and communes as one coverage, then give back the land."""
    together = [*ours.geometry, *land.geometry]
    cleaned = shapely.coverage_clean(together)
    cleaned = shapely.set_precision(cleaned, GRID_METRES)
    return land.set_geometry(
        gpd.GeoSeries(cleaned[len(ours) :], index=land.index, crs=MEASURE)
    ).sort_values("code", ignore_index=True)


def fill_holes(
    french: dict[str, shapely.Geometry], ours: gpd.GeoDataFrame
) -> dict[str, shapely.Geometry]:
    """Fill the holes that merged communes leave in the other départements of the package."""
    everything = shapely.union_all([*french.values(), *ours.geometry])
    rings = [ring for part in shapely.get_parts(everything) for ring in part.interiors]
    filled = dict(french)
    for hole in map(shapely.Polygon, rings):
        shared = {c: s.boundary.intersection(hole.boundary).length for c, s in french.items()}
        owner = max(shared, key=lambda code: shared[code])
        filled[owner] = shapely.union(filled[owner], hole)
    return filled


def foreign_land(
    folder: Path, france: shapely.Geometry, frame: shapely.Polygon
) -> dict[str, shapely.Geometry]:
    """Return the countries around, from Natural Earth, fitted to the French border.

    Natural Earth's border runs up to a few hundred metres beside that of the communes: Belgium
    is widened over its land border, then France is cut out of it.
    """
    world = read_countries(folder, frame)
    strip = shapely.intersection(world["056"].buffer(BORDER_STRIP), world.union_all())
    widened = world.drop(FRANCE)
    widened["056"] = shapely.union(widened["056"], strip)
    found: dict[str, shapely.Geometry] = {}
    for number in sorted(COUNTRIES, reverse=True):
        taken = shapely.union_all([france, *found.values()])
        parts = shapely.get_parts(shapely.difference(widened[number], taken))
        parts = parts[shapely.area(parts) > SMALLEST_FOREIGN_PART]
        found[COUNTRIES[number]] = shapely.multipolygons(parts)
    return found


def read_countries(folder: Path, frame: shapely.Polygon) -> gpd.GeoSeries:
    """Return France and the countries around, clipped near the frame, EPSG:2154."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(packages.read_json(folder, packages.WORLD, "countries-10m.json"), file)
        file.flush()
        world = gpd.read_file(file.name, layer="countries").set_index("id")
    world = world.loc[[*COUNTRIES, FRANCE]]
    around = gpd.GeoSeries([frame.buffer(50_000)], crs=MEASURE).to_crs(EXCHANGE).total_bounds
    clipped = shapely.intersection(shapely.make_valid(world.geometry.values), shapely.box(*around))
    return gpd.GeoSeries(clipped, index=world.index, crs=EXCHANGE).to_crs(MEASURE)
