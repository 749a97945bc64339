import pytest

from app.exports.formats import WRITERS
from layers.catalogue.layers import LAYERS


@pytest.fixture(autouse=True)
def fixed_time(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.mark.parametrize("file_format", list(WRITERS))
@pytest.mark.parametrize("layer_id", ["communes", "operations", "colleges"])
def test_the_file_is_what_the_writer_makes(atlas62, catalogue, tmp_path, layer_id, file_format):
    path = tmp_path / f"{layer_id}.{file_format}"
    result = atlas62("export", "couche", layer_id, "--format", file_format, "--sortie", str(path))
    assert result.exit_code == 0
    layer, rows = catalogue.layer(layer_id), catalogue.load(layer_id)
    assert path.read_bytes() == WRITERS[file_format](layer, rows)
    for source in layer.sources:
        assert source.licence in result.stdout


def test_an_unknown_layer_is_told_with_those_there_are(atlas62, tmp_path):
    path = tmp_path / "a.csv"
    result = atlas62("export", "couche", "piscines", "--format", "csv", "--sortie", str(path))
    assert result.exit_code == 1
    assert "piscines" in result.stderr
    assert all(layer.id in result.stderr for layer in LAYERS)
    assert not path.exists()


def test_a_file_that_stands_is_kept_until_told_otherwise(atlas62, tmp_path):
    path = tmp_path / "qpv.csv"
    path.write_bytes(b"avant")
    words = ("export", "couche", "qpv", "--format", "csv", "--sortie", str(path))
    result = atlas62(*words)
    assert result.exit_code == 1
    assert "--remplacer" in result.stderr
    assert path.read_bytes() == b"avant"
    assert atlas62(*words, "--remplacer").exit_code == 0
    assert path.read_bytes() != b"avant"


def test_a_missing_folder_is_told(atlas62, tmp_path):
    path = tmp_path / "absent" / "qpv.csv"
    result = atlas62("export", "couche", "qpv", "--format", "csv", "--sortie", str(path))
    assert result.exit_code == 1
    assert "n’existe pas" in result.stderr


def test_a_defect_of_the_program_is_owned_up_to(atlas62, tmp_path, monkeypatch):
    def broken(*_):
        raise RuntimeError("boum")

    monkeypatch.setitem(WRITERS, "csv", broken)
    path = tmp_path / "qpv.csv"
    result = atlas62("export", "couche", "qpv", "--format", "csv", "--sortie", str(path))
    assert result.exit_code == 1
    assert "défaut du programme (RuntimeError : boum)" in result.stderr
    assert not path.exists()


def test_only_what_lies_in_a_perimeter(atlas62, tmp_path):
    path = tmp_path / "colleges.csv"
    words = ("export", "couche", "colleges", "--format", "csv", "--sortie", str(path))
    result = atlas62(*words, "--perimetre", "epci:200090751")
    assert result.exit_code == 0
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert 1 < len(lines) < 158
    assert f"{len(lines) - 1}\u00a0lignes" in result.stdout


def test_a_perimeter_that_does_not_exist_writes_nothing(atlas62, tmp_path):
    path = tmp_path / "a.csv"
    words = ("export", "couche", "qpv", "--format", "csv", "--sortie", str(path))
    result = atlas62(*words, "--perimetre", "epci:1")
    assert result.exit_code == 1
    assert "SIREN" in result.stderr
    assert not path.exists()
