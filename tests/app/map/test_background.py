"""The background on the map: chosen in the address, named whose it is, drawn before scripts."""

import pytest
import shapely

from app.first_frame.background import background_paths
from app.first_frame.drawing import Draughtsman
from app.first_frame.explored import picture_of
from app.first_frame.ground import project
from app.first_frame.standing import Standing, covered
from app.map.atlas import Atlas
from app.map.background import background_file
from app.map.layer_list import render_layers
from app.map.outlines import DECIMALS
from app.map.panes import render_map
from app.parts.markup import text_of
from app.view.state import format_view, parse_view
from geo.background.features import Detail
from layers.background import background_of, has_background
from layers.catalogue.layers import Catalogue
from layers.model.layer import LayerError

CREDIT = "Fond\u00a0: © les contributeurs d’OpenStreetMap, ODbL"


@pytest.fixture(scope="module")
def atlas(grounded):
    return Atlas(grounded)


@pytest.fixture(scope="module")
def draughtsman(atlas):
    return Draughtsman(atlas)


def read(atlas, query):
    return parse_view(query, atlas.vocabulary)


def credit_of(node):
    """Return the credit of the background in a map, None where there is none."""
    if getattr(node, "id", None) == "background-credit":
        return node
    children = getattr(node, "children", None) or []
    parts = children if isinstance(children, list) else [children]
    return next((found for part in parts if (found := credit_of(part)) is not None), None)


def box_of(elements):
    """Return the box of the background in a list of layers."""
    written = [part for one in elements for part in _all(one)]
    return next((one for one in written if one.attributes.get("data-layer") == "fond"), None)


def _all(element):
    if hasattr(element, "attributes"):
        yield element
        for child in element.children:
            yield from _all(child)


def test_without_an_extract_nothing_speaks_of_a_background(catalogue):
    atlas = Atlas(catalogue)
    assert atlas.background is None
    assert atlas.background_urls() == []
    view, remarks = read(atlas, "?couches=operations,fond")
    assert view.layers == ("operations",)
    assert remarks == ("Couche « fond » inconnue : ignorée.",)
    assert credit_of(render_map(atlas, view)) is None
    assert box_of(render_layers(atlas, ("operations",))) is None
    assert not has_background(catalogue)


def test_it_is_asked_for_among_the_layers(atlas):
    view, remarks = read(atlas, "?couches=fond,operations")
    assert not remarks
    assert view.layers == ("operations", "fond")
    assert format_view(view) == "?couches=operations,fond"
    usual, _ = read(atlas, "")
    assert "fond" not in usual.layers
    for one, ticked in ((view, True), (usual, False)):
        box = box_of(render_layers(atlas, one.layers))
        assert bool(box.attributes.get("checked")) is ticked
        credit = credit_of(render_map(atlas, one))
        assert (credit.children, credit.hidden) == (CREDIT, not ticked)


def test_each_kind_is_one_feature_the_lowest_first(atlas):
    collection = background_file(atlas.background, Detail.NEAR)
    kinds = [one["properties"]["kind"] for one in collection["features"]]
    assert kinds == ["built", "river", "canal", "rail", "secondary", "primary", "motorway"]
    assert collection["features"][0]["geometry"]["type"] == "MultiPolygon"
    assert {one["geometry"]["type"] for one in collection["features"][1:]} == {"MultiLineString"}
    x, y = collection["features"][5]["geometry"]["coordinates"][0][0]
    assert (x, y) == pytest.approx((2.5, 50.3), abs=0.05)
    assert round(x, DECIMALS["near"]) == x
    assert len(atlas.background_urls()) == len(Detail)


def test_the_first_frame_has_it_where_one_looks_from_near(atlas, draughtsman):
    drawn = {}
    for query in ("?lieu=commune:62041&couches=fond", "?couches=fond", "?lieu=commune:62041"):
        picture = picture_of(atlas, draughtsman, read(atlas, query)[0])
        drawn[query] = draughtsman.draw(picture)[0]
    near, far, without = drawn.values()
    assert 'class="frame-background" data-detail="near"' in near
    assert near.index("frame-zones") < near.index("frame-background") < near.index("frame-limits")
    assert near.count("ground-built") == 1
    for kind in ("river", "rail", "secondary", "primary"):
        rim = near.index(f'<use class="ground-rim ground-{kind}" href="#ground-{kind}"/>')
        assert rim < near.index(f'<use class="ground-{kind}" href="#ground-{kind}"/>')
        assert near.count(f'id="ground-{kind}"') == 1
    assert "frame-background" not in far
    assert "frame-background" not in without


def test_the_first_frame_keeps_names_off_both_rows_of_the_credit(atlas, draughtsman):
    heights = {}
    for query in ("?couches=fond", "?couches=operations"):
        picture = picture_of(atlas, draughtsman, read(atlas, query)[0])
        standing = Standing((), (), (), picture.title, f"Limites : IGN, 2020 {picture.credit}")
        _, top, right, bottom = [*covered((390.0, 592.0), standing, 60.0)][2]
        heights[query] = bottom - top
        assert right == 386
    assert heights["?couches=fond"] == 2 * heights["?couches=operations"]


def test_paths_are_cut_to_the_window_and_none_where_they_are_heavy(atlas, monkeypatch):
    middle = project(2.7785, 50.293)
    window = (middle[0] - 40, middle[1] - 40, middle[0] + 40, middle[1] + 40)
    paths = background_paths(atlas.background, Detail.MIDDLE, window)
    assert "motorway" not in paths
    x, y = map(int, paths["primary"][1 : paths["primary"].index("l")].replace("-", " -").split())
    assert shapely.box(*window).buffer(1).covers(shapely.Point(x, y))
    assert background_paths(atlas.background, Detail.FAR, window) == {}
    monkeypatch.setattr("app.first_frame.background.MOST_SIGNS", 10)
    assert background_paths(atlas.background, Detail.MIDDLE, window) == {}


def test_a_damaged_file_is_told_in_its_place(reference, tmp_path, grounded):
    facts = tmp_path / "faits"
    facts.mkdir()
    for path in grounded.data.iterdir():
        if path.name != "background":
            (facts / path.name).symlink_to(path.resolve())
    (facts / "background").mkdir()
    (facts / "background" / "openstreetmap.parquet").write_bytes(b"PAR1")
    catalogue = Catalogue(reference, facts)
    with pytest.raises(LayerError, match="endommagé"):
        background_of(catalogue)
    atlas = Atlas(catalogue)
    assert atlas.background is None
    rows = render_layers(atlas, ("fond",))
    box = box_of(rows)
    assert box.attributes.get("disabled")
    assert not box.attributes.get("checked")
    assert "illisible ou endommagé" in text_of(rows[-1])
