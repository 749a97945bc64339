"""Nothing on a page covers anything else, and every commune has its name where it belongs."""

from itertools import combinations

import pytest
import shapely

from app.exports.booklet.labels.marks import mark_size
from app.exports.booklet.scene.ground import ground_of
from geo.perimeter import Level


def places(reference):
    communes = reference.perimeters(Level.COMMUNE)
    return [
        *reference.perimeters(Level.EPCI),
        *reference.perimeters(Level.TERRITORY),
        *communes[:: len(communes) // 60][:60],
    ]


def boxes(page, side):
    """Yield what is on the map, each with the box that it covers."""
    for label in (*page.placed.labels, *(label for _, label in page.placed.names)):
        rect = label.box
        yield label.name.text, shapely.box(rect.x, rect.y, rect.right, rect.bottom)
    for circle in page.placed.circles:
        yield circle.row["title"], shapely.Point(circle.middle).buffer(circle.radius)
    for mark in page.placed.marks:
        x, y = mark.middle
        wide, _ = mark_size(mark, side)
        yield mark.layer.title, shapely.box(x - side / 2, y - side / 2, x + wide / 2, y + side / 2)


def test_no_two_things_overlap_on_any_page(reference, page_of):
    found = []
    for place in places(reference):
        page = page_of(str(place))
        names, shapes = zip(*boxes(page, page.side), strict=True)
        tree = shapely.STRtree(shapes)
        pairs = tree.query(shapes, predicate="intersects").T
        found += [
            (str(place), names[one], names[other])
            for one, other in pairs
            if one < other and shapely.intersection(shapes[one], shapes[other]).area > 1e-6
        ]
        leaders = [shapely.LineString(label.leader) for label in page.placed.labels if label.leader]
        found += [(str(place), "leaders") for a, b in combinations(leaders, 2) if a.crosses(b)]
    assert found == []


def test_every_commune_is_named_once_or_numbered(reference, page_of):
    for place in reference.perimeters(Level.EPCI):
        page = page_of(str(place))
        epci = reference.epcis[place.code]
        wanted = len(epci.communes) + len(epci.communes_outside)
        assert page.placed.lost == []
        assert len({label.name.text for label in page.placed.labels}) == wanted
        numbers = [int(number) for number, _ in page.placed.numbered]
        assert numbers == list(range(1, len(numbers) + 1))


def test_names_keep_off_the_strong_lines(catalogue, reference, page_of):
    astride = []
    for place in reference.perimeters(Level.EPCI):
        page = page_of(str(place))
        frame, ground = page.layout.frame, ground_of(place, catalogue)
        outline = shapely.boundary(shapely.transform(ground.outline, frame.to_page))
        map_edge = shapely.box(
            frame.rect.x, frame.rect.y, frame.rect.right, frame.rect.bottom
        ).boundary
        for kind, label in (*page.placed.names, *(("own", one) for one in page.placed.labels)):
            box = shapely.box(label.box.x, label.box.y, label.box.right, label.box.bottom)
            if kind in {"around", "sea"}:
                assert box.distance(outline) > 0.2, (str(place), label.name.text)
                assert box.distance(map_edge) > 1, (str(place), label.name.text)
            elif box.intersects(outline):
                astride.append(label.name.text)
    assert len(astride) <= 12, astride  # of all: no leader finds room there


def test_a_name_lies_in_its_commune_or_has_a_leader_from_outside(reference, page_of):
    outlines = reference.outlines(Level.COMMUNE).set_index("name").geometry
    for place in reference.perimeters(Level.EPCI):
        page = page_of(str(place))
        frame = page.layout.frame
        for label in page.placed.labels:
            name = label.name.text.replace("’", "'")
            if name not in outlines.index:
                continue  # beyond the border
            own = shapely.transform(outlines[name], frame.to_page)
            box = shapely.box(label.box.x, label.box.y, label.box.right, label.box.bottom)
            if label.kind == "leader":
                assert shapely.Point(label.leader[1]).distance(own) < 0.5
            else:
                assert own.buffer(0.3).contains(box.centroid), name


@pytest.mark.parametrize("words", [{"paper": "A4"}, {"paper": "A3"}])
def test_the_departement_names_thirty_to_sixty_towns(page_of, words):
    page = page_of("departement", **words)
    names = {label.name.text for label in page.placed.labels}
    assert 30 <= len(names) <= 60
    assert {"Arras", "Calais", "Boulogne-sur-Mer", "Lens", "Béthune", "Saint-Omer"} <= names
