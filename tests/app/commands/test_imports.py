import csv
import json
import sqlite3
from contextlib import closing

import pytest

from app.imports import brought_file as job
from app.imports import geocoded_rows
from app.opening import data
from layers.store.geopackage import GeoPackageStore
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


def stored(tmp_path):
    return [*GeoPackageStore(tmp_path / "magasin" / "atlas62.gpkg").adoptions()]


def stored_names(tmp_path):
    (layer,) = GeoPackageStore(tmp_path / "magasin" / "atlas62.gpkg").layers()
    return layer.load(None, None)["nom"].tolist()


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


@pytest.mark.usefixtures("read_here")
def test_a_trial_shows_the_guess_and_keeps_nothing(atlas62, places):
    record = json.loads(atlas62("importer", str(places), "--essai", "--json").stdout)
    assert {"rows": 4, "imported": 3, "left_out": 1, "adopted": False}.items() <= record.items()
    assert record["precisions"] == {"commune": 3}
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
def test_a_title_that_exists_makes_another_layer_and_both_are_told(atlas62, places, tmp_path):
    assert atlas62("importer", str(places)).exit_code == 0
    again = atlas62("importer", str(places))
    assert again.exit_code == 0
    told = again.stdout.replace("\u00a0", " ")
    assert "dans la couche « mediatheques_2 »" in told
    assert "reste : « Médiathèques » (mediatheques, 3 lignes, adoptée le " in told
    assert stored(tmp_path) == ["mediatheques", "mediatheques_2"]


@pytest.mark.usefixtures("read_here")
def test_a_layer_is_replaced_removed_and_brought_back(atlas62, places, tmp_path):
    assert atlas62("importer", str(places)).exit_code == 0
    named = atlas62("importer", str(places), "--identifiant", "mediatheques")
    assert named.exit_code == 1
    assert "ajoutez --remplacer" in named.stderr
    replaced = atlas62("importer", str(places), "--remplacer", "--titre", "Médiathèques")
    assert "Elle remplace : « Médiathèques » (mediatheques, 3" in replaced.stdout.replace(
        "\u00a0", " "
    )
    assert atlas62("retirer", "mediatheques").exit_code == 0
    assert stored(tmp_path) == []
    restored = atlas62("restaurer")
    assert restored.exit_code == 0
    assert "Reviennent : mediatheques." in restored.stdout.replace("\u00a0", " ")
    assert stored(tmp_path) == ["mediatheques"]
    listed = atlas62("restaurer", "--liste").stdout.replace("\u00a0", " ").splitlines()
    assert len(listed) == 3
    assert all(line.startswith("atlas62-2") and "par une commande" in line for line in listed)
    assert listed[0].endswith(": aucune couche")
    assert atlas62("restaurer", "rien.gpkg").exit_code == 1


@pytest.mark.usefixtures("read_here")
def test_what_changes_is_told_row_by_row_before_a_layer_is_replaced(atlas62, tmp_path):
    path, changes = tmp_path / "lieux.csv", tmp_path / "changements.csv"
    path.write_bytes(b"Nom;lon;lat;Places\nA;2.83;50.43;10\nB;2.77;50.29;20\nC;2.78;50.29;30\n")
    assert atlas62("importer", str(path)).exit_code == 0
    path.write_bytes(b"Nom;lon;lat;Places\nC;2.79;50.29;31,5\nA;2.83;50.43;10\nD;2.80;50.30;5\n")
    tried = atlas62("importer", str(path), "--remplacer", "--essai")
    told = tried.stdout.replace("\u00a0", " ").replace("\u202f", " ")
    assert (
        "Par rapport à la couche remplacée : 1 ligne ajoutée, 1 ligne changée, 1 ligne disparue, "
        "1 ligne inchangée. Lignes retrouvées par la colonne « Nom »." in told
    )
    moved = "position : 50.29000, 2.78000 → 50.29000, 2.79000"
    assert "changée : C (Places : 30 → 31,5 ; " in told
    assert moved in told
    assert stored_names(tmp_path) == ["A", "B", "C"]
    words = ("importer", str(path), "--remplacer", "--json", "--differences", str(changes))
    record = json.loads(atlas62(*words).stdout)
    assert [one["kind"] for one in record["differences"]["differences"]] == [
        "disparue", "changée", "ajoutée",
    ]  # fmt: skip
    assert read(changes)[1]["Valeur après"] == "31,5"
    assert stored_names(tmp_path) == ["C", "A", "D"]
    assert json.loads(atlas62("importer", str(path), "--json").stdout)["differences"] is None


