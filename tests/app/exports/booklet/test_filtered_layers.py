"""A layer of one's own that a filter narrows: a page shows what is left of it, and says so."""

import re

import geopandas as gpd
import pytest

from app.exports.booklet.page import draw_page
from app.exports.booklet.scene.request import PageRequest
from geo.perimeter import Perimeter
from layers.catalogue.layers import Catalogue
from layers.gaps.presets import find_service
from layers.model.layer import Field, Source
from layers.model.points import PLACE
from layers.store.description import KEY, Description
from layers.store.edited import EditedStore
from layers.store.edits import Edit

NAME = Field("nom", "Nom", "Nom.", nullable=True)
SEATS = Field("places", "Places", "Places.", "int", nullable=True)
OPEN = Field("ouvert", "Ouvert", "Ouvert.", nullable=True)


@pytest.fixture
def seen(reference, catalogue, tmp_path):
    def narrow(column, test, value):
        frame = gpd.GeoDataFrame(
            {
                "line": ["2", "3", "4"],
                "nom": ["Halle", "Salle", "Salle du Préau"],
                "places": [400, 100, None],
                "ouvert": ["oui", None, "non"],
                "commune_code": "62498",
                "commune": "Lens",
                "precision": "site",
                "position_note": None,
            },
            geometry=gpd.points_from_xy([2.8319, 2.82, 2.84], [50.4289, 50.436, 50.434]),
            crs="EPSG:4326",
        )
        frame["places"] = frame["places"].astype(object).where(frame["places"].notna(), None)
        made = Description(
            "salles", "Salles", "point", (KEY, NAME, SEATS, OPEN, *PLACE),
            (Source("t", "p", "l", "2026"),), named_by="nom",
        )  # fmt: skip
        store = EditedStore(tmp_path / "s.gpkg")
        store.adopt(made, frame)
        if column:
            store.edit("salles", Edit("filter", {"column": column, "test": test, "value": value}))
        return Catalogue(reference, catalogue.data, store=store)

    return narrow


def text_of(seen):
    request = PageRequest(Perimeter.parse("commune:62498"), layers=("salles",))
    page = re.sub(r"<[^>]*>", " ", draw_page(seen, request).to_svg().decode())
    return re.sub(r"\s+", " ", page)


@pytest.mark.parametrize(
    ("asked", "told", "left"),
    [
        (("nom", "contient", "salle"), "« Nom » contient « salle »", 2),
        (("places", "au_moins", "200"), "« Places »", 1),
        (("ouvert", "rempli", ""), "« Ouvert »", 2),
    ],
)
def test_a_filter_of_any_column_is_carried_to_gaps_and_paper(seen, asked, told, left):
    catalogue = seen(*asked)
    service = find_service(catalogue, "salles")
    assert len(service.places(catalogue)) == left
    assert told in " ".join(service.remarks(catalogue)).replace("\u00a0", " ")
    text = text_of(catalogue)
    assert f"Salles ({left})" in text
    assert f"« Salles » : Filtrée : {told}" in text


def test_a_whole_layer_says_nothing_of_a_filter(seen):
    text = text_of(seen("", "", ""))
    assert "Salles (3)" in text
    assert "Filtrée" not in text
