import shutil

import orjson
import pytest

from app.settings import EMBEDDED_DATA
from layers.reconciliation.checks import CHECKS


@pytest.fixture
def spoilt_data(tmp_path, monkeypatch):
    """A copy of the data in which the plan of the swimming pool has one euro more."""
    folder = tmp_path / "data"
    shutil.copytree(EMBEDDED_DATA, folder, ignore=shutil.ignore_patterns("*.parquet", "*.md"))
    plans = folder / "contracts/financing.csv"
    text = plans.read_text(encoding="utf-8").replace("6541000.00", "6541001.00")
    plans.write_text(text, encoding="utf-8")
    monkeypatch.setenv("ATLAS62_DATA", str(folder))
    return folder


def test_the_data_are_verified(atlas62):
    result = atlas62("verifier")
    assert result.exit_code == 0
    assert "0\u00a0écart nouveau" in result.stdout
    assert all(check.title in result.stdout for check in CHECKS)
    assert (
        "imprimé : 481\u202f374,20\u00a0€ ; calculé : 481\u202f374,00\u00a0€ ; écart : +0,20\u00a0€"
    ) in result.stdout
    assert "ligne 9472 : « TOTAL 481 374,20 € TOTAL 481 374,20 € »" in result.stdout


def test_a_program_reads_the_same(atlas62):
    result = atlas62("verifier", "--json")
    record = orjson.loads(result.stdout)
    assert result.exit_code == 0
    assert record["ok"]
    assert sum(record["totaux"].values()) == len(record["constats"])
    (cents,) = [c for c in record["constats"] if c["id"] == "recettes.2023-534-fauquembergues-1"]
    assert (cents["imprime"], cents["calcule"], cents["ecart"]) == (
        "481374.20",
        "481374.00",
        "0.20",
    )
    assert (cents["document"], cents["ligne"], cents["statut"]) == (
        "cd62-2023-534",
        9472,
        "connu",
    )


@pytest.mark.usefixtures("spoilt_data")
def test_a_new_discrepancy_is_told_and_gives_1(atlas62):
    result = atlas62("verifier")
    assert result.exit_code == 1
    assert "écart nouveau [depenses.2023-534-grand-calais-1]" in result.stdout
    assert "écart nouveau [lecture-plans.2023-534-grand-calais-1.depense.1]" in result.stdout
    assert "3\u00a0écarts nouveaux" in result.stdout


def test_a_damaged_table_is_one_sentence(atlas62, spoilt_data):
    (spoilt_data / "contracts/budget.csv").write_text("code\n", encoding="utf-8")
    result = atlas62("verifier")
    assert result.exit_code == 1
    assert "contracts/budget.csv : colonne « label » absente" in result.stderr
