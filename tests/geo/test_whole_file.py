import os
from pathlib import Path

import pytest

from geo.whole_file import whole_file, write_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("content", [b"\x00\xff", "Œuf\r\n"])
def test_a_file_is_there_whole_and_alone(tmp_path, content):
    write_whole(tmp_path / "a", content)
    held = (tmp_path / "a").read_bytes()
    assert held == (content if isinstance(content, bytes) else content.encode())
    assert names(tmp_path) == ["a"]


def test_until_all_is_written_readers_see_the_file_of_before(tmp_path):
    path = tmp_path / "a"
    path.write_text("avant")
    with whole_file(path) as part:
        part.write_text("mo")
        assert path.read_text() == "avant"
        part.write_text("moitié")
        assert path.read_text() == "avant"
    assert path.read_text() == "moitié"


def test_an_error_leaves_the_file_of_before_and_nothing_beside(tmp_path):
    path = tmp_path / "a"
    path.write_text("avant")

    def stop_half_way():
        with whole_file(path) as part:
            part.write_text("moitié")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop_half_way()
    assert path.read_text() == "avant"
    assert names(tmp_path) == ["a"]


def test_two_writers_at_once_do_not_meet(tmp_path):
    path = tmp_path / "a"
    with whole_file(path) as one, whole_file(path) as other:
        one.write_text("un")
        other.write_text("deux")
    assert path.read_text() == "un"
    assert names(tmp_path) == ["a"]


def test_the_content_is_on_the_disk_before_the_name_changes_hands(tmp_path, monkeypatch):
    path, synced = tmp_path / "a", []

    def look(handle):
        synced.append((os.fstat(handle).st_size, path.exists()))

    monkeypatch.setattr(os, "fsync", look)
    write_whole(path, b"abc")
    assert synced[0] == (3, False)


@pytest.mark.skipif(os.name == "nt", reason="bits of POSIX")
def test_who_may_read_is_what_the_operator_said(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "a", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_the_longest_name_that_the_disk_takes_can_be_written(tmp_path):
    write_whole(tmp_path / ("a" * 255), b"")
    assert names(tmp_path) == ["a" * 255]
