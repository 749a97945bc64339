"""Ways and publics worked out again from the raw tables, with nothing of the program.

Pandas, pyproj and shapely alone, place after place, as one would on paper.
`python -m tests.layers.gaps.by_hand` writes `tests/fixtures/gaps/` anew; `test_by_hand.py` holds
these files against the tables, and the program against the files.
"""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet
import pyproj
import shapely

DATA = Path(__file__).parents[3] / "data"
FIXTURES = Path(__file__).parents[2] / "fixtures" / "gaps"

COMMUNES = (
    "62193",
    "62041",
    "62498",
    "62160",
    "62765",
    "62560",
    "62032",
    "62181",
    "62005",
    "62826",
)
"""Calais, Arras, Lens, Boulogne-sur-Mer, Saint-Omer, Marquise, Angres, Bucquoy, Achiet-le-Grand
and Le Touquet: towns with many quartiers and one, villages with a station and without, the sea."""
QUARTIERS = ("QN06201M", "QN06202M", "QN06205M", "QN06254M", "QN06261M")
"""In Marquise and in Angres, alone there; in three communes; two of those of Calais and Arras."""
BEYOND_MINUTES = 4
ROOM_MINUTES = (5, 10, 15)
ROOM_WEIGHTS = (1, 0.68, 0.22)

# Inhabitants per km² from which a place is driven in like this: detours over the straight line
# (short, usual, long), speeds in km/h (slow, usual, fast).
RURAL = ((1.15, 1.25, 1.4), (45, 55, 65))
BETWEEN = ((1.2, 1.3, 1.4), (35, 42, 50))
DENSE = ((1.2, 1.3, 1.4), (23, 28, 35))
ROAD = ((1.15, 1.2, 1.3), (55, 65, 80))
NEAR_KM = 8  # 4 km at each end
FAST, USUAL, SLOW = range(3)

to_metres = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:2154", always_xy=True).transform


def minutes_per_km(density, trip):
    """Return the pace of a place for a straight kilometre."""
    detours, speeds = RURAL if density < 300 else BETWEEN if density < 1500 else DENSE
    return detours[trip] / speeds[2 - trip if trip != USUAL else 1] * 60


def way(km, density, other_density, trip=USUAL):
    """Return the minutes of a way of so many straight kilometres."""
    ends = minutes_per_km(density, trip), minutes_per_km(other_density, trip)
    road = ROAD[0][trip] / ROAD[1][2 - trip] * 60
    return min(km, NEAR_KM) * sum(ends) / 2 + max(km - NEAR_KM, 0) * min(road, *ends)


def road_km(km, density, other_density):
    """Return the kilometres by road of so many straight ones."""
    detours = [
        (RURAL if one < 300 else BETWEEN if one < 1500 else DENSE)[0][1]
        for one in (density, other_density)
    ]
    return min(km, NEAR_KM) * sum(detours) / 2 + max(km - NEAR_KM, 0) * min(ROAD[0][1], *detours)


def mean_km(outline, x, y):
    """Return the mean distance from a point to an area, over a fine grid of it."""
    west, south, east, north = outline.bounds
    step = math.sqrt(outline.area / 4000)
    xs = np.arange(west + step / 2, east, step)
    ys = np.arange(south + step / 2, north, step)
    grid = np.array(np.meshgrid(xs, ys)).reshape(2, -1)
    inside = grid[:, shapely.contains_xy(outline, *grid)]
    return float(np.hypot(inside[0] - x, inside[1] - y).mean()) / 1000


def whole_people(weights, total):
    """Share people out so that each is whole: the largest remainders get what is left."""
    exact = [weight / sum(weights) * total for weight in weights]
    people = [math.floor(one) for one in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (people[i] - exact[i], i))
    for i in by_remainder[: total - sum(people)]:
        people[i] += 1
    return people


def read(path, **types):
    return pd.read_csv(DATA / path, dtype={"code": str, "commune_code": str, **types})


