"""Inside, outside, how near, how surely: told of outlines that answers are known for."""

import geopandas as gpd
import pytest
from shapely import box

from geo.crs import EXCHANGE, MEASURE
from geo.precision import Precision
from layers.catalogue.layers import Catalogue
from layers.placing.districts import nearest_outlines, relate, tell

CALAIS = (621_000, 7_095_000)
"""A point in Calais, EPSG:2154."""


def square(side=1000, code="QN06203M"):
    x, y = CALAIS
    return gpd.GeoDataFrame({"code": [code]}, geometry=[box(x, y, x + side, y + side)], crs=MEASURE)


def points(*offsets, precision=Precision.ADDRESS, code="62193"):
    x, y = CALAIS
    measured = gpd.GeoSeries.from_xy(
        [x + east for east, _ in offsets], [y + north for _, north in offsets], crs=MEASURE
    )
    columns = {"precision": [str(precision)] * len(offsets), "commune_code": [code] * len(offsets)}
    return gpd.GeoDataFrame(columns, geometry=measured.to_crs(EXCHANGE), crs=EXCHANGE)


def test_metres_are_negative_inside_and_measured_from_the_edge():
    found = nearest_outlines(points((500, 500), (100, 500), (1300, 500)), square())
    assert found["metres"].round(1).tolist() == [-500, -100, 300]


@pytest.mark.parametrize(
    ("metres", "unsure", "said"),
    [
        (-200, 40, "À l’intérieur du QPV Camus."),
        (-40, 40, "À l’intérieur du QPV Camus."),
        (-39.9, 40, "Au bord du QPV Camus : à 40 m de sa limite (à 40 m près)."),
        (20, 40, "Au bord du QPV Camus : à 20 m de sa limite (à 40 m près)."),
        (40.1, 40, "Hors QPV, à 40 m du QPV Camus (à 40 m près)."),
        (200, 40, "Hors QPV, à 200 m du QPV Camus (à 40 m près)."),
        (200, 315, "Au bord du QPV Camus : à 200 m de sa limite (à 315 m près)."),
        (2450, 40, "Hors QPV ; le plus proche, Camus, est à 2,5\u00a0km."),
    ],
)
def test_relation_is_said_with_the_uncertainty_of_both(metres, unsure, said):
    assert tell("Camus", metres, unsure) == said


def test_a_point_in_the_middle_of_each_outline_is_inside_or_at_its_edge(catalogue):
    rows = catalogue.load("qpv")
    middle = rows.to_crs(MEASURE).representative_point().to_crs(EXCHANGE)
    asked = gpd.GeoDataFrame(
        {"precision": str(Precision.ADDRESS), "commune_code": rows["commune_code"]}, geometry=middle
    )
    for name, said in zip(rows["name"], relate(catalogue, asked), strict=True):
        assert said.startswith((f"À l’intérieur du QPV {name}.", f"Au bord du QPV {name} :"))


def test_our_outlines_and_the_address_are_both_doubted(catalogue):
    outline = catalogue.load("qpv").set_index("code").geometry.to_crs(MEASURE)["QN06203M"]
    far = outline.buffer(45).boundary.interpolate(0)
    near = outline.buffer(35).boundary.interpolate(0)
    asked = gpd.GeoDataFrame(
        {"precision": ["address"] * 2, "commune_code": ["62193"] * 2},
        geometry=gpd.GeoSeries([far, near], crs=MEASURE).to_crs(EXCHANGE),
    )
    outside, edge = relate(catalogue, asked)
    assert outside.startswith("Hors QPV, à 45 m")
    assert edge.startswith("Au bord")


def test_a_town_hall_says_nothing_of_a_quartier(catalogue):
    rows = catalogue.load("operations").set_index("commune_code")["district"]
    assert rows["62325"] == "Dans une commune sans QPV."
    (vague,) = relate(catalogue, points((500, 500), precision=Precision.COMMUNE))
    assert vague.startswith("Dans une commune qui a un QPV")
    assert "à la commune près" in vague


def test_outlines_that_an_operator_adds_are_used(reference, data, tmp_path):
    (tmp_path / "districts").mkdir()
    for file in ("priority_districts.csv", "population.csv"):
        (tmp_path / "districts" / file).write_bytes((data / "districts" / file).read_bytes())
    ours = gpd.read_file(data / "districts/outlines.geojson").to_crs(MEASURE)
    ours.loc[ours["code"] == "QN06203M", "geometry"] = square().geometry[0]
    published = ours.rename(columns={"code": "code_qp"})
    published.to_file(tmp_path / "districts/outlines.gpkg")
    catalogue = Catalogue(reference, tmp_path)
    name = catalogue.given("qpv").set_index("code").loc["QN06203M", "name"]
    (near,) = relate(catalogue, points((500, -300)))
    assert near == f"Hors QPV, à 300 m du QPV {name} (à 35 m près)."
