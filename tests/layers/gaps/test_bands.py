import geopandas as gpd
import numpy as np
import pytest

from geo.travel.network import open_network
from geo.travel.osm_tags import RoadSpeeds
from geo.travel.roads import Roads
from layers.gaps.bands import Band, draw_bands
from layers.gaps.journeys import Journeys
from layers.gaps.presets import find_service
from tests.layers.gaps.asking import asked
from tests.layers.three_towns import plain


@pytest.fixture(scope="module")
def bands(catalogue, journeys):
    return draw_bands(journeys, asked(find_service(catalogue, "gares"), 21), "gares:ACT")


def test_bands_cut_the_threshold_in_three_around_the_place(bands):
    assert [(band.start, band.end) for band in bands.bands] == [(0, 7), (7, 14), (14, 21)]
    assert bands.site.name == "Achiet-le-Grand"
    metres = bands.outlines.to_crs(2154)
    place = metres.geometry.iloc[0].centroid
    assert metres.geometry.iloc[0].contains(place)
    reach = [np.hypot(*(np.array(g.bounds[2:]) - g.bounds[:2])) for g in metres.geometry]
    assert reach == sorted(reach)
    for near, far in ((0, 1), (1, 2), (0, 2)):
        assert metres.geometry.iloc[near].intersection(metres.geometry.iloc[far]).area < 1


def test_who_lives_in_the_bands_are_those_within_the_threshold(bands, journeys):
    place = bands.site
    ways = journeys.to_point(place.lon, place.lat, place.commune_code).central.toarray()[:, 0]
    within = journeys.homes.people[(ways > 0) & (ways <= 21)].sum()
    assert sum(band.people for band in bands.bands) == pytest.approx(within)
    assert all(band.people > 0 for band in bands.bands)


def test_each_band_says_where_it_begins(bands):
    told = [plain(band.named("min")) for band in bands.bands]
    assert told == ["7 min ou moins", "plus de 7 à 14 min", "plus de 14 à 21 min"]
    assert plain(Band(0, 2.5, 1).named("km")) == "2,5 km ou moins"
    assert plain(bands.title) == "Autour de « Achiet-le-Grand »"


def test_around_a_commune_it_is_named_as_one_says_it(catalogue, journeys):
    found = draw_bands(journeys, asked(find_service(catalogue, "gares"), 9), "62826")
    assert found.title == "Autour du Touquet-Paris-Plage"


def test_in_a_town_that_has_the_service_the_site_is_said_not_to_be_at_the_hall(catalogue, journeys):
    lycees, halls = find_service(catalogue, "lycees"), "62193"
    found = draw_bands(journeys, asked(lycees, 9), halls)
    assert found.title == "Autour de Calais, site supposé hors de la mairie"


def test_with_an_extract_the_bands_go_along_the_roads(catalogue, tmp_path):
    """One road of 40 km from west to east through Achiet-le-Grand, driven at 60 km/h."""
    osmium = pytest.importorskip("osmium", reason="pyosmium absent (pip install 'atlas62[roads]')")
    path = tmp_path / "route.osm"
    with osmium.SimpleWriter(str(path)) as writer:
        for number in range(1, 62):
            place = (2.48 + 0.01 * number, 50.1317)
            writer.add_node(osmium.osm.mutable.Node(id=number, location=place))
        way = osmium.osm.mutable.Way(id=1, nodes=range(1, 62), tags={"highway": "primary"})
        writer.add_way(way)
    network = open_network(path, tmp_path, RoadSpeeds({"primary": 60.0}, share_of_limit=1.0))
    journeys = Journeys(catalogue, Roads(network))
    found = draw_bands(journeys, asked(find_service(catalogue, "gares"), 15), "gares:ACT")
    place = gpd.GeoSeries.from_xy([found.site.lon], [found.site.lat], crs=4326).to_crs(2154)[0]
    for band, shape in zip(found.bands, found.outlines.to_crs(2154).geometry, strict=True):
        west, south, east, north = shape.bounds
        # a minute a kilometre on the road, then on foot of it as far as a road is looked for
        assert band.end - 1 < (east - place.x) / 1000 < band.end + 0.5
        assert band.end - 1 < (place.x - west) / 1000 < band.end + 0.5
        assert max(north - place.y, place.y - south) < 3000 + 500
    assert found.bands[0].people > 0
    assert found.outlines.to_crs(2154).area.sum() < 30e3 * 7e3
