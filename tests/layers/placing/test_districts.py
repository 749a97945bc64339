"""Inside, outside, how near, how surely: told of outlines that answers are known for."""

import geopandas as gpd
import pytest
from shapely import box

from geo.crs import EXCHANGE, MEASURE
from geo.precision import Precision
from layers.catalogue.layers import Catalogue
from layers.model.schema import LayerError
from layers.placing.districts import nearest_outlines, read_outlines, relate, tell

CALAIS = (621_000, 7_095_000)
"""A point in Calais, EPSG:2154."""


def square(side=1000, code="QN06203M"):
    x, y = CALAIS
    return gpd.GeoDataFrame(
        {"code_qp": [code]}, geometry=[box(x, y, x + side, y + side)], crs=MEASURE
    )


def points(*offsets, precision=Precision.ADDRESS, code="62193"):
    x, y = CALAIS
    measured = gpd.GeoSeries.from_xy(
        [x + east for east, _ in offsets], [y + north for _, north in offsets], crs=MEASURE
    )
    columns = {"precision": [str(precision)] * len(offsets), "commune_code": [code] * len(offsets)}
    return gpd.GeoDataFrame(columns, geometry=measured.to_crs(EXCHANGE), crs=EXCHANGE)


def test_metres_are_negative_inside_and_measured_from_the_edge():
    outlines = square().rename(columns={"code_qp": "code"})
    found = nearest_outlines(points((500, 500), (100, 500), (1300, 500)), outlines)
    assert found["metres"].round(1).tolist() == [-500, -100, 300]


@pytest.mark.parametrize(
    ("metres", "precision", "said"),
    [
        (-200, 25, "Dans le QPV Camus."),
        (-20, 25, "Sans doute dans le QPV Camus, à 20 m de sa limite (à 35 m près)."),
        (20, 25, "À la limite du QPV Camus : dehors, à 20 m (à 35 m près)."),
        (200, 25, "Hors QPV, à 200 m du QPV Camus (à 35 m près)."),
        (200, 300, "À la limite du QPV Camus : dehors, à 200 m (à 310 m près)."),
        (2450, 25, "Hors QPV ; le plus proche, Camus, est à 2,5\u00a0km."),
    ],
)
def test_relation_is_said_with_the_uncertainty_of_both(metres, precision, said):
    assert tell("Camus", metres, precision) == said


def test_without_outlines_the_commune_is_said(catalogue):
    rows = catalogue.load("operations").set_index("commune_code")["district"]
    assert rows["62325"] == "Dans une commune sans QPV."
    assert rows["62014"].startswith("Dans une commune qui a un QPV : Centre Historique")


def with_outlines(reference, data, folder, outlines):
    (folder / "districts").mkdir()
    file = "districts/priority_districts.csv"
    (folder / file).write_bytes((data / file).read_bytes())
    outlines.to_file(folder / "districts/outlines.gpkg")
    return Catalogue(reference, folder)


def test_outlines_that_an_operator_adds_are_used(reference, data, tmp_path):
    catalogue = with_outlines(reference, data, tmp_path, square())
    name = catalogue.given("qpv").set_index("code").loc["QN06203M", "name"]
    (near,) = relate(catalogue, points((1300, 500)))
    assert near == f"Hors QPV, à 300 m du QPV {name} (à 35 m près)."
    (vague,) = relate(catalogue, points((500, 500), precision=Precision.COMMUNE))
    assert vague.startswith("Dans une commune qui a un QPV")
    assert "à la commune près" in vague


def test_outlines_without_a_code_are_refused(tmp_path):
    (tmp_path / "districts").mkdir()
    square().rename(columns={"code_qp": "nom"}).to_file(tmp_path / "districts/outlines.gpkg")
    with pytest.raises(LayerError, match="code_qp"):
        read_outlines(tmp_path)


def test_a_file_that_is_no_map_is_refused(tmp_path):
    (tmp_path / "districts").mkdir()
    (tmp_path / "districts/outlines.geojson").write_text("{")
    with pytest.raises(LayerError, match="illisibles"):
        read_outlines(tmp_path)
