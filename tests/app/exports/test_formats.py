import errno
from pathlib import Path

import pytest

from app.exports.formats import SaveError, save


def test_a_file_is_written_whole_and_alone(tmp_path):
    save(b"contenu", tmp_path / "a.csv", replace=False)
    assert (tmp_path / "a.csv").read_bytes() == b"contenu"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_that_stands_is_kept_unless_told_otherwise(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"avant")
    with pytest.raises(SaveError, match="existe déjà ; ajoutez --remplacer"):
        save(b"neuf", path, replace=False)
    assert path.read_bytes() == b"avant"
    save(b"neuf", path, replace=True)
    assert path.read_bytes() == b"neuf"


def test_a_full_disk_leaves_the_former_file_and_no_half_one(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_bytes(b"avant")

    def half(self, content):
        with Path.open(self, "wb") as file:
            file.write(content[:2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(SaveError, match="n’a pas été écrit : disque plein"):
        save(b"neuf", path, replace=True)
    assert path.read_bytes() == b"avant"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(SaveError, match="absent » n’existe pas"):
        save(b"", tmp_path / "absent" / "a.csv", replace=False)


def test_a_folder_is_not_a_file(tmp_path):
    with pytest.raises(SaveError, match="est un dossier"):
        save(b"", tmp_path, replace=True)
