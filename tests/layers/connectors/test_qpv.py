"""Official outlines of the quartiers: each of them, where it is expected, or none at all."""

import io
import json
import zipfile

import geopandas as gpd
import pytest
from shapely.affinity import translate
from shapely.geometry import mapping

from app.settings import EMBEDDED_DATA
from layers.connectors.declaration import ConnectorError
from layers.connectors.qpv import CONNECTOR
from layers.placing.districts import outline_metres
from layers.priority_districts import read_outlines
from tests.known_totals import ROWS
from tests.layers.connectors.taken_files import facts, shown, take

MEMBER = "GEOJSON/QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson"


def as_archive(outlines):
    """Return the file of the ANCT: a quartier of another département before ours."""
    other = {"QN01301M": translate(next(iter(outlines)), 3, -7)}
    features = [
        {
            "type": "Feature",
            "properties": {"code_qp": code, "insee_com": "62041, 62498"},
            "geometry": mapping(outline),
        }
        for code, outline in {**other, **outlines}.items()
    ]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(MEMBER, json.dumps({"type": "FeatureCollection", "features": features}))
        file.writestr("LISEZ-MOI.txt", "rien")
    return archive.getvalue()


@pytest.fixture(scope="module")
def outlines():
    """Outlines a little finer than the embedded ones."""
    return read_outlines(EMBEDDED_DATA).to_crs(2154).buffer(3).to_crs(4326)


def test_official_outlines_take_the_place_of_the_simplified_ones(outlines, reference, tmp_path):
    taken = take(CONNECTOR, as_archive(outlines), reference, tmp_path)
    assert taken.count == ROWS["qpv"]
    assert outline_metres(facts(tmp_path)) < outline_metres(EMBEDDED_DATA)
    catalogue = shown(reference, tmp_path)
    layer = catalogue.load("qpv").set_index("code")
    measured = gpd.GeoSeries(layer.geometry, crs=4326).to_crs(2154).area
    expected = outlines.to_crs(2154).area
    assert measured.sort_index().to_numpy() == pytest.approx(expected.sort_index().to_numpy())
    assert layer["population"].notna().all()
    first, second = catalogue.layer("qpv").sources
    assert first.vintage.startswith("sans date")
    assert second.title == "Population et indicateurs des quartiers prioritaires"
    assert "simplifiés" not in catalogue.layer("qpv").remark


def test_an_outline_that_lacks_or_lies_elsewhere_is_refused(outlines, reference, tmp_path):
    code = outlines.index[5]
    for changed, said in (
        (outlines.drop(code), f"pas de contour du quartier {code}"),
        (outlines.where(outlines.index != code, outlines.translate(0.1)), f"quartier {code} n’est"),
    ):
        with pytest.raises(ConnectorError, match=said):
            take(CONNECTOR, as_archive(changed), reference, tmp_path)


@pytest.mark.parametrize(
    ("features", "said"),
    [
        ("[1", "endommagé"),
        ('[{"properties": {}, "geometry": {"type": "Polygon"}}]}', "« code_qp »"),
    ],
)
def test_a_file_of_another_form_is_refused(reference, tmp_path, features, said):
    with pytest.raises(ConnectorError, match=said):
        take(CONNECTOR, f'{{"features": {features}'.encode(), reference, tmp_path)