@pytest.mark.usefixtures("read_here")
def test_a_backup_of_the_future_is_named_and_not_taken_by_default(atlas62, places, tmp_path):
    assert atlas62("importer", str(places)).exit_code == 0
    assert atlas62("retirer", "mediatheques").exit_code == 0
    folder = tmp_path / "magasin" / "sauvegardes"
    ahead = "atlas62-2999-01-01T000000.000000Z.gpkg"
    (folder / ahead).write_bytes(next(folder.glob("*.gpkg")).read_bytes())
    restored = atlas62("restaurer").stdout
    assert f"Datées de l’avenir, donc laissées de côté\u00a0: {ahead}" in restored
    assert (folder / ahead).exists()
    assert atlas62("restaurer", ahead).exit_code == 0


@pytest.mark.usefixtures("read_here")
def test_two_imports_of_one_file_at_once_do_not_meet(atlas62, places, tmp_path, monkeypatch):
    folders, read = [], job.FileImport.read

    def import_meanwhile(self, *asked):
        folders.append(self.folder)
        if len(folders) == 1:
            assert atlas62("importer", str(places), "--titre", "Autre").exit_code == 0
        return read(self, *asked)

    monkeypatch.setattr(job.FileImport, "read", import_meanwhile)
    assert atlas62("importer", str(places)).exit_code == 0
    assert len(set(folders)) == 2
    assert stored(tmp_path) == ["autre", "mediatheques"]
    assert not [path for path in (tmp_path / "cache" / "imports").iterdir() if path.is_dir()]


@pytest.mark.usefixtures("read_here")
def test_a_store_that_another_program_holds_is_told_and_left(
    atlas62, places, tmp_path, monkeypatch
):
    monkeypatch.setattr(data, "COMMAND_SECONDS", 2.5)
    assert atlas62("importer", str(places)).exit_code == 0
    store = tmp_path / "magasin" / "atlas62.gpkg"
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        held = atlas62("importer", str(places))
    assert held.exit_code == 1
    waits, refused = held.stderr.replace("\u00a0", " ").splitlines()[-2:]
    assert "un autre programme le tient ; on attend" in waits
    assert refused.endswith("un autre programme le tient ; rien n’est changé.")
    assert stored(tmp_path) == ["mediatheques"]


@pytest.mark.usefixtures("read_here")
def test_an_import_that_was_stopped_goes_on_where_it_was(atlas62, places, monkeypatch):
    monkeypatch.setattr(geocoded_rows, "CHUNK", 1)
    asked = []

    def stop_at_the_third(chunk, column, geocoder):
        asked.extend(chunk[column])
        if len(asked) == 3:
            raise KeyboardInterrupt
        return job_geocode(chunk, column, geocoder)

    job_geocode = geocoded_rows.geocode_frame
    monkeypatch.setattr(geocoded_rows, "geocode_frame", stop_at_the_third)
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
    assert "Traceback" not in result.stderr
    assert result.stderr.rstrip().splitlines()[-1].startswith("Erreur")
    assert result.stderr.count("\n") <= 4, "the columns that the file has, and why it is refused"
    assert atlas62("importer", str(tmp_path / "absent.csv")).exit_code == 1


def test_a_program_is_told_by_the_exit_code_and_by_json_what_became_of_a_file(atlas62, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("objet;quantité\nchaise;1\ntable;2\n", encoding="utf-8")
    refused = atlas62("importer", str(path), "--json")
    assert refused.exit_code == 1
    record = json.loads(refused.stdout)
    assert "Aucune colonne ne dit où sont les lignes" in record["error"]
    assert record["adopted"] is False
    assert [column["name"] for column in record["columns"]] == ["objet", "quantité"]
    assert atlas62("importer", str(path), "--json", "--role", "objet=roi").exit_code == 2
    path.write_text("commune;valeur\nLens;1\nArras;2\nTombouctou;3\n", encoding="utf-8")
    done = atlas62("importer", str(path), "--json", "--essai")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["left_out"] == 1
