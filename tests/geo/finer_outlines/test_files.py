"""Outlines come from the files of the IGN or from geo.api.gouv.fr, however badly it answers."""

import json

import geopandas as gpd
import pytest
import shapely

from geo.crs import EXCHANGE, MEASURE
from geo.finer_outlines.files import fetch_outlines, read_answer, read_file
from geo.finer_outlines.match import OutlineError
from geo.http_service import BrokenAnswerError, RequestPolicy

QUICK = RequestPolicy(per_second=1_000, tries=3, backoff_s=0.01, longest_wait_s=0.05, timeout_s=0.3)
SQUARE = shapely.box(2.8, 50.4, 2.9, 50.5)


def frame(column="code", crs=EXCHANGE):
    rows = {column: ["62498", "59350"], "nom": ["Lens", "Lille"]}
    return gpd.GeoDataFrame(rows, geometry=[SQUARE, shapely.box(3, 50.6, 3.1, 50.7)], crs=crs)


@pytest.mark.parametrize("column", ["INSEE_COM", "code_insee", "code"])
@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".geojson"])
def test_file_is_read_whatever_its_kind(tmp_path, column, suffix):
    path = tmp_path / f"COMMUNE{suffix}"
    frame(column).to_file(path)
    found = read_file(path)
    assert list(found.columns) == ["code", "geometry"]
    assert list(found["code"]) == ["62498"]
    assert found.geometry.iloc[0].equals(SQUARE)


def test_layer_of_communes_is_taken_among_others(tmp_path):
    path = tmp_path / "ADE.gpkg"
    frame("code_insee").iloc[:0].to_file(path, layer="arrondissement")
    frame("code_insee").to_crs(MEASURE).to_file(path, layer="commune")
    found = read_file(path)
    assert (len(found), found.crs) == (1, MEASURE)


def test_codes_that_are_numbers_are_codes(tmp_path):
    path = tmp_path / "nombres.gpkg"
    frame().assign(code=[62498, 59350]).to_file(path)
    assert list(read_file(path)["code"]) == ["62498", "59350"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("absent.gpkg", None, "absent"),
        ("tableau.csv", b"code\n62498\n", "est attendu"),
        ("casse.gpkg", b"SQLite format 3\0 rien", "illisible ou endommagé"),
        ("coupe.geojson", b'{"type": "FeatureCollection", "features": [', "illisible"),
    ],
)
def test_file_that_is_no_use_is_told(tmp_path, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(OutlineError, match=said):
        read_file(path)


def test_file_without_codes_is_told(tmp_path):
    path = tmp_path / "sans.geojson"
    frame("numero").to_file(path)
    with pytest.raises(OutlineError, match="aucune couche de polygones avec une colonne de codes"):
        read_file(path)


@pytest.fixture
def service(ban_server):
    ban_server.document = frame().to_json().encode()
    return ban_server


def test_service_is_asked_for_the_outlines_of_the_departement(service):
    found = fetch_outlines(service.address, QUICK)
    assert list(found["code"]) == ["62498", "59350"]
    (asked,) = service.asked
    assert asked.startswith("/departements/62/communes?fields=code,nom,contour&format=geojson")


@pytest.mark.parametrize("trouble", [429, (429, "0"), 500, 503, "slow", "cut", "hang up", b"{"])
def test_trouble_that_passes_is_got_over(service, trouble):
    service.troubles.append(trouble)
    assert len(fetch_outlines(service.address, QUICK)) == 2


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (503, "réponse 503"),
        ("slow", "délai dépassé"),
        ("cut", "connexion impossible ou coupée"),
        (b'{"features": [{}]}', "réponse illisible"),
    ],
)
def test_trouble_that_lasts_is_one_french_sentence(service, trouble, said):
    service.troubles.extend([trouble] * 3)
    with pytest.raises(OutlineError) as caught:
        fetch_outlines(service.address, QUICK)
    assert str(caught.value) == f"Découpage administratif ({service.address}) : {said}."


def test_answer_that_never_ends_is_refused(service, monkeypatch):
    monkeypatch.setattr("geo.finer_outlines.files.LARGEST_ANSWER", 100)
    with pytest.raises(OutlineError, match="trop longue"):
        fetch_outlines(service.address, QUICK)


@pytest.mark.parametrize(
    "answer",
    [[], {}, {"features": 1}, {"features": [1]},
     {"features": [{"type": "Feature", "properties": {"code": "62498"},
                    "geometry": {"type": "Polygon", "coordinates": [[0]]}}]}],
)  # fmt: skip
def test_answer_of_another_form_is_refused(answer):
    with pytest.raises(BrokenAnswerError):
        read_answer(json.dumps(answer).encode())
