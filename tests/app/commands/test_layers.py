import json
import shutil

import pytest

from app.settings import EMBEDDED_DATA
from layers.catalogue.layers import LAYERS
from layers.figures.layer import figure_layers
from tests.known_totals import ALL_COMMUNES, ROWS

IDS = [layer.id for layer in (*LAYERS, *figure_layers(EMBEDDED_DATA))]


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    """Copy the data, so that a test may damage them."""
    folder = tmp_path / "data"
    shutil.copytree(EMBEDDED_DATA, folder, ignore=shutil.ignore_patterns("build"))
    monkeypatch.setenv("ATLAS62_DATA", str(folder))
    return folder


def test_every_layer_is_listed_with_its_count(atlas62):
    result = atlas62("couches")
    assert result.exit_code == 0
    counts = {
        line.split()[0]: line.split()[1] for line in result.stdout.split("\n\n")[0].splitlines()
    }
    assert list(counts) == IDS
    assert counts["operations"] == "7"
    assert {layer: counts[layer] for layer in ROWS} == {k: str(n) for k, n in ROWS.items()}


def test_every_source_is_named_once_with_its_vintage_and_licence(atlas62, catalogue):
    sources = atlas62("couches").stdout.split("\nSources\n")[1].split("\n\n")[0].splitlines()
    wanted = {source for layer in catalogue.layers.values() for source in layer.sources}
    assert len(sources) == len(wanted)
    for source in wanted:
        assert any(
            all(part in line for part in (source.title, source.vintage, source.licence))
            for line in sources
        )


def test_the_json_output_says_as_much(atlas62):
    records = json.loads(atlas62("couches", "--json").stdout)
    by_id = {record["layer"]: record for record in records}
    assert list(by_id) == IDS
    assert by_id["colleges"]["rows"] == by_id["colleges"]["known_total"] == ROWS["colleges"]
    assert all(record["ok"] and record["sources"] and record["fields"] for record in records)


def test_a_damaged_table_is_told_and_the_other_layers_are_listed(atlas62, own_data):
    table = own_data / "colleges/colleges.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("public", "publique", 1))
    result = atlas62("couches")
    assert result.exit_code == 1
    assert result.stderr.startswith("Erreur\u00a0: Couche « Collèges »")
    assert "illisible" in result.stdout
    assert str(ALL_COMMUNES) in result.stdout


def test_a_missing_table_is_told_with_its_name(atlas62, own_data):
    (own_data / "colleges/colleges.csv").unlink()
    result = atlas62("couches", "--json")
    assert result.exit_code == 1
    assert "colleges.csv" in result.stderr
    colleges = next(r for r in json.loads(result.stdout) if r["layer"] == "colleges")
    assert not colleges["ok"]
    assert colleges["rows"] is None


@pytest.mark.parametrize("damage", [b"", b"\x00" * 40, b"code,name\n62001,Ablain\n"])
def test_a_damaged_reference_is_one_french_sentence(atlas62, own_data, damage):
    (own_data / "communes/communes.csv").write_bytes(damage)
    result = atlas62("couches")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Erreur\u00a0: ")
    assert "communes.csv" in result.stderr


def test_a_data_folder_without_a_reference_is_told(atlas62, tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS62_DATA", str(tmp_path))
    result = atlas62("couches")
    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr


def test_a_wrong_setting_is_told_before_anything_is_read(atlas62, monkeypatch):
    monkeypatch.setenv("ATLAS62_DATA", "/no/such/folder")
    result = atlas62("couches")
    assert result.exit_code == 1
    assert result.stderr == (
        "Erreur\u00a0: Réglage ATLAS62_DATA : trouvé « /no/such/folder », "
        "attendu un dossier qui existe.\n"
    )
