"""Points and areas that somebody brings, gathered by perimeter: counted, summed, measured."""

from decimal import Decimal

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely import box

from geo.crs import EXCHANGE, MEASURE
from geo.geocoder.table import geocode_frame
from geo.perimeter import Level, Perimeter
from layers.brought.choice import Choice
from layers.brought.guess import guess_roles
from layers.brought.making import make_layer
from layers.brought.placing import place_rows
from layers.brought.positions import Ground
from layers.brought.units import guess_rows
from layers.catalogue.layers import Catalogue
from layers.indicators.every import find_indicator, list_indicators
from layers.indicators.states import State
from layers.store.geopackage import GeoPackageStore

POINTS = {
    "Nom": ["Crèche A", "Crèche B", "Crèche C", "Crèche D", "Crèche E"],
    "Commune": ["Lens", "Lens", "Arras", "Liévin", "Arras"],
    "lat": ["50.4289", "50.4300", None, "50.4220", "50.2910"],
    "lon": ["2.8318", "2.8300", None, "2.7780", "2.7770"],
    "Places": ["20", "30", "12", None, "8"],
    "Taux d’occupation (%)": ["80", "90", "70", "50", None],
}
LENS_LIEVIN = "epci:246200364"


@pytest.fixture(scope="module")
def ground(reference):
    return Ground(reference)


@pytest.fixture(scope="module")
def see(reference, catalogue, geocoder, ground, tmp_path_factory):
    """Return a catalogue that has a layer made of a table."""

    def seen(columns, geometry=None):
        frame = pd.DataFrame(columns, dtype=object)
        frame.index += 2
        placed = geometry is not None
        guesses = guess_roles(frame, reference, placed=placed)
        roles = {name: guess.role for name, guess in guesses.items()}
        rows = guess_rows(frame, roles, reference, placed=placed)
        choice = Choice.guessed("lieux.csv", guesses, "", rows[1])
        where = place_rows(frame, geometry, choice, reference, ground)
        found = geocode_frame(where.asked.to_frame("text"), "text", geocoder)
        made = make_layer(
            frame, where, found, choice, reference, layer_id="lieux", name="lieux.csv"
        )
        store = GeoPackageStore(tmp_path_factory.mktemp("lieux") / "s.gpkg")
        store.adopt(made.description, made.rows)
        return Catalogue(reference, catalogue.data, store=store)

    return seen


@pytest.fixture(scope="module")
def points(see):
    return see(POINTS)


def ask(catalogue, end, place):
    indicator = find_indicator(catalogue, f"apport__lieux{end}")
    return indicator.reading(catalogue, Perimeter.parse(place))


def test_points_are_counted_in_their_commune_and_all_that_is_made_of_it(points):
    assert ask(points, "", "commune:62498").value == 2
    # one of the two of Arras is known to the commune only
    assert ask(points, "", "commune:62041").value == 2
    assert ask(points, "", LENS_LIEVIN).value == 3
    assert ask(points, "", "departement:62").value == 5
    assert ask(points, "", "commune:62193").state is State.ZERO


def test_numbers_are_summed_and_averaged_and_a_missing_one_is_told(points):
    assert ask(points, "__places__somme", "commune:62498").value == 50
    assert ask(points, "__places__moyenne", "commune:62498").value == 25
    assert ask(points, "__places__somme", "commune:62510").state is State.UNKNOWN
    both = ask(points, "__places__somme", LENS_LIEVIN)
    assert (both.state, both.value, both.part) == (State.PARTIAL, None, 50)
    assert "2\u00a0lignes sur 3" in both.why
    assert ask(points, "__places__moyenne", "commune:62193").state is State.WITHOUT_OBJECT
    assert ask(points, "__places__somme", "commune:62193").state is State.ZERO


def test_a_rate_of_the_rows_is_averaged_and_never_summed(points):
    known = points.derive_own(list_indicators)
    assert "apport__lieux__taux_d_occupation__moyenne" in known
    assert "apport__lieux__taux_d_occupation__somme" not in known
    assert ask(points, "__taux_d_occupation__moyenne", "commune:62498").value == 85


def test_a_total_is_told_for_10_000_inhabitants(points, reference):
    people = reference.communes["62498"].population
    rate = ask(points, "__par_habitants", "commune:62498").value
    assert rate == Decimal(2) * 10_000 / people
    assert ask(points, "__places__somme__par_habitants", LENS_LIEVIN).state is State.UNKNOWN


def test_where_rows_have_no_place_none_is_not_zero(see):
    columns = {
        "Nom": ["A", "B", "C"],
        "Adresse": ["", "", ""],
        "Commune": ["Lens", "Arras", "Nulle-Part-sur-Rien"],
        "Places": ["1", "2", "3"],
    }
    seen = see(columns)
    assert ask(seen, "", "commune:62498").value == 1
    missing = ask(seen, "", "commune:62193")
    assert missing.state is State.UNKNOWN
    assert "1\u00a0ligne du fichier n’a pas de place" in missing.why
    assert ask(seen, "__places__moyenne", "commune:62193").state is State.UNKNOWN
    (told,) = find_indicator(seen, "apport__lieux").notes(seen, Level.EPCI)
    assert "ne compte nulle part" in told


@pytest.fixture(scope="module")
def squares(reference):
    """Give a square of 4 ha inside Lens, and one of 16 ha across Lens and its neighbour."""
    outlines = reference.coverage.communes(0).set_index("code").geometry
    lens, lievin = outlines["62498"], outlines["62510"]
    middle = lens.representative_point()
    border = shapely.intersection(lens.boundary, lievin.boundary).representative_point()
    return gpd.GeoSeries(
        [
            box(middle.x - 100, middle.y - 100, middle.x + 100, middle.y + 100),
            box(border.x - 200, border.y - 200, border.x + 200, border.y + 200),
        ],
        crs=MEASURE,
    ).to_crs(EXCHANGE)


def test_areas_are_counted_where_they_lie_and_measured_in_each_perimeter(see, squares):
    seen = see({"Nom": ["Zone A", "Zone B"], "Emplois": ["100", "40"]}, squares)
    lens = ask(seen, "__surface", "commune:62498").value
    lievin = ask(seen, "__surface", "commune:62510").value
    assert ask(seen, "", "commune:62498").value == 2
    assert 4 < lens < 20
    assert lievin > 0
    epci = ask(seen, "__surface", LENS_LIEVIN).value
    assert float(epci) == pytest.approx(20, abs=0.05)
    assert ask(seen, "", LENS_LIEVIN).value == 2
    share = ask(seen, "__surface__part", LENS_LIEVIN).value
    ground = sum(
        Decimal(str(seen.reference.communes[code].area_km2))
        for code in seen.reference.members(Perimeter.parse(LENS_LIEVIN))
    )
    assert float(share) == pytest.approx(float(epci / ground), rel=1e-6)


def test_the_number_of_an_area_across_a_border_is_not_shared_out(see, squares):
    seen = see({"Nom": ["Zone A", "Zone B"], "Emplois": ["100", "40"]}, squares)
    lens = ask(seen, "__emplois__somme", "commune:62498")
    assert (lens.state, lens.part) == (State.PARTIAL, 100)
    assert "1\u00a0surface dépasse" in lens.why
    assert ask(seen, "__emplois__somme", "commune:62510").state is State.UNKNOWN
    assert ask(seen, "__emplois__somme", LENS_LIEVIN).value == 140
