"""The background on a page: quiet, named where there is room, credited, only where asked for."""

import datetime as dt
import io

import numpy as np
import pypdf
import pytest
import shapely

from app.exports.booklet.background import mixed
from app.exports.booklet.labels.ground_names import place_ground_names
from app.exports.booklet.labels.room import Room
from app.exports.booklet.page import draw_page
from app.exports.booklet.pen.frame import Rect
from app.exports.booklet.press.preflight import Light, preflight
from app.exports.booklet.scene.background import Drawn
from app.exports.booklet.scene.request import PageRequest
from geo.background.features import Feature, Kind
from geo.perimeter import Perimeter
from layers.model.layer import LayerError
from tests.small_background import HOSTILE

ARRAS = Perimeter.parse("epci:200033579")
DAY = dt.date(2026, 1, 15)
CREDIT = "Fond : © les contributeurs d’OpenStreetMap, ODbL, extrait du 20 novembre 2026."


def plain(text):
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


def draw(catalogue, *layers, perimeter=ARRAS, **words):
    return draw_page(catalogue, PageRequest(perimeter, layers=layers, date=DAY, **words))


@pytest.fixture(scope="module")
def page(grounded):
    return draw(grounded, "fond", indicator="densite")


def test_the_page_names_roads_and_rivers_and_says_whose_they_are(page):
    text = plain(pypdf.PdfReader(io.BytesIO(page.to_pdf())).pages[0].extract_text())
    for words in ("A26", "D939", CREDIT, "Autoroute", "Route principale", "Rivière", "Zone bâtie"):
        assert words in text
    assert "Canal" not in text


def test_a_hostile_name_is_only_a_name(page):
    assert HOSTILE in [name.text for name in page.placed.ground]
    svg = page.to_svg().decode()
    assert "La Scarpe &lt;script&gt;" in svg
    assert "<script" not in svg


def test_the_same_page_gives_the_same_bytes_and_a_printer_takes_it(page, grounded):
    again = draw(grounded, "fond", indicator="densite")
    assert page.to_svg() == again.to_svg()
    content = page.to_printer_pdf()
    assert content == again.to_printer_pdf()
    for one in (page.to_pdf(), content):
        report = preflight(one)
        assert report.light is Light.GREEN, str(report)


def test_a_page_that_does_not_ask_for_it_is_as_it_was(grounded, catalogue):
    with_facts, without = draw(grounded, "colleges"), draw(catalogue, "colleges")
    assert with_facts.to_svg() == without.to_svg()
    assert "OpenStreetMap" not in with_facts.to_svg().decode()
    assert not with_facts.placed.ground


def test_asked_for_where_none_was_taken_a_sentence_says_how_to(catalogue):
    with pytest.raises(LayerError, match="actualiser fond"):
        draw(catalogue, "fond")


def test_lines_lie_over_the_colours_and_under_the_limits(page):
    shapes = [item for item in page.canvas.items if hasattr(item, "fill")]
    road, limit = (
        next(n for n, one in enumerate(shapes) if one.stroke == colour)
        for colour in ("#8d8679", "#b5ab93")
    )
    painted = [n for n, one in enumerate(shapes) if one.fill and n < road]
    assert len(painted) > 8
    assert road < limit


def test_built_up_areas_darken_every_colour_that_they_lie_on(page):
    fills = {item.fill for item in page.canvas.items if getattr(item, "fill", None)}
    darkened = {mixed(fill, "#4a4238", 0.16) for fill in fills} & fills
    assert mixed("#fdf8e6", "#4a4238", 0.16) in darkened
    assert len(darkened) > 2  # the land, the land of others, and classes


def test_the_whole_departement_has_main_roads_alone_and_thinner(grounded):
    whole = draw(grounded, "fond", perimeter=Perimeter.parse("departement:62"))
    widths = {item.width for item in whole.canvas.items if getattr(item, "stroke", "") == "#8d8679"}
    assert max(widths) == pytest.approx(0.36)
    text = plain(" ".join(item.text for item in whole.canvas.items if hasattr(item, "text")))
    assert "Autre route départementale" not in text


def test_what_is_mixed_is_between_the_two():
    assert mixed("#ffffff", "#000000", 0.25) == "#bfbfbf"
    assert mixed("#102030", "#102030", 0.16) == "#102030"


def test_no_name_covers_another(page):
    placed = page.placed
    boxes = [one.box for one in (*placed.ground, *placed.labels)]
    shapes = [shapely.box(b.x, b.y, b.right, b.bottom) for b in boxes]
    first, second = shapely.STRtree(shapes).query(shapes, predicate="overlaps")
    assert not len(first), [(boxes[a], boxes[b]) for a, b in zip(first, second, strict=True)]


@pytest.fixture
def room():
    return Room(Rect(0.0, 0.0, 200.0, 100.0), np.array([shapely.box(0, 0, 200, 100)]))


def test_a_number_is_repeated_far_along_a_road_and_never_where_something_stands(room):
    road = Feature(Kind.PRIMARY, "", "D939", shapely.MultiLineString([[(0, 50), (200, 50)]]))
    land = room.owner == 0
    room.take(90, 40, 20, 20)
    names = place_ground_names(room, [Drawn(road, road.shape)], land)
    middles = sorted(one.box.x + one.box.width / 2 for one in names)
    assert len(middles) in {2, 3}
    assert min(np.diff(middles)) >= 70
    assert all(not 90 - 3 < x < 110 + 3 for x in middles)
    assert place_ground_names(room, [Drawn(road, road.shape)], np.zeros_like(land)) == []


def test_a_river_is_named_once_above_where_it_is_level(room):
    shape = shapely.MultiLineString([[(100, 0), (100, 60), (180, 60)]])
    river = Feature(Kind.RIVER, "La Ternoise", "", shape)
    (name,) = place_ground_names(room, [Drawn(river, shape)], room.owner == 0)
    assert not name.plate
    assert name.style.face == "italic"
    assert name.box.x > 100
    assert name.box.bottom == pytest.approx(59.5)
    steep = shapely.MultiLineString([[(20, 0), (20, 90)]])
    upright = Feature(Kind.RIVER, "La Course", "", steep)
    assert place_ground_names(room, [Drawn(upright, steep)], room.owner == 0) == []
