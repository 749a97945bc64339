"""Positions that are told by the address of a map, as people copy it from their browser."""

import pytest

from layers.brought.coordinates import map_link_position
from layers.brought.problems import NOT_READ, TO_CHECK
from tests.app.imports.cases import texts, told, values

MARKED = (
    "https://www.google.com/maps/place/Lens/@50.4,2.8,12z/data=!4m5!3m4!1s0!8m2!3d50.43!4d2.83",
    "https://maps.google.com/?q=50.43,2.83",
    "https://maps.google.com/maps?ll=50.43%2C2.83&z=15",
    "https://www.google.com/maps/search/?api=1&query=50.43,2.83",
    "https://www.openstreetmap.org/?mlat=50.43&mlon=2.83#map=16/50.40/2.80",
    "https://www.bing.com/maps?cp=50.43~2.83&lvl=12",
    "https://waze.com/ul?ll=50.43,2.83&navigate=yes",
    "https://www.geoportail.gouv.fr/carte?c=2.83,50.43&z=15",
    "geo:50.43,2.83?z=15",
)
SHOWN = (
    "https://www.google.com/maps/@50.43,2.83,12z",
    "https://www.openstreetmap.org/#map=17/50.43/2.83",
    "https://umap.openstreetmap.fr/fr/map/lieux_1#12/50.43/2.83",
)


@pytest.mark.parametrize("link", [*MARKED, *SHOWN])
def test_a_link_says_its_place(link):
    assert map_link_position(link) == (50.43, 2.83)


@pytest.mark.parametrize("text", ["https://www.lens.fr/@mairie", "50.43,2.83", "rue @50.43,2.83"])
def test_what_is_no_link_of_a_map_says_none(text):
    assert map_link_position(text) is None


def test_links_are_positions_and_stay_to_be_followed(bring):
    made = bring(texts("Nom;Commune;Carte", f"A;Lens;{MARKED[0]}", f"B;Lens;{SHOWN[0]}"))
    assert made.rows.geometry.x.round(2).tolist() == [2.83, 2.83]
    assert values(made, "carte") == [MARKED[0], SHOWN[0]]
    assert told(made, TO_CHECK) == [(3, "Carte", SHOWN[0])]


def test_a_link_that_says_no_place_is_named(bring):
    made = bring(texts("Nom;Commune;Localisation", "A;Lens;https://maps.app.goo.gl/xyz"))
    assert told(made, NOT_READ) == [(0, "Localisation", "https://maps.app.goo.gl/xyz")]


@pytest.mark.parametrize("heading", ["Plus code", "Géohash", "MGRS"])
def test_a_heading_of_a_position_that_is_not_read_is_named(bring, heading):
    made = bring(texts(f"Nom;Commune;{heading}", "A;Lens;CRJH+3V"))
    assert told(made, NOT_READ) == [(0, heading, "CRJH+3V")]


def test_an_object_of_two_coordinates_is_a_position(bring):
    made = bring(texts("Nom;geo_point_2d", 'A;"{""lon"": 2.83, ""lat"": 50.43}"'))
    assert made.rows.geometry.y.round(2).tolist() == [50.43]


@pytest.mark.parametrize(
    ("x", "y"), [("634000", "303000"), ("634000", "1303000"), ("1687968", "8359000")]
)
def test_older_lamberts_are_found_out_and_told(bring, x, y):
    made = bring(texts("Nom;X;Y", f"A;{x};{y}"))
    (problem,) = made.problems
    assert "Lambert I" in problem.value or "CC49" in problem.value
    assert 2.7 < made.rows.geometry.x.iloc[0] < 2.9


def test_a_point_far_from_the_commune_that_its_row_names_is_told(bring):
    rows = ("A;Lens;50.291;2.777", "B;Arras;50.291;2.777")
    made = bring(texts("Nom;Commune;Lat;Long", *rows))
    assert told(made, TO_CHECK) == [(2, "Commune", "Lens")]
    assert values(made, "commune") == ["Arras", "Arras"]
