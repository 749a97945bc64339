import numpy as np
import pytest

from layers.gaps.bands import draw_bands
from layers.gaps.presets import find_service
from tests.layers.gaps.asking import asked


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
