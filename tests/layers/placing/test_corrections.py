"""A correction is a line of a table; an impossible one is refused in a sentence."""

import csv
from dataclasses import replace

import pytest

from layers.model.schema import LayerError
from layers.placing.corrections import Correction, read_corrections, write_correction

LENS = Correction(
    "hopitaux", "620100685", "Hôpital", 2.8265, 50.4317, "62498", "site", "Mairie de Lens",
    "Vu sur place", "2026-01-05",
)  # fmt: skip


def test_what_is_written_is_read_and_the_last_line_holds(reference, tmp_path):
    write_correction(LENS, tmp_path, reference)
    write_correction(replace(LENS, precision="address"), tmp_path, reference)
    write_correction(replace(LENS, key="autre"), tmp_path, reference)
    found = read_corrections(tmp_path)
    assert len(found) == 2
    assert found["hopitaux", "620100685"] == replace(LENS, precision="address")


def test_a_table_without_a_last_line_end_loses_nothing(reference, tmp_path):
    write_correction(LENS, tmp_path, reference)
    path = tmp_path / "positions.csv"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    write_correction(replace(LENS, key="autre"), tmp_path, reference)
    assert len(read_corrections(tmp_path)) == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"longitude": 50.43, "latitude": 2.83}, "longitude puis latitude"),
        ({"longitude": 1e9}, "longitude puis latitude"),
        ({"longitude": float("nan")}, "longitude puis latitude"),
        ({"commune_code": "59350"}, "59350"),
        ({"precision": "epci"}, "epci"),
        ({"reason": "  "}, "pourquoi"),
        ({"said_by": "a\nb"}, "qui le dit"),
        ({"reason": "x" * 301}, "301 caractères"),
    ],
)
def test_impossible_correction_is_refused(reference, tmp_path, changes, said):
    with pytest.raises(LayerError, match=said):
        write_correction(replace(LENS, **changes), tmp_path, reference)
    assert not (tmp_path / "positions.csv").exists()


def test_no_formula_goes_in(reference, tmp_path):
    write_correction(replace(LENS, reason="=cmd()", longitude=2.8265), tmp_path, reference)
    with (tmp_path / "positions.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["reason"] == "'=cmd()"
    assert row["longitude"] == "2.8265"


def test_a_folder_closed_to_writing_is_said(reference, tmp_path):
    (tmp_path / "positions.csv").mkdir()
    with pytest.raises(LayerError, match="écriture impossible"):
        write_correction(LENS, tmp_path, reference)
