"""Official outlines of the cantons: all of them, where their communes are, cut where they share."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.perimeter import Level
from layers.connectors.cantons import CONNECTOR
from layers.connectors.declaration import ConnectorError
from tests.known_totals import ROWS
from tests.layers.connectors.taken_files import shown, take

CALAIS = {"6218", "6219", "6220"}


@pytest.fixture(scope="module")
def outlines(reference):
    """Outlines that share nothing: each shared commune is cut into strips, one for each canton."""
    whole = reference.outlines(Level.CANTON).set_index("code").geometry
    communes = reference.coverage.communes(0).set_index("code").geometry
    cut = whole.copy()
    for town in {code for one in reference.cantons.values() for code in one.shared_communes}:
        sharing = [c.code for c in reference.cantons.values() if town in c.shared_communes]
        west, south, east, north = communes[town].bounds
        edges = np.linspace(west, east, len(sharing) + 1)
        for code, left, right in zip(sharing, edges[:-1], edges[1:], strict=True):
            strip = communes[town].intersection(shapely.box(left, south, right, north))
            cut[code] = cut[code].difference(communes[town]).union(strip)
    return cut.set_crs(2154).to_crs(4326)


def as_geojson(outlines, *, short=False):
    features = [
        {
            "type": "Feature",
            "geometry": shapely.geometry.mapping(outline),
            "properties": {
                "cleabs": f"CANTON_{code}",
                "code_insee": code[-2:] if short else code,
                "code_insee_du_departement": "62",
            },
        }
        for code, outline in outlines.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.mark.parametrize("short", [True, False])
def test_shared_communes_are_cut_as_the_official_outlines_are(outlines, reference, tmp_path, short):
    taken = take(CONNECTOR, as_geojson(outlines, short=short), reference, tmp_path)
    assert taken.count == ROWS["cantons"]
    catalogue = shown(reference, tmp_path)
    layer = catalogue.load("cantons").set_index("code")
    measured = gpd.GeoSeries(layer.geometry, crs=4326).to_crs(2154)
    expected = outlines.to_crs(2154)
    assert measured.area.sort_index().to_numpy() == pytest.approx(
        expected.area.sort_index().to_numpy(), rel=0.02
    )
    calais = measured[[*sorted(CALAIS)]].to_numpy()
    assert shapely.area(shapely.union_all(calais)) == pytest.approx(shapely.area(calais).sum())
    assert layer.loc["6220", "name"] == "Calais-3"
    assert pd.isna(layer.loc["6220", "population"])
    assert catalogue.layer("cantons").sources[-1].title == CONNECTOR.title
    assert "aussi dans les quatre communes" in catalogue.layer("cantons").remark


def test_outlines_that_cannot_be_those_of_the_cantons_are_refused(outlines, reference, tmp_path):
    whole = reference.outlines(Level.CANTON).set_index("code").geometry.set_crs(2154)
    swapped = outlines.rename({"6201": "6202", "6202": "6201"})
    shrunk = outlines.to_crs(2154).buffer(-700).to_crs(4326)
    for changed, said in (
        (outlines.drop("6220"), "pas de contour du canton 6220"),
        (swapped, "canton 6201 n’est pas"),
        (shrunk, "sans canton"),
        (whole.to_crs(4326), "dans deux cantons"),
        (whole.set_crs(4326, allow_override=True), "en degrés"),
    ):
        with pytest.raises(ConnectorError, match=said):
            take(CONNECTOR, as_geojson(changed), reference, tmp_path)


@pytest.mark.parametrize(
    ("features", "said"),
    [
        ("[1", "endommagé"),
        ('[{"properties": {}, "geometry": {"type": "Polygon"}}]}', "« code_insee_du_departement »"),
    ],
)
def test_a_file_of_another_form_is_refused(reference, tmp_path, features, said):
    with pytest.raises(ConnectorError, match=said):
        take(CONNECTOR, f'{{"features": {features}'.encode(), reference, tmp_path)
