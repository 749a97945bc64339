"""An extract of OpenStreetMap as it could be: written here, by pyosmium, over the real communes."""

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from scipy.spatial import Delaunay

from geo.crs import EXCHANGE, MEASURE

TO_DEGREES = Transformer.from_crs(MEASURE, EXCHANGE, always_xy=True).transform
DAY = "2026-11-20T21:21:00Z"
MOTORWAYS = {
    "A 26;E 15": ("Calais", "Audruicq", "Saint-Omer", "Lillers", "Béthune", "Arras", "Bapaume"),
    "A 16": ("Calais", "Marquise", "Boulogne-sur-Mer", "Étaples", "Berck"),
    "A 1": ("Hénin-Beaumont", "Fresnes-lès-Montauban", "Bapaume"),
    "A 21": ("Bully-les-Mines", "Lens", "Hénin-Beaumont", "Courcelles-lès-Lens"),
}
TRUNKS = {
    "N 17": ("Lens", "Arras"),
    "N 42": ("Boulogne-sur-Mer", "Lumbres", "Saint-Omer"),
    "D 939": ("Arras", "Saint-Pol-sur-Ternoise", "Hesdin-la-Forêt", "Montreuil", "Étaples"),
}
RIVERS = {
    "La Canche": ("Magnicourt-sur-Canche", "Frévent", "Hesdin-la-Forêt", "Montreuil", "Étaples"),
    "L'Authie": ("Pas-en-Artois", "Auxi-le-Château", "Nempont-Saint-Firmin", "Berck"),
    "La Scarpe": ("Tincques", "Aubigny-en-Artois", "Arras", "Fampoux", "Vitry-en-Artois"),
    "L'Aa": ("Bourthes", "Fauquembergues", "Lumbres", "Saint-Omer"),
    "La Lys": ("Fruges", "Aire-sur-la-Lys", "Saint-Venant"),
    "La Liane": ("Desvres", "Samer", "Boulogne-sur-Mer"),
    "La Ternoise": ("Saint-Pol-sur-Ternoise", "Anvin", "Hesdin-la-Forêt"),
}
CANALS = {
    "Canal d'Aire": ("Aire-sur-la-Lys", "Béthune", "Bauvin", "Courrières"),
    "Canal de Calais": ("Calais", "Guînes", "Audruicq"),
}
RAILS = (
    ("Calais", "Audruicq", "Saint-Omer", "Hazebrouck", "Isbergues", "Béthune", "Lens", "Arras"),
    ("Calais", "Marquise", "Boulogne-sur-Mer", "Étaples", "Rang-du-Fliers"),
    ("Étaples", "Montreuil", "Hesdin-la-Forêt", "Saint-Pol-sur-Ternoise", "Béthune"),
    ("Arras", "Bapaume"),
)
STEP_M = 150.0


class Extract:
    """What is written: nodes are numbered as they come, ways in degrees."""

    def __init__(self):
        self.nodes, self.ways, self.relations = [], [], []

    def way(self, xy, tags):
        """Add a way of points in metres; the first again at its end where it is closed."""
        first = len(self.nodes) + 1
        self.nodes += np.column_stack(TO_DEGREES(*np.asarray(xy, dtype=float).T)).tolist()
        ids = [*range(first, len(self.nodes) + 1)]
        if np.allclose(xy[0], xy[-1]):
            ids[-1] = ids[0]
        self.ways.append((ids, tags))
        return len(self.ways)

    def write(self, path, day=DAY):
        osmium = pytest.importorskip("osmium", reason="pyosmium absent")
        header = osmium.io.Header()
        if day:
            header.set("osmosis_replication_timestamp", day)
        with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
            for number, place in enumerate(self.nodes, 1):
                writer.add_node(osmium.osm.mutable.Node(id=number, location=tuple(place)))
            for number, (ids, tags) in enumerate(self.ways, 1):
                writer.add_way(osmium.osm.mutable.Way(id=number, nodes=ids, tags=tags))
            for number, (members, tags) in enumerate(self.relations, 1):
                one = osmium.osm.mutable.Relation(id=number, members=members, tags=tags)
                writer.add_relation(one)
        return path


