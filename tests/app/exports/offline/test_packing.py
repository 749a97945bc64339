import numpy as np
import orjson
import shapely

from app.exports.offline.packing import Shelf, pack_outlines, without_blanks
from app.parts import markup as html
from geo.crs import EXCHANGE
from geo.perimeter import Level


def unfolded(part, shared):
    """As ``offline.js`` does."""
    if isinstance(part, int):
        return unfolded(shared[part], shared)
    if isinstance(part, str):
        return part
    tag, attributes, children = part
    return html.Element(tag, attributes, tuple(unfolded(child, shared) for child in children))


def test_what_comes_again_is_written_once_and_read_back():
    card = html.Section([html.H3("Collège Jean Jaurès"), html.P("Calais, 62100", className="x")])
    pages = [[html.Div([card, "un"]), card, "deux"], [html.Ul([html.Li(card)]), card]]
    shelf = Shelf()
    kept = [shelf.put([*page, None]) for page in pages]
    shared = shelf.close()
    written = [shelf.write(page) for page in kept]
    assert orjson.dumps([shared, written]).count("Jaurès".encode()) == 1
    assert [[unfolded(part, shared) for part in page] for page in written] == pages


def test_outlines_are_read_back_to_the_last_decimal(reference):
    frame = reference.outlines(Level.EPCI, 250.0)[["code", "geometry"]]
    packed = pack_outlines(frame, 4)
    for feature, shape in zip(packed["features"], frame.to_crs(EXCHANGE).geometry, strict=True):
        polygons = [
            shapely.Polygon(
                *[np.cumsum(np.reshape(ring, (-1, 2)), axis=0) / 10_000 for ring in rings[:1]],
                [np.cumsum(np.reshape(ring, (-1, 2)), axis=0) / 10_000 for ring in rings[1:]],
            )
            for rings in feature["rings"]
        ]
        assert shapely.MultiPolygon(polygons).hausdorff_distance(shape) <= 0.0001


def test_points_lose_only_what_says_nothing():
    item = {"title": "Gare", "note": None, "summary": ""}
    points = {
        "features": [{"properties": {"count": 0, "text": "", "items": [item]}, "geometry": 1}]
    }
    told = without_blanks(points)["features"][0]
    assert told == {"properties": {"count": 0, "items": [{"title": "Gare"}]}, "geometry": 1}
