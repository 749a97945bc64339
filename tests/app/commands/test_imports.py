import csv
import json

import pytest

from app.imports import brought_file as job
from tests.app.imports import files


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS62_STORE", str(tmp_path / "magasin" / "atlas62.gpkg"))
    monkeypatch.setenv("ATLAS62_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def places(tmp_path):
    path = tmp_path / "Médiathèques.csv"
    rows = (*files.ROWS, ("Nulle part", "Tombouctou", "", "", "beaucoup"))
    path.write_bytes(files.csv(rows, encoding="cp1252"))
    return path


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def layers(atlas62):
    return {layer["layer"]: layer for layer in json.loads(atlas62("couches", "--json").stdout)}


def test_a_file_becomes_a_layer_that_the_other_commands_know(atlas62, places, tmp_path):
    report, left = tmp_path / "rapport.csv", tmp_path / "ecartees.csv"
    result = atlas62("importer", str(places), "--rapport", str(report), "--ecartees", str(left))
    assert result.exit_code == 0
    assert "3\u00a0lignes placées sur 4, dans la couche «\u00a0mediatheques\u00a0»" in result.stdout
    assert layers(atlas62)["mediatheques"]["rows"] == 3
    assert atlas62("ecarts", "--service", "mediatheques", "--seuil-minutes", "20").exit_code == 0
    rows = read(report)
    assert [(row["Ligne"], row["Colonne"], row["Suite donnée"]) for row in rows] == [
        ("5", "Montant", "valeur laissée vide"),
        ("5", "adresse", "ligne écartée"),
    ]
    assert read(left)[0]["Nom"] == "Nulle part"


def test_a_trial_shows_the_guess_and_keeps_nothing(atlas62, places):
    record = json.loads(atlas62("importer", str(places), "--essai", "--json").stdout)
    assert {"rows": 4, "imported": 3, "left_out": 1, "adopted": False}.items() <= record.items()
    roles = {column["name"]: column["role"] for column in record["columns"]}
    assert roles == {
        "Nom": "nom", "Adresse": "adresse", "Code postal": "code_postal", "Commune": "commune",
        "Montant": "montant",
    }  # fmt: skip
    assert "mediatheques" not in layers(atlas62)


@pytest.mark.usefixtures("read_here")
def test_a_role_is_corrected_and_a_wrong_one_is_a_wrong_use(atlas62, places):
    record = json.loads(
        atlas62("importer", str(places), "--json", "--role", "Montant=texte").stdout
    )
    assert record["columns"][4]["role"] == "texte"
    assert record["columns"][4]["guessed"] == "montant"
    for wrong in ("Montant=argent", "Rien=texte", "texte"):
        assert atlas62("importer", str(places), "--role", wrong).exit_code == 2


@pytest.mark.usefixtures("read_here")
def test_a_layer_is_replaced_removed_and_brought_back(atlas62, places):
    assert atlas62("importer", str(places)).exit_code == 0
    again = atlas62("importer", str(places))
    assert again.exit_code == 1
    assert "ajoutez --remplacer" in again.stderr
    assert atlas62("importer", str(places), "--remplacer").exit_code == 0
    assert atlas62("retirer", "mediatheques").exit_code == 0
    assert "mediatheques" not in layers(atlas62)
    assert atlas62("restaurer").exit_code == 0
    assert "mediatheques" in layers(atlas62)
    assert len(atlas62("restaurer", "--liste").stdout.split()) >= 2
    assert atlas62("restaurer", "rien.gpkg").exit_code == 1


@pytest.mark.usefixtures("read_here")
def test_an_import_that_was_stopped_goes_on_where_it_was(atlas62, places, monkeypatch):
    monkeypatch.setattr(job, "CHUNK", 1)
    asked = []

    def stop_at_the_third(chunk, column, geocoder):
        asked.extend(chunk[column])
        if len(asked) == 3:
            raise KeyboardInterrupt
        return job_geocode(chunk, column, geocoder)

    job_geocode = job.geocode_frame
    monkeypatch.setattr(job, "geocode_frame", stop_at_the_third)
    assert atlas62("importer", str(places)).exit_code == 1
    assert layers(atlas62).get("mediatheques") is None
    assert atlas62("importer", str(places)).exit_code == 0
    assert len(asked) == len(set(asked)) + 1
    assert layers(atlas62)["mediatheques"]["rows"] == 3


@pytest.mark.usefixtures("read_here")
def test_a_name_of_ours_is_not_taken(atlas62, places):
    refused = atlas62("importer", str(places), "--identifiant", "colleges")
    assert refused.exit_code == 1
    assert "couche d’Atlas 62" in refused.stderr
    titled = json.loads(atlas62("importer", str(places), "--titre", "Collèges", "--json").stdout)
    assert titled["layer"] == "colleges_2"


@pytest.mark.parametrize("content", [b"", b"%PDF", b"nom;valeur\na;1\n"])
def test_what_cannot_become_a_layer_is_said(atlas62, tmp_path, content):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    result = atlas62("importer", str(path))
    assert result.exit_code == 1
    assert result.stderr.count("\n") <= 2
    assert atlas62("importer", str(tmp_path / "absent.csv")).exit_code == 1
