"""What somebody changes of a layer of theirs: checked, told, undone; the rows of the file stay."""

from decimal import Decimal

import geopandas as gpd
import pytest
from shapely import Point

from geo.crs import EXCHANGE
from layers.model.layer import Field, LayerError, Source
from layers.model.points import PLACE
from layers.store.description import KEY, Description
from layers.store.edited import EditedStore, read_edits
from layers.store.edited_rows import passing, sort_rows
from layers.store.edits import Edit

FIELDS = (
    KEY,
    Field("nom", "Nom", "Nom.", nullable=True),
    Field("places", "Places", "Places.", "int", nullable=True),
    Field("cout", "Coût", "Coût.", "money", unit="€", nullable=True),
    Field("ouvert", "Ouvert", "Ouvert le.", "date", nullable=True),
    *PLACE,
    Field("confidence", "Confiance", "Confiance.", "float", nullable=True),
)
MADE = Description("lieux", "Lieux", "point", FIELDS, (Source("Fichier l.csv", "a", "b", "c"),))


def rows():
    return gpd.GeoDataFrame(
        {
            "line": ["2", "3", "4"],
            "nom": ["Élan", "Zèbre", None],
            "places": [20, None, 5],
            "cout": [Decimal("10.50"), None, Decimal(3)],
            "ouvert": ["2024-09-01", None, "2023"],
            "commune_code": ["62498", "62041", "62041"],
            "commune": ["Lens", "Arras", "Arras"],
            "precision": ["site", "commune", "site"],
            "position_note": [None, None, None],
            "confidence": [None, 0.9, None],
        },
        geometry=[Point(2.83, 50.43), Point(2.77, 50.29), Point(2.78, 50.29)],
        crs=EXCHANGE,
    )


@pytest.fixture
def store(tmp_path):
    made = EditedStore(tmp_path / "own.gpkg")
    made.adopt(MADE, rows())
    return made


def loaded(store, reference, catalogue):
    (layer,) = store.layers()
    return layer, layer.load(reference, catalogue.data)


def row(line, **values):
    return Edit("row", {"line": line, "values": values})


def test_cells_are_changed_told_and_undone(store, reference, catalogue):
    before = store.version()
    store.edit("lieux", row("3", nom="Zébu", places=12, cout="7.25"))
    assert store.version() > before
    layer, shown = loaded(store, reference, catalogue)
    assert shown.iloc[1][["nom", "places", "cout"]].tolist() == ["Zébu", 12, Decimal("7.25")]
    assert layer.remark == "À la main : 1\u00a0ligne corrigée."
    store.undo("lieux")
    layer, shown = loaded(store, reference, catalogue)
    assert shown.iloc[1]["nom"] == "Zèbre"
    assert not layer.remark


def test_a_point_moves_with_its_commune_and_says_so(store, reference, catalogue):
    store.edit("lieux", Edit("move", {
        "line": "3", "longitude": 2.8, "latitude": 50.4, "commune_code": "62510",
        "commune": "Liévin",
    }))  # fmt: skip
    _, shown = loaded(store, reference, catalogue)
    moved = shown.iloc[1]
    assert (moved.geometry.x, moved.geometry.y) == (2.8, 50.4)
    assert (moved["commune_code"], moved["precision"]) == ("62510", "site")
    assert moved["position_note"] == "Point déplacé à la main."
    assert shown.iloc[0].geometry.x == 2.83


def test_rows_go_are_filtered_and_ordered_and_the_rest_stays(store, reference, catalogue):
    store.edit("lieux", Edit("delete", {"lines": ["2"]}))
    _, shown = loaded(store, reference, catalogue)
    assert shown["line"].tolist() == ["3", "4"]
    store.edit("lieux", Edit("filter", {"column": "places", "test": "au_moins", "value": "5"}))
    layer, shown = loaded(store, reference, catalogue)
    assert shown["line"].tolist() == ["4"]
    assert "Filtrée : « Places » au moins « 5 »." in layer.remark
    assert "1\u00a0ligne retirée" in layer.remark
    store.edit("lieux", Edit("filter", {"column": "", "test": "", "value": ""}))
    store.edit("lieux", Edit("order", {"column": "places", "down": True}))
    _, shown = loaded(store, reference, catalogue)
    assert shown["line"].tolist() == ["4", "3"]


