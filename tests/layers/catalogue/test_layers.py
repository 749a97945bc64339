"""Every layer loads from the real data, keeps to its words, and fails in a French sentence."""

import shutil
from dataclasses import replace

import geopandas as gpd
import pytest
from shapely import Point

from geo.crs import EXCHANGE
from layers.catalogue.layers import LAYERS, Catalogue
from layers.model.layer import Layer, LayerError
from tests.known_totals import ROWS

COUNTS = {
    **ROWS,
    "contrats": 6,
    "contrats_ville": 9,
    "operations": 7,
    "chiffres_territoires": 7,
    "chiffres_mds": 9,
    "chiffres_epci": 4,
}
IDS = [layer.id for layer in LAYERS]


def test_the_catalogue_holds_every_layer_with_its_known_total(catalogue):
    states = catalogue.states()
    assert {state.id: state.rows for state in states} == COUNTS
    assert all(state.ok and not state.message for state in states)


@pytest.mark.parametrize("layer_id", IDS)
def test_a_layer_keeps_to_its_words(catalogue, layer_id):
    layer, rows = catalogue.layer(layer_id), catalogue.load(layer_id)
    assert rows.crs.to_string() == EXCHANGE
    assert list(rows.columns) == [*(field.name for field in layer.fields), "geometry"]
    assert rows[layer.key].is_unique
    assert rows.geometry.is_valid.all()
    west, south, east, north = rows.total_bounds
    assert (west, south, east, north) == pytest.approx((2.4, 50.5, 2.4, 50.5), abs=0.9)
    for field in layer.fields:
        if not field.nullable:
            assert rows[field.name].notna().all(), field.name
    for row in rows.to_dict("records"):
        assert layer.title_of(row).strip()
        assert layer.summary_of(row).endswith(".")
        assert "nan" not in layer.summary_of(row).casefold().split()


@pytest.mark.parametrize("layer_id", IDS)
def test_a_layer_says_where_it_comes_from(catalogue, layer_id):
    for source in catalogue.layer(layer_id).sources:
        assert source.title
        assert source.producer
        assert source.licence
        assert source.vintage


def test_an_unknown_layer_is_refused_with_the_list_of_those_there_are(catalogue):
    with pytest.raises(LayerError, match=r"« ecoles » inconnue .*communes, epcis"):
        catalogue.load("ecoles")


@pytest.fixture
def copied(data, tmp_path):
    """Return a copy of the tables that layers read, to be damaged."""
    folders = "contracts", "colleges", "districts", "figures", "gazetteer", "projects", "services"
    for folder in folders:
        shutil.copytree(data / folder, tmp_path / folder)
    for file in ("documents.csv", "geocoded.csv", "quotations.csv"):
        shutil.copy(data / file, tmp_path)
    return tmp_path


def test_a_missing_file_fails_its_layer_only(reference, copied):
    (copied / "colleges" / "colleges.csv").unlink()
    catalogue = Catalogue(reference, copied)
    failed = [state for state in catalogue.states() if not state.ok]
    assert [state.id for state in failed] == ["colleges"]
    assert failed[0].message == (
        "Couche « Collèges » – Fichier colleges/colleges.csv : fichier absent."
    )


def damage(folder, file: str, before: str, after: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


COLLEGES = ("colleges", "colleges/colleges.csv")
OPERATIONS = ("operations", "contracts/operations.csv")
CONTRACTS = ("contrats", "contracts/contracts.csv")
HOSPITALS = ("hopitaux", "services/hospitals.csv")


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        (COLLEGES, (",647,", ",beaucoup,"), ["ligne 2", "pupils", "beaucoup", "entier"]),
        (COLLEGES, ("62038", "99999"), ["ligne 2", "99999", "une commune du Pas-de-Calais"]),
        (COLLEGES, ("50.851293", "nord"), ["latitude", "nord", "un nombre"]),
        (COLLEGES, ("0620014D", "0620004T"), ["uai", "une valeur unique"]),
        (OPERATIONS, ("500000.00", "500 000"), ["fit", "500 000", "un montant en euros"]),
        (CONTRACTS, ("epci:200090751", "epci:1"), ["epci:1", "SIREN"]),
        (CONTRACTS, ("epci:200090751", "mds:ternois"), ["mds:ternois"]),
        (HOSPITALS, (",clinic,", ",bar,"), ["kind", "bar", "clinique"]),
    ],
)
def test_a_broken_value_is_told_in_one_sentence(reference, copied, table, change, words):
    layer_id, file = table
    damage(copied, file, *change)
    with pytest.raises(LayerError) as refusal:
        Catalogue(reference, copied).load(layer_id)
    message = str(refusal.value)
    assert message.startswith("Couche « ")
    assert all(word in message for word in words), message


def test_a_repaired_file_is_read_at_the_next_call(reference, copied, data):
    table = copied / "colleges" / "colleges.csv"
    table.write_text("", encoding="utf-8")
    catalogue = Catalogue(reference, copied)
    assert not catalogue.state("colleges").ok
    shutil.copy(data / "colleges" / "colleges.csv", table)
    assert catalogue.state("colleges").rows == COUNTS["colleges"]


def test_what_is_derived_is_made_once_and_a_failure_is_tried_again(reference, copied, data):
    made = []

    def count(catalogue):
        made.append(len(catalogue.load("colleges")))
        return made[-1]

    catalogue = Catalogue(reference, copied)
    (copied / "colleges" / "colleges.csv").unlink()
    with pytest.raises(LayerError):
        catalogue.derive(count)
    shutil.copy(data / "colleges" / "colleges.csv", copied / "colleges")
    assert [catalogue.derive(count), catalogue.derive(count)] == [ROWS["colleges"]] * 2
    assert made == [ROWS["colleges"]]


def test_hostile_names_pass_through_as_text(reference, copied):
    hostile = "<img src=x onerror=alert(1)>=cmd()"
    damage(copied, "colleges/colleges.csv", "Collège de l'Europe", hostile)
    rows = Catalogue(reference, copied).load("colleges")
    assert rows["name"].iloc[0] == hostile


def test_a_layer_is_one_more_line(reference, data):
    def read(reference, _data):
        hall = reference.communes["62041"].town_hall
        row = {"id": "a", "commune_code": "62041", "precision": "site"}
        return gpd.GeoDataFrame([row], geometry=[Point(hall.lon, hall.lat)], crs=EXCHANGE)

    shops = Layer(
        id="commerces",
        title="Commerces",
        geometry="point",
        key="id",
        fields=tuple(
            replace(LAYERS[-1].fields[0], name=name) for name in ("id", "commune_code", "precision")
        ),
        sources=LAYERS[-1].sources,
        read=read,
        title_of=lambda row: row["id"],
        summary_of=lambda row: row["id"],
    )
    assert len(Catalogue(reference, data, (*LAYERS, shops)).load("commerces")) == 1


def test_a_layer_without_what_points_need_is_refused():
    with pytest.raises(ValueError, match="precision"):
        replace(LAYERS[0], geometry="point")


def test_wrong_coordinates_are_refused(reference, data):
    def read(reference, data):
        return LAYERS[0].read(reference, data).to_crs("EPSG:2154")

    with pytest.raises(LayerError, match="système de coordonnées"):
        replace(LAYERS[0], read=read).load(reference, data)
