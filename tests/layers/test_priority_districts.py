"""The quartiers prioritaires: all of them, with outline and inhabitants, what is secret unknown."""

import json
import math
from pathlib import Path
from shutil import copytree

import geopandas as gpd
import pytest
from shapely import box

from geo.crs import MEASURE
from geo.reference.places import Reference
from layers.model.schema import LayerError
from layers.priority_districts import QPV, read_outlines
from tests.known_totals import ROWS


@pytest.fixture(scope="module")
def rows(catalogue):
    return catalogue.load("qpv").set_index("code")


def test_inhabitants_are_those_of_the_observatory(rows):
    assert len(rows) == ROWS["qpv"]
    assert rows["population"].sum() == 172_024
    assert round(rows["households"].sum()) == 75_238
    assert rows.loc["QN06201M", ["population", "social_housing"]].tolist() == [1348, 224]


def test_what_is_secret_is_unknown_and_not_zero(rows):
    assert math.isnan(rows.loc["QN06202M", "poverty_rate_60"])
    assert rows["social_housing"].isna().sum() == 2
    assert rows["youth_index"].isna().sum() == 2
    assert (rows["poverty_rate_60"].dropna() > 0).all()


def test_outlines_have_the_surface_that_was_measured_when_they_were_typed(rows):
    assert rows.loc["QN06201M", "area_ha"] == 46.0
    assert rows["area_ha"].sum() == pytest.approx(3395, abs=1)
    assert rows["area_ha"].between(9.3, 162.2).all()


def test_a_quartier_lies_in_its_communes(rows, reference):
    grounds = reference.coverage.communes(0).set_index("code").geometry
    outlines = rows.geometry.to_crs(MEASURE)
    for code, outline in outlines.items():
        own = grounds.loc[list(rows.loc[code, "commune_codes"])].union_all()
        inside = outline.intersection(own)
        assert inside.area / outline.area > (0.85 if code == "QN06261M" else 0.98)


def test_the_point_of_a_quartier_is_inside_it(rows):
    points = gpd.GeoSeries.from_xy(rows["longitude"], rows["latitude"], index=rows.index, crs=4326)
    assert points.within(rows.geometry).all()


def broken(data: Path, folder: Path, change) -> Path:
    copytree(data / "districts", folder / "districts")
    change(folder / "districts")
    return folder


def drop_an_outline(folder):
    file = folder / "outlines.geojson"
    shape = json.loads(file.read_text())
    shape["features"] = shape["features"][1:]
    file.write_text(json.dumps(shape))


def drop_a_population(folder):
    file = folder / "population.csv"
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], *lines[2:]]))


@pytest.mark.parametrize(
    ("change", "file"),
    [(drop_an_outline, "outlines.geojson"), (drop_a_population, "population.csv")],
)
def test_a_quartier_that_a_file_lacks_is_named(reference: Reference, data, tmp_path, change, file):
    with pytest.raises(LayerError, match=f"{file} : rien du quartier QN06201M"):
        QPV.load(reference, broken(data, tmp_path, change))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "illisibles"),
        (
            json.dumps(gpd.GeoSeries([box(2, 50, 3, 51)], crs=4326).__geo_interface__),
            "code_qp",
        ),
    ],
)
def test_a_file_that_is_no_outlines_is_refused(tmp_path, text, said):
    (tmp_path / "districts").mkdir()
    (tmp_path / "districts/outlines.geojson").write_text(text)
    with pytest.raises(LayerError, match=said):
        read_outlines(tmp_path)
