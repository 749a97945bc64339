"""The table holds the map's values, one row for each perimeter, or the operations that are kept."""

import pytest

from app.explore.operation_table import span_parts
from app.explore.table import table_rows
from app.view.operation_choice import OperationChoice
from app.view.operation_filter import calendar_years
from app.view.state import TableRows, ViewState
from geo.perimeter import Level
from layers.french.semester import Semester
from layers.indicators.counted import INDICATORS
from layers.indicators.people import people_indicators
from layers.operation.calendar import read_spans
from tests.known_totals import ALL_COMMUNES, FIT


@pytest.mark.parametrize(
    ("level", "count"), [(Level.EPCI, 20), (Level.COMMUNE, ALL_COMMUNES), (Level.TERRITORY, 7)]
)
def test_every_perimeter_has_a_row_and_every_indicator_a_column(atlas, level, count):
    columns, rows, failures = table_rows(atlas, ViewState(level=level))
    assert len(rows) == count
    assert failures == []
    people = {one.id for one in people_indicators(atlas.catalogue) if level in one.levels}
    assert len(people) == (11 if level is Level.COMMUNE else 9)
    assert {column["field"] for column in columns} == {"name", *people, *(i.id for i in INDICATORS)}


def test_amounts_add_up_and_unknown_is_empty(atlas):
    _, rows, _ = table_rows(atlas, ViewState())
    amounts = [row["fit"] for row in rows]
    assert sum(amount for amount in amounts if amount is not None) == float(FIT) - 660_836
    assert None in amounts


def test_a_cell_without_a_number_has_the_sign_of_its_state(atlas):
    _, rows, _ = table_rows(atlas, ViewState())
    said = {row["code"]: row.get("fit_dit") for row in rows}
    assert said["200069037"] == "partiel\u00a0: 660\u202f836"
    assert said["200033579"] == "n.\u00a0d."
    assert said["200090751"] is None
    view = ViewState(indicator="eleves_par_college", level=Level.COMMUNE)
    _, rows, _ = table_rows(atlas, view)
    labourse = next(row for row in rows if row["code"] == "62480")
    assert labourse["eleves_par_college_dit"] == "s.\u00a0o."


def test_the_indicator_of_the_map_is_the_first_column(atlas):
    view = ViewState(indicator="chiffre_rsa_foyers", level=Level.MDS)
    columns, rows, _ = table_rows(atlas, view)
    assert [column["field"] for column in columns][:3] == ["name", "chiffre_rsa_foyers", "fit"]
    assert {row["code"]: row["chiffre_rsa_foyers"] for row in rows}["artois"] == 9278


def test_operations_are_rows_too_those_that_are_kept(atlas):
    _, rows, _ = table_rows(atlas, ViewState(table=TableRows.OPERATIONS))
    assert sum(row["fit"] for row in rows) == FIT
    chosen = OperationChoice(period=(Semester(2025, 1), Semester(2026, 2)))
    view = ViewState(table=TableRows.OPERATIONS, operations=chosen)
    _, rows, _ = table_rows(atlas, view)
    assert [row["code"] for row in rows] == ["2023-534-grand-calais-1"]
    assert (rows[0]["begin_text"], rows[0]["end_text"]) == ("09/2024", "2e semestre 2026")


def test_a_bar_is_full_only_where_every_reading_of_the_dates_agrees(atlas):
    """Noeux-les-Mines: second half of 2023 to second half of 2024, nothing more exact."""
    spans = read_spans(atlas.catalogue)
    axis = calendar_years(spans)
    assert (axis[0], axis[-1]) == (Semester(2020, 1), Semester(2026, 2))
    (_, start, length), (kind, sure_start, sure_length) = span_parts(
        spans["2023-534-bethune-bruay-1"], axis
    )
    assert kind == "sure"
    assert start < sure_start
    assert sure_start + sure_length < start + length
