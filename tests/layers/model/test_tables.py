"""Reading a CSV file: lines are known, damage is told in one French sentence."""

import pytest

from layers.model.schema import LayerError
from layers.model.tables import read_text


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
        (b"a,b\n1,2\n3\n", "ligne 3, trouvé 1 colonnes, attendu : 2"),
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