def places(path, kinds=()):
    """Return the sites of a table: x, y, name, density of their commune, and pupils."""
    rows = read(path)
    if kinds:
        column = "sector" if "sector" in rows else "kind"
        rows = rows[rows[column].isin(kinds)]
    communes = read("communes/communes.csv").set_index("code")
    density = communes["population"] / communes["area_km2"]
    x, y = to_metres(rows["longitude"].to_numpy(), rows["latitude"].to_numpy())
    pupils = rows.get("pupils", 1.0)
    return rows.assign(x=x, y=y, density=density.loc[rows["commune_code"]].to_numpy(), room=pupils)


def quartiers_by_commune(outlines):
    """Return for each commune: code of the quartier, its part there, its people there."""
    listed = read("districts/priority_districts.csv").set_index("code")
    people = read("districts/population.csv").set_index("code")["population"]
    features = pd.read_json(DATA / "districts/outlines.geojson")["features"]
    found = {}
    for one in features:
        code = one["properties"]["code"]
        degrees = shapely.geometry.shape(one["geometry"])
        metres = shapely.transform(degrees, lambda xy: np.column_stack(to_metres(*xy.T)))
        communes = listed.loc[code, "commune_codes"].split(";")
        parts = [metres]
        if len(communes) > 1:
            parts = [metres.intersection(outlines[commune]) for commune in communes]
        total = sum(part.area for part in parts)
        for commune, part in zip(communes, parts, strict=True):
            if part.area:
                own = people[code] * part.area / total
                found.setdefault(commune, []).append((code, part, own))
    return found


def homes(chosen=None):
    """Return where people live, a row a home, of all communes or of some."""
    table = pyarrow.parquet.read_table(DATA / "communes/communes.parquet")
    shapes = shapely.from_wkb(table["geometry"].to_numpy())
    outlines = dict(zip(table["code"].to_pylist(), shapes, strict=True))
    quartiers = quartiers_by_commune(outlines)
    rows = []
    for commune in read("communes/communes.csv").itertuples():
        if chosen is None or commune.code in chosen:
            rows += homes_of(commune, outlines[commune.code], quartiers.get(commune.code, []))
    return pd.DataFrame(rows)


def homes_of(commune, outline, quartiers):
    """Return the homes of a commune: its quartiers, then a village or the squares of a town."""
    hall = to_metres(commune.town_hall_lon, commune.town_hall_lat)
    known = sum(own for _, _, own in quartiers)
    rest = [(None, None, 0.0)]
    if commune.population >= 2000:
        left = outline.difference(shapely.union_all([part for _, part, _ in quartiers]))
        west, south, east, north = (math.floor(edge / 1000) for edge in left.bounds)
        squares = [
            left.intersection(shapely.box(1000 * i, 1000 * j, 1000 * i + 1000, 1000 * j + 1000))
            for i in range(west, east + 1)
            for j in range(south, north + 1)
        ]
        rest = [(None, square, 0.0) for square in squares if square.area >= 250_000]
    inside = min(known, commune.population)
    weights = [own / known * inside for _, _, own in quartiers]
    areas = [1.0 if square is None else square.area for _, square, _ in rest]
    weights += [(commune.population - inside) * area / sum(areas) for area in areas]
    found = []
    people = whole_people(weights, commune.population)
    for (code, shape, own), number in zip(quartiers + rest, people, strict=True):
        x, y = hall if shape is None else (shape.centroid.x, shape.centroid.y)
        found.append(
            {
                "commune": commune.code,
                "quartier": code,
                "x": x,
                "y": y,
                "density": commune.population / commune.area_km2,
                "inner_km": mean_km(outline if shape is None else shape, x, y),
                "people": number,
                "share": number / commune.population if commune.population else 1,
                "qpv": own,
            }
        )
    return found


def ways(homes, sites, measure=way):
    """Return the way from each home to each site, the last kilometres at home counted."""
    km = np.hypot(
        homes["x"].to_numpy()[:, None] - sites["x"].to_numpy(),
        homes["y"].to_numpy()[:, None] - sites["y"].to_numpy(),
    ) / 1000  # fmt: skip
    km = np.maximum(km, homes["inner_km"].to_numpy()[:, None])
    pairs = np.ndindex(km.shape)
    densities = homes["density"].to_numpy(), sites["density"].to_numpy()
    found = [measure(km[i, j], densities[0][i], densities[1][j]) for i, j in pairs]
    return np.array(found).reshape(km.shape)