def whole_departement(reference):
    """Return an extract of the département: what stands above, D roads, and blobs at town halls."""
    rng = np.random.default_rng(62)
    halls = halls_of(reference)
    extract = Extract()
    for refs, kind in ((MOTORWAYS, "motorway"), (TRUNKS, "trunk")):
        for ref, towns in refs.items():
            for side in (-15.0, 15.0) if kind == "motorway" else (0.0,):
                line = wind(through(towns, halls), rng, 900.0) + side
                extract.way(line, {"highway": kind, "ref": ref, "name": "Autoroute"})
    for names, kind in ((RIVERS, "river"), (CANALS, "canal")):
        for name, towns in names.items():
            bends = 1800.0 if kind == "river" else 300.0
            line = wind(through(towns, halls), rng, bends)
            for part in np.array_split(np.arange(len(line)), 4):
                end = min(part[-1] + 2, len(line))
                extract.way(line[part[0] : end], {"waterway": kind, "name": name})
    for towns in RAILS:
        extract.way(wind(through(towns, halls), rng, 600.0) + 200.0, {"railway": "rail"})
    add_roads(extract, reference, halls, rng)
    add_built(extract, reference, rng)
    return extract


def halls_of(reference):
    """Return the town halls by name, metres."""
    to_metres = Transformer.from_crs(EXCHANGE, MEASURE, always_xy=True).transform
    places = [one for one in reference.communes.values() if one.town_hall]
    points = to_metres(*zip(*((p.town_hall.lon, p.town_hall.lat) for p in places), strict=True))
    return dict(zip((p.name for p in places), np.column_stack(points), strict=True))


def through(towns, halls):
    return np.array([halls[name] for name in towns if name in halls])


def wind(points, rng, bends):
    """Return a line through points with a vertex each 150 m, which strays as far as ``bends``."""
    line = shapely.LineString(points)
    along = np.arange(0, line.length, STEP_M)
    xy = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
    stray = np.zeros_like(xy)
    for waves in (3, 11, 37):
        phase, size = rng.uniform(0, 6, 2), rng.uniform(0.2, 0.6, 2) * bends / waves**0.7
        stray += np.sin(along[:, None] / line.length * waves * 6 + phase) * size
    return np.vstack([xy + stray, points[-1]])


def add_roads(extract, reference, halls, rng):
    """Join the towns as their triangles do: primary the large ones, secondary the others."""
    people = {one.name: one.population or 0 for one in reference.communes.values()}
    for kind, least, longest, first in (
        ("primary", 4_000, 25_000, 900),
        ("secondary", 700, 9_500, 100),
    ):
        names = [name for name in halls if people[name] >= least]
        xy = np.array([halls[name] for name in names])
        edges = {
            tuple(sorted((int(a), int(b))))
            for corners in Delaunay(xy).simplices
            for a, b in zip(corners, np.roll(corners, 1), strict=True)
        }
        for number, (a, b) in enumerate(sorted(edges)):
            if np.linalg.norm(xy[a] - xy[b]) < longest:
                line = wind(xy[[a, b]], rng, 250.0)
                ref = f"D {first + number % 90}"
                half = len(line) // 2
                extract.way(line[: half + 1], {"highway": kind, "ref": ref})
                extract.way(line[half:], {"highway": kind, "ref": ref})


def add_built(extract, reference, rng):
    """Put a blob of dwellings at each town hall, as large as its people need, with streets out."""
    halls = halls_of(reference)
    for one in reference.communes.values():
        if one.name not in halls:
            continue
        radius = 14.0 * np.sqrt(max(one.population or 0, 60) / 3)
        for shift in (0.0, 1.3):
            angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
            ripple = 1 + 0.35 * np.sin(angles * 3 + rng.uniform(0, 6))
            ripple += 0.15 * np.sin(angles * 7 + rng.uniform(0, 6))
            ring = halls[one.name] + (radius * ripple)[:, None] * np.column_stack(
                [np.cos(angles), np.sin(angles)]
            )
            ring += shift * radius
            extract.way(np.vstack([ring, ring[:1]]), {"landuse": "residential"})