def test_words_and_sign_are_changed(store, reference, catalogue):
    store.edit("lieux", Edit("describe", {
        "title": "Crèches", "remark": "Relevé de mai.", "producer": "", "licence": "LO",
        "vintage": "2026",
    }))  # fmt: skip
    style = {"colour": "#00677f", "letter": "X", "size": "places", "label": "nom"}
    store.edit("lieux", Edit("style", style))
    layer, _ = loaded(store, reference, catalogue)
    assert (layer.title, layer.remark) == ("Crèches", "Relevé de mai.")
    assert (layer.sources[0].producer, layer.sources[0].vintage) == ("a", "2026")
    assert (layer.style.size, layer.style.letter) == ("places", "X")


@pytest.mark.parametrize("edit", [
    row("2", places="douze"), row("2", inconnue="x"), row("2", precision="address"),
    row("2", ouvert="hier"), row("2", nom="x" * 2001), row(2, nom="x"),
    Edit("move", {"line": "2", "longitude": float("nan"), "latitude": 50, "commune_code": "62510",
                  "commune": "L"}),
    Edit("move", {"line": "2", "longitude": 200, "latitude": 50, "commune_code": "1",
                  "commune": "L"}),
    Edit("delete", {"lines": []}), Edit("delete", {"lines": [3]}), Edit("delete", {}),
    Edit("filter", {"column": "places", "test": "au_moins", "value": "beaucoup"}),
    Edit("filter", {"column": "nulle", "test": "egal", "value": ""}),
    Edit("filter", {"column": "nom", "test": "exec", "value": ""}),
    Edit("style", {"colour": "red;}", "letter": "", "size": "", "label": ""}),
    Edit("style", {"colour": "", "letter": "", "size": "nom", "label": ""}),
    Edit("style", {"colour": "", "letter": "<b", "size": "", "label": ""}),
    Edit("style", {"couleur": ""}), Edit("order", {"column": "nulle", "down": False}),
    Edit("describe", {"title": " ", "remark": "", "producer": "", "licence": "", "vintage": ""}),
    Edit("describe", {"title": "x"}), Edit("rm", {}), Edit("row", []),
])  # fmt: skip
def test_what_does_not_fit_is_refused_and_changes_nothing(store, reference, catalogue, edit):
    with pytest.raises(LayerError):
        store.edit("lieux", edit)
    assert store.edits("lieux") == ()
    assert len(loaded(store, reference, catalogue)[1]) == 3


def test_a_damaged_list_of_edits_costs_its_own_lines_alone():
    records = [{"kind": "delete", "said": {"lines": ["2"]}}, {"kind": "rm"}, 3, None,
               {"kind": "row", "said": {"line": "2", "values": {"nulle": 1}}}]  # fmt: skip
    assert read_edits(records, MADE) == [Edit("delete", {"lines": ["2"]})]
    assert read_edits({"kind": "delete"}, MADE) == []


@pytest.mark.parametrize(("column", "test", "value", "lines"), [
    ("nom", "contient", "elan", ["2"]), ("nom", "egal", "ZEBRE", ["3"]), ("nom", "vide", "", ["4"]),
    ("nom", "rempli", "", ["2", "3"]), ("places", "au_plus", "5", ["4"]),
    ("places", "egal", "20,0", ["2"]), ("cout", "au_moins", "10,50 €", ["2"]),
    ("ouvert", "au_moins", "2024", ["2"]), ("commune", "egal", "arras", ["3", "4"]),
])  # fmt: skip
def test_any_column_filters(column, test, value, lines):
    field = next(field for field in FIELDS if field.name == column)
    kept = rows()[passing(rows(), field, test, value)]
    assert kept["line"].tolist() == lines


def test_the_unknown_comes_last_in_both_orders():
    assert sort_rows(rows(), "places", down=False)["line"].tolist() == ["4", "2", "3"]
    assert sort_rows(rows(), "places", down=True)["line"].tolist() == ["2", "4", "3"]
    assert sort_rows(rows(), "nom", down=True)["line"].tolist() == ["3", "2", "4"]


def test_edits_go_with_their_layer(store):
    store.edit("lieux", Edit("delete", {"lines": ["2"]}))
    store.remove("lieux")
    store.adopt(MADE, rows())
    assert store.edits("lieux") == ()
