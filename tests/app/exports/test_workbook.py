import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import geopandas as gpd
import hypothesis.strategies as st
import pytest
from hypothesis import given
from openpyxl import load_workbook
from openpyxl.xml.functions import register_namespace
from shapely.geometry import Point

from app.exports.workbook import COLUMNS_SHEET, SOURCES_SHEET, to_xlsx
from layers.communes import COMMUNES
from layers.model.schema import Field
from tests.known_totals import FIT

FORMULAS = ["=1+1", '=HYPERLINK("http://x")', "+33 3", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1"]


def read_back(layer, rows):
    return load_workbook(io.BytesIO(to_xlsx(layer, rows)))


def one_row(title="Couche", **cells):
    fields = tuple(
        Field(name, name, name, dtype=dtype, nullable=True) for name, (dtype, _) in cells.items()
    )
    layer = replace(COMMUNES, title=title, key=fields[0].name, fields=fields)
    values = {name: [value] for name, (_, value) in cells.items()}
    return layer, gpd.GeoDataFrame(values, geometry=[Point(2, 50)], crs="EPSG:4326")


def letters(text):
    return [character for character in text if character.isprintable() and character != " "]


def test_every_operation_is_there_and_its_amounts_are_numbers_to_the_cent(catalogue):
    layer, rows = catalogue.layer("operations"), catalogue.load("operations")
    sheet = read_back(layer, rows).worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    column = [row[headings.index("FIT (€)")] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in column} == {"n"}
    assert "€" in column[0].number_format
    assert sum(Decimal(str(cell.value)) for cell in column) == FIT


def test_the_heading_stays_in_sight_and_filters(catalogue):
    sheet = read_back(catalogue.layer("colleges"), catalogue.load("colleges")).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.endswith("158")
    assert sheet.title == "Collèges"


@pytest.mark.parametrize("layer_id", ["communes", "qpv", "gares", "contrats"])
def test_the_sources_and_the_meaning_of_columns_have_their_sheets(catalogue, layer_id):
    layer = catalogue.layer(layer_id)
    book = read_back(layer, catalogue.load(layer_id))
    told = list(book[SOURCES_SHEET].iter_rows(min_row=2, values_only=True))
    for number, source in enumerate(layer.sources):
        assert told[number][:4] == (source.producer, source.title, source.vintage, source.licence)
    meanings = [row[-1] for row in book[COLUMNS_SHEET].iter_rows(min_row=2, values_only=True)]
    assert meanings == [field.meaning for field in layer.fields if field.shown]


def test_each_type_is_the_one_that_excel_has():
    layer, rows = one_row(
        code=("text", "01234"),
        unknown=("float", None),
        rate=("float", -0.1),
        count=("int", -3),
        amount=("money", Decimal("-1045158.41")),
        known=("bool", True),
        month=("date", "2023-12"),
        day=("date", "2023-12-04"),
        axes=("list", ("Mobilité", "Santé")),
    )
    (_, cells) = read_back(layer, rows).worksheets[0].iter_rows()
    values = [cell.value for cell in cells]
    assert values.pop(7).date() == date(2023, 12, 4)
    assert values == [
        "01234", None, -0.1, -3, -1045158.41, True, "2023-12", "Mobilité | Santé",
    ]  # fmt: skip
    assert "".join(cell.data_type for cell in cells) == "snnnnbsds"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula_wherever_it_stands(text):
    layer, rows = one_row(title=text, code=("text", text), axes=("list", (text, "b")))
    source = replace(layer.sources[0], producer=text, address=text)
    layer = replace(layer, sources=(source,), remark=text)
    for sheet in read_back(layer, rows):
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f"
                assert cell.value is None or cell.quotePrefix


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_a_text_holds_the_workbook_opens(title, text):
    layer, rows = one_row(title=title, code=("text", f"a{text}"))
    read = read_back(layer, rows).worksheets[0]["A2"].value
    assert letters(read) == letters(f"a{text}")


def test_a_layer_without_rows_is_still_a_workbook(catalogue):
    layer, rows = catalogue.layer("gares"), catalogue.load("gares").iloc[:0]
    assert read_back(layer, rows).worksheets[0].max_row == 1


def test_the_same_bytes_twice_where_the_time_is_given(catalogue, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    layer, rows = catalogue.layer("gares"), catalogue.load("gares")
    first = to_xlsx(layer, rows)
    assert to_xlsx(layer, rows) == first


def test_names_that_others_gave_to_the_same_words_change_no_byte(catalogue, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    rows = catalogue.load("contrats")
    before = to_xlsx(catalogue.layer("contrats"), rows)
    register_namespace("dct", "http://purl.org/dc/terms/")
    assert to_xlsx(catalogue.layer("contrats"), rows) == before
