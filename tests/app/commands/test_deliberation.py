import json
import re
import resource
import shutil
import time

import pytest

from app.imports.sandbox import Bounds
from app.settings import EMBEDDED_DATA
from tests.app.imports import files


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    """Copy the contracts, so that a test may add to them."""
    folder = tmp_path / "data"
    for name in ("communes", "contracts"):
        shutil.copytree(EMBEDDED_DATA / name, folder / name)
    monkeypatch.setenv("ATLAS62_DATA", str(folder))
    return folder


@pytest.fixture
def vote(tmp_path):
    """A made-up deliberation without operations."""
    path = tmp_path / "vote.txt"
    path.write_text(
        """DELIBERATION DU CONSEIL DEPARTEMENTAL

REUNION DU 8 MARS 2027

CADRE DE LA PROCHAINE DÉMARCHE

(N°2027-12)

Après en avoir délibéré,

DECIDE :

Article unique :

D’acter le renouvellement de la démarche.

Pour : 70 voix
Contre : 0 voix
Abstention : 2 voix
""",
        encoding="utf-8",
    )
    return path


def test_reading_writes_a_draft_and_an_account(atlas62, vote, tmp_path):
    result = atlas62("lire", str(vote), "--sortie", str(tmp_path / "brouillon"))
    assert result.exit_code == 0
    assert "2027-12 du 8 mars 2027" in result.stdout
    record = json.loads((tmp_path / "brouillon/deliberation.json").read_text(encoding="utf-8"))
    assert record["deliberation"]["votes"]["abstention"] == 2
    assert (tmp_path / "brouillon/deliberation.yaml").exists()
    assert "## Rapprochements" in (tmp_path / "brouillon/rapport.md").read_text(encoding="utf-8")


def test_a_document_that_is_no_deliberation_is_said(atlas62, tmp_path):
    (tmp_path / "lettre.txt").write_text("Cher ami,\n\nIl fait beau.\n", encoding="utf-8")
    result = atlas62("lire", str(tmp_path / "lettre.txt"), "--sortie", str(tmp_path))
    assert result.exit_code == 0
    assert "n’est pas une délibération" in result.stdout
    assert "n’est pas une délibération" in result.stderr
    refused = atlas62("adopter", str(tmp_path / "deliberation.yaml"))
    assert refused.exit_code == 1
    assert "rien à adopter" in refused.stderr


@pytest.mark.parametrize("words", [("lire", "absent.txt", "--sortie", "x"), ("adopter", "absent")])
def test_a_missing_file_is_one_sentence_and_code_1(atlas62, words):
    result = atlas62(*words)
    assert result.exit_code == 1
    assert "absent" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_adopting_twice_and_then_otherwise(atlas62, own_data, vote, tmp_path):
    draft = tmp_path / "deliberation.yaml"
    assert atlas62("lire", str(vote), "--sortie", str(tmp_path)).exit_code == 0
    first = atlas62("adopter", str(draft), "--par", "La relectrice")
    assert (first.exit_code, "adoptée" in first.stdout) == (0, True)
    assert (own_data / "contracts/deliberations/2027-12.yaml").exists()
    journal = own_data / "contracts/deliberations/journal.csv"
    assert journal.read_text(encoding="utf-8").splitlines()[-1].split(",")[1] == "La relectrice"
    again = atlas62("adopter", str(draft))
    assert (again.exit_code, "déjà adoptée" in again.stdout) == (0, True)
    draft.write_text(
        draft.read_text(encoding="utf-8").replace("pour: 70", "pour: 71"), encoding="utf-8"
    )
    other = atlas62("adopter", str(draft))
    assert other.exit_code == 1
    assert "deliberation.votes.pour : adopté « 70 », nouveau « 71 »" in other.stderr


@pytest.mark.parametrize("command", ["lire", "adopter"])
def test_help_is_in_french(atlas62, command):
    result = atlas62(command, "--help")
    assert result.exit_code == 0
    assert "brouillon" in result.stdout.lower()


ITSELF = files.page_of_drawings((b"/X 5 0 R", b"/X Do /X Do"))
"""A drawing that draws itself twice: some 500 bytes, gigabytes of memory."""
TENFOLD = files.page_of_drawings(
    *((b"/X %d 0 R" % (6 + rank), b"/X Do " * 10) for rank in range(12)), (b"", b"")
)
"""Each drawing draws the next one ten times."""


@pytest.mark.parametrize("content", [ITSELF, TENFOLD])
def test_a_pdf_that_would_fill_memory_or_time_is_refused(atlas62, tmp_path, monkeypatch, content):
    assert len(content) < 3_000
    monkeypatch.setattr("app.imports.act.ACT", Bounds(seconds=3, memory=1 << 30))
    (tmp_path / "piège.pdf").write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    begun = time.monotonic()
    result = atlas62("lire", str(tmp_path / "piège.pdf"), "--sortie", str(tmp_path / "brouillon"))
    assert result.exit_code == 1
    assert re.search(r"Fichier « piège\.pdf » : lecture (impossible|abandonnée)", told(result))
    assert time.monotonic() - begun < 30
    assert max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) < 1 << 20  # in kB
    assert not (tmp_path / "brouillon").exists()


def told(result):
    return result.stderr.replace("\u00a0", " ").replace("\u202f", " ")
