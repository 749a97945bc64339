import csv
import json
import shutil

import pytest

from app.settings import EMBEDDED_DATA
from layers.placing.corrections import read_corrections

WHO = ("--par", "MDADT", "--raison", "Vu sur place")


@pytest.fixture
def data(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    shutil.copytree(EMBEDDED_DATA, folder, ignore=shutil.ignore_patterns("build", "__pycache__"))
    monkeypatch.setenv("ATLAS62_DATA", str(folder))
    return folder


def test_uncertain_positions_are_listed_with_reason_and_candidates(atlas62):
    result = atlas62("positions", "--json")
    assert result.exit_code == 0
    found = {(one["couche"], one["identifiant"]): one for one in json.loads(result.stdout)}
    refused = found["centres_incendie", "CIS Marquion"]
    assert refused["doute"] == "Point de la source écarté"
    far = found["mairies", "mairie-62139"]
    assert {candidate["commune"] for candidate in far["candidats"]} == {"Blendecques", "Saint-Omer"}
    vague = found["operations", "2023-534-fauquembergues-1"]
    assert vague["texte"] == "rue Gobron"
    assert vague["candidats"][0]["code_commune"] == "62325"


def test_list_is_read_by_a_person_and_by_a_spreadsheet(atlas62, tmp_path):
    text = atlas62("positions", "--couche", "operations").stdout
    assert "rue Gobron" in text
    assert "5\u00a0positions à vérifier." in text
    path = tmp_path / "positions.csv"
    assert atlas62("positions", "--couche", "operations", "--csv", str(path)).exit_code == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file, delimiter=";"))) == 5


def test_candidate_that_is_chosen_is_written(atlas62, data):
    result = atlas62("positions", "corriger", "mairies", "mairie-62139", "--choix", "1", *WHO)
    assert (result.exit_code, "Blendecques" in result.stdout) == (0, True)
    (correction,) = read_corrections(data).values()
    assert (correction.commune_code, correction.said_by) == ("62139", "MDADT")


def test_point_that_is_typed_is_written_and_drawn(atlas62, data):
    point = ("--longitude", "1.8235", "--latitude", "50.9496", "--precision", "rue")
    result = atlas62("positions", "corriger", "operations", "2023-534-grand-calais-1", *point, *WHO)
    assert result.exit_code == 0, result.output
    path = data / "operations.geojson"
    atlas62("export", "couche", "operations", "--format", "geojson", "--sortie", str(path))
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    (moved,) = (f for f in features if f["properties"]["id"] == "2023-534-grand-calais-1")
    assert moved["geometry"]["coordinates"] == [1.8235, 50.9496]
    assert moved["properties"]["precision"] == "street"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("operations", "x", "--choix", "1"), 1, "« x » est inconnu"),
        (("nulle", "x", "--choix", "1"), 1, "« nulle »"),
        (("communes", "62041", "--choix", "1"), 1, "est inconnu"),
        (("mairies", "mairie-62139", "--choix", "9"), 1, "attendu un nombre de 1 à"),
        (("mairies", "mairie-62139"), 2, "--longitude et --latitude"),
        (("mairies", "mairie-62139", "--longitude", "50", "--latitude", "2"), 1, "Blendecques"),
    ],
)
def test_wrong_correction_is_said_and_not_written(atlas62, data, words, code, said):
    result = atlas62("positions", "corriger", *words, *WHO)
    assert result.exit_code == code
    assert said in " ".join(result.output.split())
    assert read_corrections(data) == {}


def test_answers_are_made_again(atlas62, data):
    before = (data / "geocoded.csv").read_bytes()
    (data / "geocoded.csv").unlink()
    assert atlas62("positions", "calculer").exit_code == 0
    assert (data / "geocoded.csv").read_bytes() == before
