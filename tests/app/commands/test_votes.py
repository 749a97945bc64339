"""``atlas62 actualiser deliberations``: new votes wait as drafts, each read once, none adopted."""

import hashlib
import shutil

import pytest

from app.imports.limits import BroughtFileError
from app.settings import EMBEDDED_DATA
from layers.deliberation.draft.error import DeliberationError
from layers.deliberation.reader import read_file
from tests.layers.connectors.official_server import Answer, OfficialServer

ACT = """DELIBERATION DU CONSEIL DEPARTEMENTAL

REUNION DU {day} 2027

CADRE DE LA PROCHAINE DÉMARCHE

(N°2027-{number})

Après en avoir délibéré,

DECIDE :

Article unique :

D’acter le renouvellement de la démarche.

Pour : 70 voix
Contre : 0 voix
Abstention : 2 voix
"""
MARCH = ACT.format(day="8 MARS", number=12)
MAY = ACT.format(day="10 MAI", number=40)


@pytest.fixture
def sources(monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS62_STORE", str(tmp_path / "magasin" / "atlas62.gpkg"))
    monkeypatch.setattr("app.commands.votes.read_act", read_here)
    return tmp_path / "magasin" / "sources" / "deliberations"


def read_here(path):
    """Read without the process apart, which has tests of its own and takes seconds."""
    try:
        return read_file(path)
    except DeliberationError as error:
        raise BroughtFileError(str(error)) from error


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "parus"
    folder.mkdir()
    (folder / "mars.txt").write_text(MARCH, "utf-8")
    return folder


def drafts(sources):
    return sorted(path.name for path in (sources / "brouillons").glob("*"))


def test_each_document_of_a_folder_is_read_once_and_waits(atlas62, sources, folder):
    first = atlas62("actualiser", "deliberations", "--dossier", str(folder))
    assert first.exit_code == 0, first.output
    assert "n°\N{NO-BREAK SPACE}2027-12 du 8 mars 2027" in first.stdout
    assert len(drafts(sources)) == 1
    assert (sources / "brouillons" / drafts(sources)[0] / "deliberation.yaml").is_file()
    (folder / "mai.txt").write_text(MAY, "utf-8")
    (folder / "copie.txt").write_text(MARCH, "utf-8")
    second = atlas62("actualiser", "deliberations")  # where it looks is remembered
    assert "2027-40" in second.stdout
    assert "2027-12" not in second.stdout
    assert "2\N{NO-BREAK SPACE}brouillons à relire" in second.stdout
    assert len(drafts(sources)) == 2
    assert "2\N{NO-BREAK SPACE}brouillons" in atlas62("actualiser").stdout
    shutil.rmtree(sources / "brouillons" / drafts(sources)[0])
    assert "1\N{NO-BREAK SPACE}brouillon à relire" in atlas62("actualiser").stdout


def test_older_votes_and_other_papers_make_no_draft(atlas62, sources, folder):
    (folder / "mai.txt").write_text(MAY, "utf-8")
    (folder / "note.txt").write_text("Compte rendu de la réunion du personnel.", "utf-8")
    (folder / "abime.pdf").write_bytes(b"%PDF-1.7 rien")
    result = atlas62(
        "actualiser", "deliberations", "--dossier", str(folder), "--depuis", "2027-04-01"
    )
    assert result.exit_code == 0, result.output
    assert "abime.pdf : illisible" in result.stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert "laissée de côté" in result.stdout
    assert [name[:10] for name in drafts(sources)] == ["2027-05-10"]
    again = atlas62("actualiser", "deliberations")
    assert "0\N{NO-BREAK SPACE}document nouveau" in again.stdout


def test_what_was_adopted_is_not_read_again(atlas62, sources, folder, monkeypatch, tmp_path):
    data = tmp_path / "data"
    for name in ("communes", "contracts"):
        shutil.copytree(EMBEDDED_DATA / name, data / name)
    monkeypatch.setenv("ATLAS62_DATA", str(data))
    journal = data / "contracts" / "deliberations" / "journal.csv"
    digest = hashlib.sha256(MARCH.encode()).hexdigest()
    line = f"2027-03-09T00:00:00+00:00,Nous,deliberation.yaml,mars.txt,{digest},2027-12\n"
    journal.write_text(journal.read_text("utf-8") + line, "utf-8")
    result = atlas62("actualiser", "deliberations", "--dossier", str(folder))
    assert "0\N{NO-BREAK SPACE}document nouveau" in result.stdout
    assert drafts(sources) == []


def test_documents_of_a_page_come_from_its_own_server_alone_and_once(atlas62, sources):
    page = (
        b'<a href="/actes/mars.txt#p1">mars</a> <a href="http://192.0.2.1/x.pdf">ailleurs</a>'
        b'<a href="/accueil">accueil</a> <a href="../../etc/passwd">non</a>'
    )
    server = OfficialServer({"/votes": [Answer(page)], "/actes/mars.txt": [Answer(MARCH.encode())]})
    try:
        result = atlas62("actualiser", "deliberations", "--adresse", f"{server.origin}/votes")
        assert result.exit_code == 0, result.output
        assert len(drafts(sources)) == 1
        assert atlas62("actualiser", "deliberations").exit_code == 0
        assert [path for path, _ in server.asked] == ["/votes", "/actes/mars.txt", "/votes"]
        server.answers["/votes"] = [Answer(b"<html>Maintenance</html>")]
        result = atlas62("actualiser", "deliberations")
        assert result.exit_code == 1
        assert "aucun document" in result.stderr
    finally:
        server.close()


def test_where_to_look_must_be_said_once(atlas62, sources):
    assert atlas62("actualiser", "deliberations").exit_code == 2
    result = atlas62("actualiser", "deliberations", "--adresse", "file:///etc/passwd")
    assert result.exit_code == 2
    assert not sources.exists()
