"""A layer that somebody brought is drawn on paper as they chose: circles by a column, labels."""

import math
import re

import geopandas as gpd
import pytest

from app.exports.booklet.page import draw_page
from app.exports.booklet.scene.request import PageRequest
from geo.perimeter import Perimeter
from layers.catalogue.layers import Catalogue
from layers.model.layer import Field, Source
from layers.model.points import PLACE
from layers.model.style import Style
from layers.store.description import KEY, Description
from layers.store.geopackage import GeoPackageStore

NAME = Field("nom", "Nom", "Nom.", nullable=True)
SEATS = Field("places", "Places", "Places.", "int", nullable=True)
ROWS = (
    ("Halle", 400, 2.8319, 50.4289),
    ("Salle", 100, 2.82, 50.436),
    ("Préau", None, 2.84, 50.434),
)
LONG = "Une salle dont le nom ne tient pas sur une carte"


@pytest.fixture(scope="module")
def drawn(reference, catalogue, tmp_path_factory):
    def draw(style, rows=ROWS):
        frame = gpd.GeoDataFrame(
            {
                "line": [str(number) for number in range(len(rows))],
                "nom": [name for name, *_ in rows],
                "places": [seats for _, seats, *_ in rows],
                "commune_code": "62498",
                "commune": "Lens",
                "precision": "site",
                "position_note": None,
            },
            geometry=gpd.points_from_xy([r[2] for r in rows], [r[3] for r in rows]),
            crs="EPSG:4326",
        )
        frame["places"] = frame["places"].astype(object).where(frame["places"].notna(), None)
        made = Description(
            "salles", "Salles", "point", (KEY, NAME, SEATS, *PLACE),
            (Source("t", "p", "l", "2026"),), named_by="nom", style=style,
        )  # fmt: skip
        store = GeoPackageStore(tmp_path_factory.mktemp("magasin") / "s.gpkg")
        store.adopt(made, frame, replace=True)
        seen = Catalogue(reference, catalogue.data, store=store)
        request = PageRequest(Perimeter.parse("commune:62498"), layers=("salles",))
        return draw_page(seen, request)

    return draw


def test_circles_are_as_large_as_a_column_and_the_legend_says_it(drawn):
    page = drawn(Style(size="places"))
    radii = {mark.value: mark.radius for mark in page.placed.marks}
    assert radii[400.0] == pytest.approx(2 * radii[100.0])
    assert radii[0.0] == 0
    text = re.sub(r"<[^>]*>|\s", "", page.to_svg().decode())
    assert "enproportionde«Places»,400pourleplusgrandsite" in text


def test_marks_with_circles_cover_nothing_else(drawn):
    crowded = [(f"S{n}", 400, 2.8319 + n / 900, 50.4289) for n in range(6)]
    marks = drawn(Style(size="places"), crowded).placed.marks
    for one in marks:
        for other in marks:
            apart = math.dist(one.middle, other.middle)
            assert one is other or apart >= one.radius + other.radius


def test_labels_stand_beside_their_marks_and_are_cut_with_a_sign(drawn):
    page = drawn(Style(label="nom"), [*ROWS[:2], (LONG, 1, 2.84, 50.434)])
    text = page.to_svg().decode()
    assert "Halle" in text
    assert "Une salle dont le nom ne tient pas sur …" in text
    assert LONG not in text


def test_a_layer_without_a_style_has_neither(drawn):
    page = drawn(None)
    assert {(mark.radius, mark.label) for mark in page.placed.marks} == {(0.0, "")}
    assert "Halle" not in page.to_svg().decode()
