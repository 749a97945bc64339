"""Reading a CSV file: lines are known, damage is told in one French sentence."""

import os
import time

import pytest

from layers.model.schema import Field, LayerError
from layers.model.tables import Table, read_text


def test_rows_know_their_line_even_after_a_cell_of_two_lines(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('a,b\n1,"deux\nlignes"\n2,x\n', encoding="utf-8")
    assert read_text(path).index.tolist() == [3, 4]


def test_hostile_cells_stay_what_they_are(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n=cmd(),<script>alert(1)</script>\nNA,null\n", encoding="utf-8")
    assert read_text(path).to_numpy().tolist() == [
        ["=cmd()", "<script>alert(1)</script>"],
        ["NA", "null"],
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ligne 1, en-tête vide"),
        (b"a,a\n1,2\n", "en-tête vide, répété"),
        (b"a,b\n1,2\n3\n", "ligne 3, trouvé 1\u00a0colonne, attendu : 2"),
        (b"a,b\n\xff\xfe,2\n", "octet 4 illisible, UTF-8 attendu"),
        (b'a,b\n"1,2\n', "illisible ou endommagé"),
    ],
)
def test_damage_is_told(tmp_path, content, words):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(LayerError, match=words):
        read_text(path)


def test_a_missing_file_is_told_without_its_machine_path(tmp_path):
    with pytest.raises(LayerError) as refusal:
        read_text(tmp_path / "absent.csv")
    assert "absent.csv : fichier absent" in str(refusal.value)
    assert str(tmp_path.parent) not in str(refusal.value)


NAMES = Table("t.csv", (Field("name", "Nom", "Un nom."), Field("size", "Taille", "Une.", "int")))


@pytest.fixture
def settled(tmp_path):
    """Write a file whose last change lies some seconds back."""

    def write(text, ago=60.0):
        path = tmp_path / "t.csv"
        path.write_text(text, encoding="utf-8")
        then = time.time() - ago
        os.utime(path, (then, then))

    return write


def test_a_table_is_read_anew_when_its_file_has_changed(settled, tmp_path):
    settled("name,size\na,1\n")
    assert NAMES.read(tmp_path)["size"].tolist() == [1]
    settled("name,size\na,2\n", ago=30)
    assert NAMES.read(tmp_path)["size"].tolist() == [2]
    assert NAMES.texts(tmp_path)["size"].tolist() == ["2"]


def test_a_file_that_is_being_changed_is_read_each_time(settled, tmp_path):
    moment = time.time()
    for size in (1, 2):
        settled(f"name,size\na,{size}\n", ago=0)
        os.utime(tmp_path / "t.csv", (moment, moment))  # two changes in one tick of the clock
        assert NAMES.read(tmp_path)["size"].tolist() == [size]


def test_rows_that_a_reader_changes_are_whole_for_the_next(settled, tmp_path):
    settled("name,size\na,1\n")
    for read in (NAMES.read, NAMES.texts):
        rows = read(tmp_path)
        rows["name"] = "autre"
        assert read(tmp_path)["name"].tolist() == ["a"]


def test_a_file_that_goes_is_missed_though_its_rows_were_read(settled, tmp_path):
    settled("name,size\na,1\n")
    NAMES.read(tmp_path)
    (tmp_path / "t.csv").unlink()
    with pytest.raises(LayerError, match="absent"):
        NAMES.read(tmp_path)