def least(minutes, rank=1):
    """Return the way of each home to its nearest site, or to the next one."""
    return np.sort(minutes, axis=1)[:, rank - 1]


def gap_figures(homes, weight, stations, lycees):
    """Return the ways of some homes, each weighing as much as people live there."""
    share = homes[weight].to_numpy() / homes[weight].sum()
    usual = ways(homes, stations)
    nearest = usual.argmin(axis=1)
    held = [share[nearest == site].sum() for site in range(len(stations))]
    closed = int(np.argmax(held))
    fast, slow = (
        least(ways(homes, stations, lambda *at, trip=trip: way(*at, trip))) for trip in (FAST, SLOW)
    )
    both = np.maximum(least(usual), least(ways(homes, lycees)))
    return {
        "station": stations["name"].iloc[closed],
        "station_minutes": least(usual) @ share,
        "station_minutes_fast": fast @ share,
        "station_minutes_slow": slow @ share,
        "second_station_minutes": least(usual, 2) @ share,
        "station_closed_minutes": least(np.delete(usual, closed, axis=1)) @ share,
        "lycee_km": least(ways(homes, lycees, road_km)) @ share,
        "station_and_lycee_minutes": both @ share,
        "far": homes[least(usual) > BEYOND_MINUTES],
    }


def publics_of(code, homes):
    """Return how many of each public live in some of the homes of a commune."""
    ages = read("population/ages.csv").set_index("commune_code").loc[code]
    cars = read("population/cars.csv").set_index("commune_code").loc[code]
    return {
        "people": homes["people"].sum(),
        "from_75": (ages["age_75_89"] + ages["age_90_plus"]) * homes["share"].sum(),
        "without_car": (cars["households"] - cars["with_car"]) * homes["share"].sum(),
        "qpv": homes["qpv"].sum(),
    }


def college_places(homes, colleges):
    """Return the places of collèges that fall to the children of each commune (E2SFCA)."""
    children = read("population/ages.csv").set_index("commune_code")["age_0_14"]
    children = children.loc[homes["commune"]].to_numpy() * homes["share"].to_numpy()
    minutes = ways(homes, colleges)
    weights = np.zeros(minutes.shape)
    for end, weight in reversed(list(zip(ROOM_MINUTES, ROOM_WEIGHTS, strict=True))):
        weights[minutes <= end] = weight
    shared = children @ weights
    room = colleges["room"].to_numpy()
    for_each = np.divide(room, shared, out=np.zeros(len(room)), where=shared > 0)
    return (pd.Series(weights @ for_each * children).groupby(homes["commune"]).sum()).to_dict()


def commune_rows(everywhere):
    """Return a row a commune of :data:`COMMUNES`."""
    stations, lycees = places("services/stations.csv"), places("services/lycees.csv")
    for code in COMMUNES:
        own = everywhere[everywhere["commune"] == code]
        figures = gap_figures(own, "people", stations, lycees)
        far = publics_of(code, figures.pop("far"))
        yield {"code": code, **figures, **{f"{one}_beyond": count for one, count in far.items()}}


def quartier_rows(everywhere):
    """Return a row a quartier of :data:`QUARTIERS`."""
    stations, lycees = places("services/stations.csv"), places("services/lycees.csv")
    for code in QUARTIERS:
        own = everywhere[everywhere["quartier"] == code]
        figures = gap_figures(own, "qpv", stations, lycees)
        far = figures.pop("far")["qpv"].sum()
        yield {"code": code, **figures, "people": own["qpv"].sum(), "people_beyond": far}


def main():
    """Write the files of the fixtures anew."""
    everywhere = homes()
    room = college_places(everywhere, places("colleges/colleges.csv", ("public",)))
    communes = pd.DataFrame(commune_rows(everywhere))
    communes["college_places"] = communes["code"].map(room)
    communes.round(3).to_csv(FIXTURES / "communes.csv", index=False)
    quartiers = pd.DataFrame(quartier_rows(everywhere))
    quartiers.round(3).to_csv(FIXTURES / "quartiers.csv", index=False)


if __name__ == "__main__":
    main()
