import pytest

from app.commands.scdl import INCOMPLETE
from app.exports.grant import Grant

OPERATION = "2023-534-aire-sur-la-lys-1"


@pytest.fixture
def complements(tmp_path):
    """One invented convention: the SIRET is of no register."""
    path = tmp_path / "inventés.csv"
    path.write_text(
        "operation,dateConvention,idBeneficiaire,datesPeriodeVersement,notificationUE\n"
        f"{OPERATION},2024-01-15,99999999800001,2024-02-01/2025-12-31,non\n",
        encoding="utf-8",
    )
    return path


def test_an_incomplete_file_is_written_and_says_so(atlas62, tmp_path):
    path, report = tmp_path / "subventions.csv", tmp_path / "rapport.txt"
    result = atlas62("export", "subventions", "--sortie", str(path), "--rapport", str(report))
    assert result.exit_code == INCOMPLETE
    assert path.read_text(encoding="utf-8") == ",".join(Grant.columns()) + "\n"
    assert report.read_text(encoding="utf-8") == result.stderr
    assert "7 hors du fichier" in result.stderr
    assert result.stderr.count("dateConvention : manque") == 7
    assert f"{OPERATION} : Renaturation urbaine" in result.stderr


def test_a_complemented_grant_is_written(atlas62, tmp_path, complements):
    path = tmp_path / "subventions.csv"
    words = ("export", "subventions", "--sortie", str(path), "--complements", str(complements))
    result = atlas62(*words)
    assert result.exit_code == INCOMPLETE
    _, row = path.read_text(encoding="utf-8").splitlines()
    assert "2024-01-15" in row
    assert ",460836.00,aide en numéraire,échelonné," in row
    assert OPERATION not in result.stderr
    again = atlas62(*words)
    assert (again.exit_code, "--remplacer" in again.stderr) == (1, True)


def test_a_wrong_complement_is_quoted(atlas62, tmp_path, complements):
    text = complements.read_text(encoding="utf-8").replace("2024-01-15", "15/01/2024")
    complements.write_text(text, encoding="utf-8")
    words = ("--sortie", str(tmp_path / "s.csv"), "--complements", str(complements))
    result = atlas62("export", "subventions", *words)
    assert "dateConvention : trouvé « 15/01/2024 »" in result.stderr


def test_an_unknown_operation_writes_nothing(atlas62, tmp_path, complements):
    text = complements.read_text(encoding="utf-8").replace(OPERATION, "2023-534-lens-1")
    complements.write_text(text, encoding="utf-8")
    path = tmp_path / "s.csv"
    words = ("--sortie", str(path), "--complements", str(complements))
    result = atlas62("export", "subventions", *words)
    assert result.exit_code == 1
    assert "ligne 2, opération « 2023-534-lens-1 » inconnue" in result.stderr
    assert not path.exists()


def test_votes_are_written_and_what_is_missing_is_told(atlas62, tmp_path):
    path, matters = tmp_path / "votes.csv", tmp_path / "m.csv"
    words = ("export", "deliberations", "--sortie", str(path))
    result = atlas62(*words)
    assert result.exit_code == INCOMPLETE
    assert path.read_text(encoding="utf-8").startswith("COLL_NOM,COLL_SIRET,DELIB_ID,")
    assert "Délibération 2024-90 : manque DELIB_MATIERE_CODE" in result.stderr

    lines = [f"{number},8.4,inventé" for number in ("2023-534", "2022-317", "2024-90")]
    matters.write_text("\n".join(["numero,code,matiere", *lines]), encoding="utf-8")
    assert atlas62(*words, "--matieres", str(matters)).exit_code == 1  # the file is there already
    result = atlas62(*words, "--matieres", str(matters), "--remplacer")
    assert result.exit_code == 0
    assert path.read_text(encoding="utf-8").count(",8.4,inventé,") == 3
