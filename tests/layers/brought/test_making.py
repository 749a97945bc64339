"""From a table to a layer: guesses, places, what is told of what does not fit."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pyproj import Transformer

from app.settings import EMBEDDED_DATA
from geo.geocoder.table import geocode_frame
from geo.perimeter import Perimeter
from layers.brought.choice import Choice
from layers.brought.guess import guess_roles
from layers.brought.making import make_layer, name_layer
from layers.brought.placing import place_rows
from layers.brought.positions import OTHERS, Ground, find_system
from layers.brought.problems import BroughtError
from layers.brought.roles import Role
from layers.gaps.presets import find_service
from layers.sheets.territory import profile
from tests.app.imports import files
from tests.app.imports.files import ARRAS, LENS

NAMED = {
    "Équipement": ["Médiathèque", "Piscine", "Gymnase"],
    "Adresse": ["3 rue Pasteur", "rue de la Gare", "place du Maréchal Foch"],
    "CP": ["62300", "62000", "62100"],
    "Ville": ["LENS", "Arras", "calais"],
    "Coût HT": ["1 200,50", "800", "néant"],
    "Date d’ouverture": ["01/09/2024", "2023", "bientôt"],
    "SIRET": ["21620498600012", "21620041400017", "21620193900018"],
}


@pytest.fixture(scope="module")
def ground(reference):
    return Ground(reference)


@pytest.fixture(scope="module")
def make(reference, geocoder, ground):
    def made(columns, geometry=None, **roles):
        frame = pd.DataFrame(columns, dtype=object)
        frame.index += 2
        placed_by_file = geometry is not None
        choice = Choice.guessed("lieux.csv", guess_roles(frame, reference, placed=placed_by_file))
        choice = replace(choice, roles={**choice.roles, **roles})
        choice.check(placed=placed_by_file)
        placed = place_rows(frame, geometry, choice, reference, ground)
        geocoded = geocode_frame(placed.asked.to_frame("text"), "text", geocoder)
        return make_layer(
            frame, placed, geocoded, choice, reference, layer_id="lieux", name="lieux.csv"
        )

    return made


def outcomes(made):
    return [(p.line, p.column, p.outcome) for p in made.problems]


def test_columns_are_guessed(reference):
    guesses = guess_roles(pd.DataFrame(NAMED, dtype=object), reference)
    assert [guess.role for guess in guesses.values()] == [
        Role.NAME, Role.ADDRESS, Role.POSTCODE, Role.COMMUNE, Role.AMOUNT, Role.DATE, Role.TEXT,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "values", "role", "share"),
    [
        ("Ville", ["Lens", "Arras", "Calais", "Ailleurs"], Role.COMMUNE, 0.75),
        ("Ville", ["Lens", "Lens", "Lens", "Ailleurs", None], Role.COMMUNE, 0.5),
        ("CP", ["62300", "62000", "99999", "néant"], Role.POSTCODE, 0.5),
        ("CP", ["59000", "62999", "80000", "99999"], Role.POSTCODE, 0.75),
        ("CP", ["75001", "59000", "néant", "62300"], Role.POSTCODE, 0.75),
        ("Code INSEE", ["62498", "62041", "62193", "62000"], Role.COMMUNE_CODE, 0.75),
        ("Ouverture", ["2021", "01/09/2024", "2023-05-04", "bientôt", "un jour"], Role.DATE, 0.6),
        ("Coût", ["1 200,50 €", "800", "néant"], Role.AMOUNT, 2 / 3),
        ("Divers", ["Lens", "Arras", "Calais", "Béthune", "Ailleurs"], Role.COMMUNE, 0.8),
        ("Divers", ["Lens", "Arras", "Calais", "Ailleurs"], Role.ADDRESS, 0.75),
        ("Divers", ["Lens", "Un", "Partout", "Ailleurs"], Role.NAME, 1.0),
        ("Nombre", ["1", "2", "3", "4", "cinq"], Role.NUMBER, 0.8),
    ],
)
def test_a_guess_says_for_what_share_of_the_values_it_holds(
    reference, heading, values, role, share
):
    frame = pd.DataFrame({heading: values}, dtype=object)
    guess = guess_roles(frame, reference)[heading]
    assert (guess.role, guess.share) == (role, pytest.approx(share))
    assert guess.samples == tuple(dict.fromkeys(filter(None, values)))[:3]


def test_addresses_become_a_layer_and_what_cannot_be_read_is_told(make, reference):
    made = make(NAMED)
    layer = made.description.declare(lambda: made.rows)
    rows = layer.load(reference, EMBEDDED_DATA)
    assert rows["commune_code"].tolist() == ["62498", "62041", "62193"]
    assert rows["cout_ht"].tolist()[:2] == [pytest.approx(1200.5), 800]
    assert rows["date_d_ouverture"].tolist()[:2] == ["2024-09-01", "2023"]
    assert outcomes(made) == [
        (4, "Coût HT", "valeur laissée vide"),
        (4, "Date d’ouverture", "valeur laissée vide"),
    ]
    assert layer.title_of(rows.iloc[0].to_dict()) == "Médiathèque"
    assert layer.summary_of(rows.iloc[0].to_dict()) == "3 rue Pasteur, Lens."


def test_a_row_without_a_place_is_left_out_and_given_back(make):
    made = make(
        {"nom": ["a", "b", "c"], "adresse": ["rue X", "", "Tombouctou"], "ville": ["Lens", "", ""]}
    )
    assert made.rows["line"].tolist() == ["2"]
    assert made.left_out == (3, 4)
    assert [(p.line, p.outcome) for p in made.problems] == [
        (3, "ligne écartée"), (4, "ligne écartée"),
    ]  # fmt: skip


def test_no_row_with_a_place_is_said(make):
    with pytest.raises(BroughtError, match=r"aucune des 1.ligne.*Ligne 2 : trouvé « Tombouctou »"):
        make({"adresse": ["Tombouctou"]})
    with pytest.raises(BroughtError, match="Aucune colonne ne dit où"):
        make({"nom": ["a"], "valeur": ["1"]})


@pytest.mark.parametrize("crs", OTHERS)
@pytest.mark.parametrize("swapped", [False, True])
def test_the_system_of_coordinates_is_found_whatever_the_headings_say(make, crs, swapped):
    transform = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
    pairs = [transform(*place) for place in (LENS, ARRAS)]
    x, y = ([f"{pair[n]:.6f}".replace(".", ",") for pair in pairs] for n in (0, 1))
    if swapped:
        x, y = y, x
    made = make({"nom": ["a", "b"], "longitude": x, "latitude": y})
    assert made.rows["commune"].tolist() == ["Lens", "Arras"]
    right = crs == "EPSG:4326" and not swapped
    assert [p.outcome for p in made.problems] == ([] if right else ["corrigé"])


def test_one_row_north_first_is_turned_round(make):
    made = make(
        {
            "nom": ["a", "b", "c"],
            "lat": [str(LENS[1]), str(ARRAS[1]), str(LENS[0])],
            "lon": [str(LENS[0]), str(ARRAS[0]), str(LENS[1])],
        }
    )
    assert made.rows["commune"].tolist() == ["Lens", "Arras", "Lens"]
    assert outcomes(made) == [(4, "position", "corrigé")]


def test_points_at_zero_in_the_sea_far_or_elsewhere_are_not_believed(make):
    places = [LENS, (0, 0), (1.40, 50.75), (2.35, 48.85), ARRAS]
    made = make(
        {
            "nom": [*"abcde"],
            "longitude": [str(x) for x, _ in places],
            "latitude": [str(y) for _, y in places],
            "insee": ["62498", "62498", "62498", "", "62193"],
        }
    )
    assert made.rows["line"].tolist() == ["2", "3", "4", "6"]
    assert made.rows["precision"].tolist()[:1] == ["site"]
    assert made.rows["commune"].tolist() == ["Lens", "Lens", "Lens", "Calais"]
    told = {p.line: p.expected for p in made.problems if p.column == "position"}
    assert told == {
        3: "une position connue",
        4: "un point à terre",
        5: "un point du Pas-de-Calais ou à moins de 40 km",
        6: "un point dans la commune annoncée",
    }
    assert made.left_out == (5,)


def test_a_code_given_beats_a_point_at_the_edge_of_a_drawn_outline(make):
    beside_lievin = (2.804, 50.425)  # 150 m inside the drawn outline of Lens
    made = make(
        {
            "nom": ["Collège"],
            "longitude": [str(beside_lievin[0])],
            "latitude": [str(beside_lievin[1])],
            "insee": ["62510"],
        }
    )
    assert made.rows["commune_code"].tolist() == ["62510"]
    assert made.rows["commune"].tolist() == ["Liévin"]
    assert outcomes(made) == [(2, "position", "à vérifier")]


def test_postcodes_of_any_departement_are_postcodes(reference):
    codes = ["51500", "14220", "78550", "60400", "28210", "62000"]
    towns = ["Saint-Léonard", "Saint-Omer", "Richebourg", "Beaurains", "Croisilles", "Arras"]
    guesses = guess_roles(pd.DataFrame({"cp": codes, "ville": towns}), reference)
    assert guesses["cp"].role is Role.POSTCODE


def test_a_service_across_the_border_counts(make, catalogue):
    made = make({"nom": ["Lille"], "lon": ["3.0573"], "lat": ["50.6292"]})
    assert made.rows["commune_code"].tolist() == ["59350"]
    layer = made.description.declare(lambda: made.rows)
    reader = catalogue.with_layers((layer,))
    assert find_service(reader, "lieux").rows(reader)["commune"].tolist() == ["Lille"]


def test_the_sheet_of_a_place_counts_the_rows_that_lie_there(make, catalogue):
    made = make({"nom": ["Lecture", "Ailleurs"], "commune": ["Lens", "Arras"]})
    layer = made.description.declare(lambda: made.rows)
    lens = Perimeter.parse("commune:62498")
    group = profile(catalogue.with_layers((layer,)), lens).services[-1]
    assert (group.layer, [row["name"] for row in group.rows]) == ("lieux", ["Lecture"])
    assert "lieux" not in {group.layer for group in profile(catalogue, lens).services}


def test_outlines_are_mended_lines_left_out(make):
    shapes = gpd.GeoSeries(
        [files.square(LENS), files.bow(ARRAS), files.line(LENS), None], crs="EPSG:4326"
    )
    made = make({"nom": [*"abcd"]}, geometry=shapes)
    assert made.description.geometry == "polygon"
    assert made.rows["commune"].tolist()[0] == "Lens"
    assert made.rows.is_valid.all()
    assert {(p.line, p.outcome) for p in made.problems} >= {(3, "corrigé"), (4, "ligne écartée")}


def test_a_geographic_file_that_lies_about_its_system_is_found_out(make):
    shapes = files.points(crs="EPSG:2154").geometry.set_crs("EPSG:4326", allow_override=True)
    made = make({"nom": ["a", "b"]}, geometry=shapes)
    assert made.rows["commune"].tolist() == ["Lens", "Arras"]
    assert made.problems[0].value == "coordonnées en Lambert-93"


def test_code_wins_over_an_address_elsewhere(make):
    made = make({"nom": ["a"], "adresse": ["rue de Calais, Arras"], "insee": ["62498"]})
    assert made.rows["commune"].tolist() == ["Lens"]
    assert made.rows["precision"].tolist() == ["commune"]
    assert outcomes(made) == [(2, "adresse", "à vérifier")]


def test_a_heading_of_ours_does_not_hide_our_column(make):
    made = make({"line": ["x"], "geometry": ["y"], "commune": ["Lens"], "Précision": ["z"]})
    assert {"line_fichier", "geometry_fichier", "commune_fichier", "precision_fichier"} <= set(
        made.rows
    )


def test_layers_are_named_after_their_title():
    assert name_layer("Médiathèques de l’Artois", frozenset()) == "mediatheques_de_l_artois"
    assert name_layer("Collèges", frozenset({"colleges"})) == "colleges_2"
    assert name_layer("…", frozenset()) == "couche"


@hypothesis_settings(max_examples=40)
@given(st.data())
def test_whatever_the_cells_hold_every_row_is_placed_or_told(make, data):
    cells = st.one_of(
        st.none(), st.text(max_size=12), st.sampled_from(["62193", "Lens", "50,4", "2.8"])
    )
    size = data.draw(st.integers(1, 5))
    rows = st.lists(cells, min_size=size, max_size=size)
    columns = {name: data.draw(rows) for name in ("nom", "adresse", "insee", "lon", "lat", "coût")}
    try:
        made = make({"commune": ["Lens"] + ["Arras"] * (size - 1), **columns})
    except BroughtError:
        return
    told = {p.line for p in made.problems}
    assert len(made.rows) + len(made.left_out) == size
    assert set(made.left_out) <= told


def test_coordinates_of_nowhere_have_no_system():
    west = pd.Series([-70.0, -71.0]).to_numpy()
    assert find_system(west, west, "EPSG:4326") is None
