"""What is held against what it was: nothing else passes for the same."""

from dataclasses import replace

import pandas as pd
import pytest
from shapely.geometry import Point

from layers.model.schema import LayerError
from layers.store.adoptions import Adoption
from layers.store.comparison import check_same
from tests.layers.store.test_geopackage import described, rows

ADOPTION = Adoption(described(), "aa", "2026-12-01T00:00:00+00:00", 3)


def read_rows():
    """Return rows as a store gives them: every column of dtype object, None where unknown."""
    frame = rows()
    for name in frame.columns.drop("geometry"):
        known = zip(frame[name].tolist(), frame[name].isna(), strict=True)
        cells = [None if missing else value for value, missing in known]
        frame[name] = pd.Series(cells, dtype=object)
    return frame


def with_cell(name, rank, cell):
    def change(frame):
        cells = frame[name].tolist()
        cells[rank] = cell
        return frame.assign(**{name: pd.Series(cells, dtype=object)})

    return change


def test_the_same_is_the_same():
    check_same(ADOPTION, read_rows(), replace(ADOPTION), read_rows())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (with_cell("line", 1, 1), "colonne « line », ligne 2"),
        (with_cell("seats", 1, 1), "colonne « seats », ligne 2"),
        (with_cell("name", 0, "Lieu 0"), "colonne « name », ligne 1"),
        (lambda frame: frame.iloc[:2], "2 lignes relues, attendu 3"),
        (lambda frame: frame.set_crs("EPSG:2154", allow_override=True), "coordonnées EPSG:2154"),
        (
            lambda frame: frame.set_geometry([*frame.geometry[:2], Point(1.85, 50.950000001)]),
            "ligne 3 : géométrie relue différente",
        ),
    ],
)
def test_another_value_type_row_crs_or_shape_is_told(change, words):
    wanted = read_rows()
    found = change(wanted.copy())
    with pytest.raises(LayerError, match=words):
        check_same(ADOPTION, wanted, ADOPTION, found)


@pytest.mark.parametrize("note", [{"source": "bb"}, {"moment": ""}, {"rows": 4}])
def test_another_note_is_told(note):
    with pytest.raises(LayerError, match="ce qui en est noté n’est pas gardé tel quel"):
        check_same(ADOPTION, read_rows(), replace(ADOPTION, **note), read_rows())
