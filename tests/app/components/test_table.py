"""The table holds the map's values, one row for each perimeter."""

import pytest

from app.components.table import table_rows
from geo.perimeter import Level
from layers.indicators import INDICATORS


@pytest.mark.parametrize(
    ("level", "count"), [(Level.EPCI, 20), (Level.COMMUNE, 887), (Level.TERRITORY, 7)]
)
def test_every_perimeter_has_a_row_and_every_indicator_a_column(atlas, level, count):
    columns, rows, failures = table_rows(atlas, level)
    assert len(rows) == count
    assert failures == []
    assert {column["field"] for column in columns} == {"name", *(i.id for i in INDICATORS)}


def test_amounts_add_up_and_unknown_is_empty(atlas):
    _, rows, _ = table_rows(atlas, Level.EPCI)
    amounts = [row["fit"] for row in rows]
    assert sum(amount for amount in amounts if amount is not None) == 1_878_696.00
    assert None in amounts
