import csv
import io
import re
from dataclasses import replace
from decimal import Decimal

import geopandas as gpd
import hypothesis.strategies as st
import pytest
from hypothesis import assume, given
from shapely.geometry import Point

from app.exports.tables import PRECISION_WORDS, to_csv
from app.imports.formats.csv_table import read_cells
from layers.catalogue.layers import LAYERS
from layers.communes import COMMUNES
from layers.french.encoding import mend_twice
from layers.model.layer import Precision
from layers.model.schema import Field
from tests.known_totals import FIT, ROWS


def read_back(content: bytes) -> list[dict[str, str]]:
    """Read as Excel FR does: UTF-8 told by its mark, semicolons."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_excel_is_told_the_encoding_and_lines_end_as_it_wants(catalogue):
    content = to_csv(catalogue.layer("colleges"), catalogue.load("colleges"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 1 + ROWS["colleges"]
    assert content.endswith(b"\r\n")


def test_every_college_is_there_once_with_its_pupils(catalogue):
    rows = read_back(to_csv(catalogue.layer("colleges"), catalogue.load("colleges")))
    assert len({row["UAI"] for row in rows}) == ROWS["colleges"]
    expected = int(catalogue.load("colleges")["pupils"].sum())
    assert sum(int(row["Élèves"] or 0) for row in rows) == expected


def test_amounts_keep_every_cent_with_a_comma(catalogue):
    operations = catalogue.layer("operations")
    rows = read_back(to_csv(operations, catalogue.load("operations")))
    amounts = [row["FIT (€)"] for row in rows]
    assert all(re.fullmatch(r"\d+,\d{2}", amount) for amount in amounts)
    assert sum(Decimal(amount.replace(",", ".")) for amount in amounts) == FIT


def test_points_say_where_they_are_with_a_decimal_comma(catalogue):
    rows = read_back(to_csv(catalogue.layer("mairies"), catalogue.load("mairies")))
    for row in rows:
        longitude, latitude = row["Longitude (°)"], row["Latitude (°)"]
        assert 1.4 < float(longitude.replace(",", ".")) < 3.3
        assert 49.9 < float(latitude.replace(",", ".")) < 51.1
        assert "." not in longitude + latitude


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.id)
def test_headings_are_told_apart_and_coded_words_are_french(layer, catalogue):
    rows = read_back(to_csv(layer, catalogue.load(layer.id)))
    shown = [field for field in layer.fields if field.shown]
    assert len(rows[0]) == len(shown) + (3 if layer.geometry == "point" else 1)
    if layer.geometry == "point":
        assert {row["Précision"] for row in rows} <= set(PRECISION_WORDS.values())


def test_every_precision_has_its_french_word():
    assert set(PRECISION_WORDS) == set(Precision)


@pytest.mark.parametrize("layer_id", ["communes", "qpv", "gares"])
def test_the_source_and_licence_travel_with_each_row(catalogue, layer_id):
    layer = catalogue.layer(layer_id)
    for row in read_back(to_csv(layer, catalogue.load(layer_id))):
        for source in layer.sources:
            assert source.producer in row["Sources"]
            assert source.licence in row["Sources"]
            assert source.vintage in row["Sources"]


def test_a_column_that_may_not_be_shown_stays_in(catalogue):
    layer = catalogue.layer("colleges")
    fields = tuple(replace(field, shown=field.name != "pupils") for field in layer.fields)
    rows = read_back(to_csv(replace(layer, fields=fields), catalogue.load("colleges")))
    assert "Élèves" not in rows[0]
    assert "UAI" in rows[0]


def one_row(**cells):
    """Make a layer of the given columns (type and value of each), and its only row."""
    fields = tuple(
        Field(name, name, name, dtype=dtype, nullable=True) for name, (dtype, _) in cells.items()
    )
    layer = replace(COMMUNES, key=fields[0].name, fields=fields)
    values = {name: [value] for name, (_, value) in cells.items()}
    return layer, gpd.GeoDataFrame(values, geometry=[Point(2, 50)], crs="EPSG:4326")


def test_each_type_is_written_as_a_french_spreadsheet_reads_it():
    layer, rows = one_row(
        code=("text", "62193"),
        unknown=("float", None),
        rate=("float", -0.1),
        tiny=("float", 1e-7),
        count=("int", -3),
        amount=("money", Decimal("-1045158.4")),
        known=("bool", True),
        day=("date", "2023-12"),
        axes=("list", ("Mobilité", "Santé")),
    )
    (row,) = read_back(to_csv(layer, rows))
    row.pop("Sources")
    assert row == {
        "code": "62193",
        "unknown": "",
        "rate": "-0,1",
        "tiny": "0,0000001",
        "count": "-3",
        "amount": "-1045158,40",
        "known": "oui",
        "day": "2023-12",
        "axes": "Mobilité | Santé",
    }


NUMBER = re.compile(r"[+-]?[0-9]+(,[0-9]+)?")


def may_run(text: str) -> bool:
    """Tell whether a spreadsheet may take it for a formula, said apart from the code."""
    seen = text.lstrip(" \t\r\n\x00\u00a0\u202f\u200b\ufeff")
    return seen.startswith(tuple("=+-@＝＋－＠")) and not NUMBER.fullmatch(text)


def all_cells(content: bytes) -> list[str]:
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return [cell for line in lines for cell in line]


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.id)
def test_no_heading_or_cell_of_a_layer_can_run(layer, catalogue):
    assert not any(map(may_run, all_cells(to_csv(layer, catalogue.load(layer.id)))))


HOSTILE = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", " ", "\t", "\u00a0", "\u200b", "\ufeff"]),
    st.sampled_from("=+-@＝＋－＠"),
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])),
)


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_nothing_that_somebody_wrote_can_run(label, unit, text, producer):
    layer, rows = one_row(code=("text", text), tags=("list", (text, text)), day=("date", text))
    named = tuple(replace(field, label=label, unit=unit) for field in layer.fields)
    source = replace(layer.sources[0], producer=producer)
    cells = all_cells(to_csv(replace(layer, fields=named, sources=(source,)), rows))
    assert len(cells) == 8
    assert not any(map(may_run, cells))


@given(HOSTILE, HOSTILE)
def test_our_own_import_reads_back_what_was_written(label, text):
    # a text that looks encoded twice is mended on its way in, and the report tells it
    assume(mend_twice(text) == text and mend_twice(label) == label)
    layer, rows = one_row(code=("text", "a"), text=("text", text))
    named = (layer.fields[0], replace(layer.fields[1], label=label))
    cells, separator, _ = read_cells(to_csv(replace(layer, fields=named), rows), "a.csv")
    assert separator == ";"
    assert [line[1] for line in cells] == [["code", label, "Sources"], ["a", text, cells[1][1][2]]]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_separators_and_quotes_in_a_text_stay_in_their_cell(text):
    layer, rows = one_row(code=("text", "a"), name=("text", f"{text};=1+1\"\n'"))
    (row,) = read_back(to_csv(layer, rows))
    assert row["name"].removeprefix("'") == f"{text};=1+1\"\n'".removeprefix("'")
