"""Several objects at one place become one counted mark that lists them."""

import geopandas as gpd
import pytest

from geo.crs import EXCHANGE
from layers.base import Precision
from layers.catalogue import LAYERS
from layers.clusters import clusters


def test_rows_at_one_place_are_counted_and_listed():
    frame = gpd.GeoDataFrame(
        {"id": ["a", "b", "c"], "precision": ["site", "address", "commune"]},
        geometry=gpd.points_from_xy([2.5, 2.6, 2.5], [50.5, 50.6, 50.5]),
        crs=EXCHANGE,
    )
    together, alone = clusters(frame, "id")
    assert (together.count, together.keys, together.precision) == (
        2, ("a", "c"), Precision.COMMUNE,
    )  # fmt: skip
    assert (alone.keys, alone.lon, alone.lat) == (("b",), 2.6, 50.6)


@pytest.mark.parametrize("layer", [one for one in LAYERS if one.geometry == "point"])
def test_no_row_is_lost_or_doubled(catalogue, layer):
    rows = catalogue.load(layer.id)
    keys = [key for cluster in clusters(rows, layer.key) for key in cluster.keys]
    assert sorted(keys) == sorted(rows[layer.key])


def test_districts_of_one_town_stand_together(catalogue):
    arras = catalogue.reference.communes["62041"].town_hall
    counts = {
        (cluster.lon, cluster.lat): cluster.count
        for cluster in clusters(catalogue.load("qpv"), "code")
    }
    assert counts[arras.lon, arras.lat] == 3
