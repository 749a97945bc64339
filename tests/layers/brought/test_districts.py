"""Tables by priority district: joined to their outlines, never to communes, told row by row."""

import pandas as pd
import pytest

from app.drawing.painted_areas import paint_areas
from app.map.points import area_features
from layers.brought.choice import Choice
from layers.brought.guess import guess_roles
from layers.brought.joined_layer import make_joined
from layers.brought.joining import join_rows
from layers.brought.problems import BroughtError
from layers.brought.roles import Role
from layers.brought.units import guess_rows
from layers.catalogue.layers import Catalogue
from layers.indicators.every import list_indicators
from layers.sheets.district import district_sheet
from layers.store.geopackage import GeoPackageStore

COLUMNS = {
    "commune": ["Marquise", "Angres", "Auchel", "Carvin", "Lens"],
    "quartier": ["QN06201M", "quartier Camus", "CENTRE VILLE",
                 "Plantigeons - Germinal - République", "Centre Ville"],
    "Places (lits)": ["12", "s", "3", "40", "5"],
}  # fmt: skip


def make(columns, reference, **changes):
    frame = pd.DataFrame(columns, dtype=object)
    frame.index += 2
    guesses = guess_roles(frame, reference)
    roles = {name: guess.role for name, guess in guesses.items()}
    guessed = Choice.guessed(
        "lits.csv", guesses, *guess_rows(frame, roles, reference, placed=False)
    )
    choice = Choice.from_record({**guessed.to_record(), **changes})
    choice.check(placed=False)
    joined = join_rows(frame, choice, reference)
    return choice, make_joined(frame, joined, choice, reference, layer_id="lits", name="lits.csv")


@pytest.fixture(scope="module")
def made(reference):
    return make(COLUMNS, reference)


@pytest.fixture(scope="module")
def seen(made, reference, catalogue, tmp_path_factory):
    store = GeoPackageStore(tmp_path_factory.mktemp("lits") / "s.gpkg")
    store.adopt(made[1].description, made[1].rows)
    return Catalogue(reference, catalogue.data, store=store)


def test_codes_names_and_namesakes_told_apart_by_their_commune_are_found(made):
    choice, layer = made
    assert choice.level == "qpv"
    assert choice.roles["quartier"] is Role.DISTRICT
    assert layer.rows["perimeter"].tolist() == [
        "qpv:QN06201M", "qpv:QN06202M", "qpv:QN06204M", "qpv:QN06203M",
    ]  # fmt: skip
    assert layer.rows["perimeter_name"].tolist()[1:3] == ["Camus", "Centre Ville"]
    assert layer.left_out == (6,)
    assert [p.expected for p in layer.problems if p.line == 6] == [
        "un quartier prioritaire du Pas-de-Calais, par son code ou son nom"
    ]
    assert "4\u00a0quartiers prioritaires sur 64" in layer.description.remark


def test_a_namesake_without_its_commune_is_told_and_not_guessed(reference):
    _, layer = make({"qpv": ["QN06201M", "Centre Ville"], "nombre": ["1", "2"]}, reference)
    assert layer.left_out == (3,)


def test_each_row_has_the_outline_of_its_district(made, catalogue):
    outlines = catalogue.load("qpv").set_index("code").geometry
    rows = made[1].rows
    for place, shape in zip(rows["perimeter"], rows.geometry, strict=True):
        assert shape.equals(outlines[place.removeprefix("qpv:")])


def test_nothing_of_it_is_counted_by_commune(seen):
    assert not [one for one in seen.derive_own(list_indicators).values() if one.brought]


def test_it_is_painted_on_its_outlines_and_told_when_opened(seen):
    layer, rows = seen.layer("lits"), seen.load("lits")
    painted = paint_areas(layer, rows)
    assert painted.title == "Places (lits), par quartier prioritaire"
    unknown, *known = (painted.fills[1], painted.fills[0], painted.fills[2], painted.fills[3])
    assert not unknown
    assert len(set(known)) > 1
    assert painted.legend[-1] == ("", "non disponible (1\u00a0ligne)")
    features = area_features(layer, rows)["features"]
    assert [one["properties"]["fill"] for one in features] == list(painted.fills)
    told = [one["properties"]["items"][0]["summary"].replace("\u00a0", " ") for one in features]
    assert told[:2] == ["Places : 12 lits.", "Places : secret statistique."]


def test_zero_is_painted_apart_from_the_unknown(reference):
    _, layer = make(
        {"qpv": ["QN06201M", "Camus", "QN06203M"], "nombre": ["0", None, "7"]}, reference
    )
    painted = paint_areas(layer.description.declare(lambda: layer.rows), layer.rows)
    assert painted.fills[0]
    assert not painted.fills[1]
    assert painted.legend[0][1] == "zéro (1\u00a0quartier)"


def test_the_sheet_of_a_district_says_it_beside_the_others(seen):
    (own,) = district_sheet(seen, "QN06203M").brought
    assert (own.title, own.peers) == ("Places", 3)
    assert own.number.replace("\u00a0", " ") == "40 lits"
    assert own.median.replace("\u00a0", " ") == "12 lits"
    (secret,) = district_sheet(seen, "QN06202M").brought
    assert secret.number == "secret statistique"
    assert district_sheet(seen, "QN06205M").brought == ()


def test_rows_of_districts_ask_for_a_column_that_names_them(reference):
    with pytest.raises(BroughtError, match="« qpv »"):
        make({"commune": ["Lens", "Arras"], "n": ["1", "2"]}, reference, level="qpv")
