"""Statistical secrecy in every output: said as such, and never zero."""

import csv
import io
import json

import geopandas as gpd
import openpyxl
import pytest

from app.drawing.theme import make_theme
from app.explore.table import table_rows
from app.exports.booklet.scene.content import gather
from app.exports.booklet.scene.ground import ground_of
from app.exports.booklet.scene.request import PageRequest
from app.exports.booklet.sheet import sheet_html
from app.exports.formats import WRITERS
from app.exports.offline.contents import Contents, OfflineChoice
from app.exports.shown_table import shown_table
from app.map.atlas import Atlas
from app.map.legend import render_legend
from app.sheets.territory import render_sheet
from app.view.state import parse_view
from geo.perimeter import Level, Perimeter
from layers.indicators.every import find_indicator
from layers.indicators.states import State

SECRET = ("revenu_median", "taux_pauvrete")
COMMUNES = {"62396": SECRET, "62601": ("taux_pauvrete",)}
"""Guinecourt, 7 households, has neither; Nédonchel has a median and no rate."""


@pytest.fixture(scope="module")
def atlas(catalogue):
    return Atlas(catalogue)


@pytest.fixture(scope="module")
def table(atlas):
    view, remarks = parse_view("?indicateur=taux_pauvrete&niveau=commune", atlas.vocabulary)
    assert not remarks
    return shown_table(atlas, view)


def _rows_of(layer, rows):
    """Return the rows of a file for people by code, under the names of the columns."""
    head, *body = rows
    names = []
    for cell in head:
        fits = [f for f in layer.fields if cell in {f.label, f"{f.label} ({f.unit})"}]
        names.append(fits[0].name if fits else cell)
    return {row[names.index("code")]: dict(zip(names, row, strict=True)) for row in body}


def _check(rows, empty):
    for code, secret in COMMUNES.items():
        for one in SECRET:
            state = rows[code][f"{one}_etat"]
            assert (state == "secret statistique") is (one in secret), (code, one)
            assert (rows[code][one] == empty) is (one in secret), (code, one)
    rates = [row["taux_pauvrete"] for row in rows.values()]
    assert rates.count(empty) == 750
    assert not {0, "0", "0.0", "0,0"} & set(rates)


def test_the_csv_has_an_empty_cell_and_its_state(table):
    text = WRITERS["csv"](*table).decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=";") if len(row) > 2]
    _check(_rows_of(table[0], rows), "")


def test_the_workbook_has_an_empty_cell_and_its_state(table):
    book = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](*table)), read_only=True)
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    _check(_rows_of(table[0], rows), None)


def test_the_geojson_has_null_and_its_state(table):
    features = json.loads(WRITERS["geojson"](*table))["features"]
    _check({one["properties"]["code"]: one["properties"] for one in features}, None)


def test_the_geopackage_has_null_and_its_state(table, tmp_path):
    path = tmp_path / "tableau.gpkg"
    path.write_bytes(WRITERS["gpkg"](*table))
    frame = gpd.read_file(path, layer="tableau_commune").drop(columns="geometry").astype(object)
    rows = frame.where(frame.notna(), None).to_dict("records")
    _check({row["code"]: row for row in rows}, None)


def test_the_table_on_the_page_says_secret(atlas):
    view, _ = parse_view("?indicateur=taux_pauvrete&niveau=commune", atlas.vocabulary)
    columns, rows, failures = table_rows(atlas, view)
    assert not failures
    assert {*SECRET} < {column["field"] for column in columns}
    cells = {row["code"]: row for row in rows}
    for code, secret in COMMUNES.items():
        for one in secret:
            assert (cells[code][one], cells[code][f"{one}_dit"]) == (None, "secret")


@pytest.mark.parametrize("code", COMMUNES)
def test_the_sheet_and_its_page_of_a_booklet_say_secrecy(catalogue, atlas, code):
    place = Perimeter(Level.COMMUNE, code)
    figures = {one.id: one for one in atlas.profile(place).people}
    for one in COMMUNES[code]:
        assert figures[one].reading.state is State.WITHHELD
        assert (figures[one].value, figures[one].text) == (None, "secret statistique")
    for text in (
        json.dumps(render_sheet(catalogue.reference, atlas.profile(place)), default=_plain),
        sheet_html(catalogue, place),
    ):
        assert text.count("secret statistique") >= len(COMMUNES[code])


def _plain(element):
    return element.to_plotly_json() if hasattr(element, "to_plotly_json") else str(element)


def test_the_map_and_its_legend_count_what_is_withheld(catalogue):
    rate = find_indicator(catalogue, "taux_pauvrete")
    theme = make_theme(catalogue, rate, Level.COMMUNE, None)
    sent = theme.for_browser()
    assert len(sent["absent"]["secret"]) == 750
    assert not {*COMMUNES} & {*sent["values"]}
    assert theme.classes.zeros is None
    assert min(theme.classes.bounds) > 0
    legend = json.dumps(render_legend(theme), default=_plain, ensure_ascii=False)
    assert "secret statistique" in legend
    assert '"750"' in legend


def test_the_map_of_a_booklet_keeps_it_apart(catalogue):
    place = Perimeter.parse("epci:200069672")  # CC du Ternois, both communes in it
    ground = ground_of(place, catalogue)
    request = PageRequest(place, indicator="taux_pauvrete")
    painted = gather(catalogue, request, ground).painted
    states = dict(zip(painted.areas.codes, painted.states, strict=True))
    fills = dict(zip(painted.areas.codes, painted.fills, strict=True))
    assert {states[code] for code in COMMUNES} == {State.WITHHELD}
    assert {fills[code] for code in COMMUNES} == {State.WITHHELD}
    assert ("secret statistique", State.WITHHELD) in painted.rows()
    # 102 communes, of which Auxi-le-Château, Frévent and Saint-Pol-sur-Ternoise are published
    assert painted.told == ("Secret statistique, qui n’est pas zéro : 99 sur 102 communes.",)


def test_the_offline_map_says_secrecy(catalogue):
    choice = OfflineChoice(Perimeter(Level.COMMUNE, "62396"), indicator="taux_pauvrete")
    data = Contents(catalogue, choice).data()
    theme = next(one for one in data["themes"] if one["id"] == "taux_pauvrete/commune")
    assert theme["theme"]["values"] == {}
    assert theme["theme"]["absent"] == {"secret": ["62396"]}
