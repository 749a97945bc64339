"""Tables by priority district: joined to their outlines, never to communes, told row by row."""

from dataclasses import replace

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
from layers.indicators.by_district import district_rate, first_rate
from layers.indicators.every import list_indicators
from layers.model.measures import Joining
from layers.sheets.district import district_sheet
from layers.store.geopackage import GeoPackageStore

COLUMNS = {
    "commune": ["Marquise", "Angres", "Auchel", "Carvin", "Lens"],
    "quartier": ["QN06201M", "quartier Camus", "CENTRE VILLE",
                 "Plantigeons - Germinal - République", "Centre Ville"],
    "Places (lits)": ["12", "s", "3", "40", "5"],
}  # fmt: skip


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


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
    rated = paint_areas(layer, rows, first_rate(seen, layer, rows))
    told = "Places pour 1 000 habitants du quartier, recensement de 2020 (lits)"
    assert plain(rated.title) == f"{told}, par quartier prioritaire"
    assert rated.fills[1] == ""  # secret statistique: the rate is not known either
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
    sheet = district_sheet(seen, "QN06203M")
    own, rate = sheet.brought
    assert (own.title, own.peers) == ("Places", 3)
    assert plain(own.number) == "40 lits"
    assert plain(own.median) == "12 lits"
    assert plain(rate.title) == "Places pour 1 000 habitants du quartier, recensement de 2020"
    assert plain(rate.number) == "26,1 lits"
    assert (plain(rate.median), rate.peers) == ("8,9 lits", 3)
    assert any("quartiers prioritaires" in source.title for source in sheet.sources)
    secret, unrated = district_sheet(seen, "QN06202M").brought
    assert secret.number == "secret statistique"
    assert unrated.number == "non disponible"
    assert district_sheet(seen, "QN06205M").brought == ()


def test_an_opened_district_says_its_rate_too(seen):
    layer, rows = seen.layer("lits"), seen.load("lits")
    features = area_features(layer, rows, first_rate(seen, layer, rows))["features"]
    first = plain(features[0]["properties"]["items"][0]["summary"])
    assert first == (
        "Places : 12 lits. Places pour 1 000 habitants du quartier, recensement de 2020 : 8,9 lits."
    )


@pytest.mark.parametrize(
    ("per", "value", "said"),
    [
        ("menages", "567,6", ("par ménage", "1,0")),
        ("menages", "100", ("pour 100 ménages", "17,6")),
        ("habitants", "0", ("par habitant", "0,0")),
    ],
)
def test_a_rate_is_told_for_what_the_district_has(reference, catalogue, per, value, said):
    told, number = said
    _, made = make({"qpv": ["QN06201M", "QN06202M"], "nombre": [value, None]}, reference)
    (measure,) = made.description.joining.measures
    joining = Joining("qpv", (replace(measure, kind="total", per=per),))
    layer = made.description.declare(lambda: made.rows)
    rate = district_rate(catalogue, layer, joining, joining.measures[0], made.rows)
    assert plain(rate.title) == f"Nombre {told} du quartier, recensement de 2020"
    assert [rate.say(one) for one in rate.numbers] == [number, "non disponible"]


def test_money_is_told_by_inhabitant_in_euros_and_cents(reference, catalogue):
    _, made = make({"qpv": ["QN06201M"], "montant": ["2 696 €"]}, reference)
    layer = made.description.declare(lambda: made.rows)
    rate = first_rate(catalogue, replace(layer, joining=made.description.joining), made.rows)
    assert plain(rate.title) == "Montant par habitant du quartier, recensement de 2020"
    assert plain(rate.say(rate.numbers.iloc[0])) == "2,00 €"


def test_a_rate_of_the_file_is_no_more_divided(reference, catalogue):
    _, made = make({"qpv": ["QN06201M", "QN06202M"], "taux": ["12,5", "3"]}, reference)
    layer = made.description.declare(lambda: made.rows)
    assert first_rate(catalogue, layer, made.rows) is None


def test_rows_of_districts_ask_for_a_column_that_names_them(reference):
    with pytest.raises(BroughtError, match="« qpv »"):
        make({"commune": ["Lens", "Arras"], "n": ["1", "2"]}, reference, level="qpv")
