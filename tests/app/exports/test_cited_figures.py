"""Every printed figure carries its document and its lines: on sheets, in files and in tables."""

import csv
import io
import re

import pytest

from app.exports.shown_table import shown_table
from app.exports.tables import to_csv
from app.parts.markup import text_of
from app.sheets.printed import render_printed
from app.view.state import parse_view
from geo.perimeter import Level
from layers.figures.loading import load_figures
from layers.sheets.printed import printed_themes

LEVELS = (Level.DEPARTEMENT, Level.TERRITORY, Level.MDS, Level.EPCI)
CITED = re.compile(
    r"(?:délibération n° \d{4}-\d+|délibération du \d+ \w+ \d{4}|rapport d’activité 2022), "
    r"lignes? \d+(?:(?:, | et )\d+)*"
)


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def read_back(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.fixture(scope="module")
def figures(catalogue):
    return load_figures(catalogue.data)


def test_on_the_sheet_of_each_place(catalogue, reference, figures):
    seen = 0
    for level in LEVELS:
        for place in reference.perimeters(level):
            themes = printed_themes(catalogue, place)
            shown = [one for theme in themes for one in theme.figures]
            assert len(shown) == len(figures.of(place))
            assert all(CITED.fullmatch(plain(one.cited)) for one in shown)
            drawn = plain(text_of(render_printed(themes))) if themes else ""
            assert len(CITED.findall(drawn)) >= len(shown)
            seen += len(shown)
    assert seen > 700


@pytest.mark.parametrize("layer", ["chiffres_territoires", "chiffres_mds", "chiffres_epci"])
def test_in_the_file_of_each_level(catalogue, layer):
    declared = catalogue.layer(layer)
    measures = [field.label for field in declared.fields[4:]]
    rows = read_back(to_csv(declared, catalogue.load(layer)))
    for row in rows:
        cells = {re.sub(r" \([^()]*\)$", "", name): value for name, value in row.items() if name}
        cited = cells["Lignes des documents"]
        valued = [name for name in measures if cells.get(name)]
        assert valued
        for name in valued:
            assert re.search(rf"{re.escape(name)} : [\w-]+, lignes? \d", cited), (row, name)


@pytest.mark.parametrize(
    ("level", "indicator"),
    [("territoire", "chiffre_communes_farda"), ("mds", "chiffre_rsa_foyers")],
)
def test_in_the_table_of_a_map(atlas, level, indicator):
    view, remarks = parse_view(f"?indicateur={indicator}&niveau={level}", atlas.vocabulary)
    assert (view.indicator, remarks) == (indicator, ())
    layer, rows = shown_table(atlas, view)
    lines = f"{indicator}_lignes"
    assert lines in {field.name for field in layer.fields}
    for value, cited in zip(rows[indicator], rows[lines], strict=True):
        assert (value is None) == (cited is None)
        assert cited is None or CITED.fullmatch(plain(cited))
