"""Saved sessions that a stranger wrote: what they claim costs the server nothing."""

import json
import tracemalloc
import zipfile
from io import BytesIO

import pytest

from app.data.saved_session import open_saved
from app.imports.limits import BroughtFileError

MANIFEST = "atlas62-session.json"
MOST = 60_000_000
"""Bytes of memory."""


def cost(path):
    """Return the sentence with which a session is refused, and the most memory that it took."""
    tracemalloc.start()
    try:
        with pytest.raises(BroughtFileError) as refused:
            open_saved(path)
        return str(refused.value), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def written(path, manifest):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, manifest)
    return path


@pytest.mark.parametrize("value", ["{}", "[]", "1000.5", '{"a":[]}', '"é1"'])
def test_a_description_of_endless_small_things_is_refused_before_they_are_made(tmp_path, value):
    endless = "[" + f"{value}," * (19_000_000 // (len(value.encode()) + 1)) + "0]"
    path = written(tmp_path / "session.zip", endless)
    assert path.stat().st_size < 200_000
    sentence, most = cost(path)
    assert sentence.startswith("Session : description trop longue")
    assert most < MOST


def test_an_archive_of_endless_members_is_refused_before_they_are_listed(tmp_path):
    path = tmp_path / "session.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(40_000):
            archive.writestr(zipfile.ZipInfo(f"{number}"), b"")
        archive.writestr(MANIFEST, "{}")
    sentence, most = cost(path)
    assert sentence.startswith("Session : ")
    assert most < 5_000_000


def test_a_session_with_many_edits_is_read(tmp_path):
    edits = [{"row": number, "column": "nom", "value": "a, b, c"} for number in range(2000)]
    record = {"file": "01/origine", "name": "../liste.csv", "part": "", "heading": None,
              "choice": None, "edits": edits}  # fmt: skip
    path = tmp_path / "session.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("01/origine", b"commune\nArras\n")
        archive.writestr(MANIFEST, json.dumps({"version": 1, "files": [record] * 20}))
    archive, files = open_saved(path)
    archive.close()
    assert [one.name for one in files] == ["liste.csv"] * 20
    assert len(files[0].edits) == 2000


def test_a_session_may_be_as_large_as_a_file(client):
    sent = {"session": (BytesIO(b"0" * 200_000), "session.zip")}
    answer = client.post("/donnees/session", data=sent)
    assert answer.status_code == 422
    assert "attendu un fichier ZIP" in answer.text
