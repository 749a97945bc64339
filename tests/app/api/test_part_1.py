"""OGC API – Features, Part 1 (OGC 17-069r4): its abstract tests, one test for each."""

import json

import pytest
import shapely

from tests.known_totals import ROWS

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
SAMPLES = ("communes", "operations", "qpv", "table.financements", "indicateur.fit.epci")
MEDIA = {"application/json", "application/geo+json", "text/html"}


def by_relation(links):
    found = {}
    for link in links:
        found.setdefault(link["rel"], []).append(link)
    return found


def check_links(links, *relations):
    assert all(link["rel"] and link["type"] and link["href"] for link in links)
    assert set(relations) <= {link["rel"] for link in links}


@pytest.fixture(scope="module")
def definition(application):
    return application.server.test_client().get("/api/definition").json


def parameters(definition, path):
    """Return the parameters of an address by name, each in full."""
    held = definition["components"]["parameters"]
    told = definition["paths"][path]["get"]["parameters"]
    full = [held[one["$ref"].rpartition("/")[2]] if "$ref" in one else one for one in told]
    return {one["name"]: one for one in full}


def item_paths(definition):
    return [path for path in definition["paths"] if path.endswith("/items")]


def test_01_http(ask, client):
    """Abstract test 1, /ats/core/http: HTTP 1.1, a method that there is not is refused."""
    assert ask().headers["Content-Type"] == "application/json"
    assert client.head("/api").status_code == 200
    refused = client.post("/api/collections", data=b"")
    assert refused.status_code == 405
    assert {name.upper() for name in refused.allow} == {"GET", "HEAD", "OPTIONS"}
    assert client.get("/api", headers={"Accept": "text/html"}).mimetype == "text/html"


@pytest.mark.parametrize("collection", ["communes", "operations", "indicateur.fit.mds"])
def test_02_crs84(items, collection):
    """Abstract test 2, /ats/core/crs84: longitude then latitude where nothing is asked."""
    for feature in items(collection, limit=20)["features"]:
        for lon, lat in shapely.get_coordinates(shapely.from_geojson(json.dumps(feature))):
            assert 1.3 < lon < 3.4
            assert 49.7 < lat < 51.2


def test_03_root_op(ask):
    """Abstract test 3, /ats/core/root-op: the landing page answers, with a slash or without."""
    assert ask().json == ask("/").json


def test_04_root_success(ask):
    """Abstract test 4, /ats/core/root-success: it leads to definition, classes, collections."""
    said = ask().json
    check_links(said["links"], "self", "alternate", "service-doc", "conformance", "data")
    assert said["title"]
    (desc,) = by_relation(said["links"])["service-desc"]
    assert desc["type"] == "application/vnd.oai.openapi+json;version=3.0"


def test_05_api_definition_op(ask, client):
    """Abstract test 5, /ats/core/api-definition-op: each link to the definition answers."""
    links = by_relation(ask().json["links"])
    for link in (*links["service-desc"], *links["service-doc"]):
        assert client.get(link["href"]).status_code == 200


def test_06_api_definition_success(ask):
    """Abstract test 6, /ats/core/api-definition-success: the definition has the type it says."""
    answer = ask("/definition")
    assert answer.headers["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    assert answer.json["openapi"].startswith("3.0.")


def test_07_conformance_op(ask):
    """Abstract test 7, /ats/core/conformance-op: the declaration answers."""
    ask("/conformance")


def test_08_conformance_success(ask):
    """Abstract test 8, /ats/core/conformance-success: it lists the classes that are respected."""
    told = ask("/conformance").json["conformsTo"]
    assert {f"{CORE}/{name}" for name in ("core", "oas30", "geojson", "html")} <= set(told)
    assert len(told) == len(set(told))


def test_09_fc_md_op(ask):
    """Abstract test 9, /ats/core/fc-md-op: the list of the collections answers."""
    ask("/collections")


def test_10_fc_md_success(ask, catalogue):
    """Abstract test 10, /ats/core/fc-md-success: every layer, each with its links and extent."""
    said = ask("/collections").json
    check_links(said["links"], "self", "alternate")
    listed = {one["id"]: one for one in said["collections"]}
    assert set(catalogue.layers) <= set(listed)
    for one in listed.values():
        check_links(one["links"], "items", "describedby")
        assert {link["type"] for link in by_relation(one["links"])["items"]} == {
            "application/geo+json",
            "text/html",
        }
    for layer_id in catalogue.layers:
        (west, south, east, north), *_ = listed[layer_id]["extent"]["spatial"]["bbox"]
        assert listed[layer_id]["extent"]["spatial"]["crs"] == CRS84
        low_x, low_y, high_x, high_y = catalogue.load(layer_id).total_bounds
        assert west <= low_x < high_x <= east
        assert south <= low_y < high_y <= north


@pytest.mark.parametrize("collection", SAMPLES)
def test_11_sfc_md_op(ask, collection):
    """Abstract test 11, /ats/core/sfc-md-op: each collection answers at its own address."""
    ask(f"/collections/{collection}")


@pytest.mark.parametrize("collection", SAMPLES)
def test_12_sfc_md_success(ask, collection):
    """Abstract test 12, /ats/core/sfc-md-success: it says there what it says in the list."""
    listed = {one["id"]: one for one in ask("/collections").json["collections"]}
    assert ask(f"/collections/{collection}").json == listed[collection]


def test_13_fc_op(ask):
    """Abstract test 13, /ats/core/fc-op: the objects of every collection answer."""
    for one in ask("/collections").json["collections"]:
        (address,) = [
            link["href"]
            for link in one["links"]
            if link["rel"] == "items" and "json" in link["type"]
        ]
        answer = ask(address.partition("/api")[2].partition("?")[0], limit=1)
        assert answer.mimetype == "application/geo+json"


def test_14_fc_bbox_definition(definition):
    """Abstract test 14, /ats/core/fc-bbox-definition: four or six numbers, commas between them."""
    for path in item_paths(definition):
        bbox = parameters(definition, path)["bbox"]
        assert (bbox["in"], bbox["required"], bbox["style"], bbox["explode"]) == (
            "query", False, "form", False,
        )  # fmt: skip
        assert bbox["schema"]["type"] == "array"
        sizes = {(one["minItems"], one["maxItems"]) for one in bbox["schema"]["oneOf"]}
        assert sizes == {(4, 4), (6, 6)}
        assert bbox["schema"]["items"] == {"type": "number"}


@pytest.mark.parametrize("box", ["1.8,50.9,1.9,51", "1.8,50.9,-5,1.9,51,100"])
def test_15_fc_bbox_response(items, catalogue, box):
    """Abstract test 15, /ats/core/fc-bbox-response: what touches the box, no less and no more."""
    rows = catalogue.load("communes")
    expected = rows[rows.intersects(shapely.box(1.8, 50.9, 1.9, 51))]["code"].tolist()
    assert 3 < len(expected) < 30
    assert [one["id"] for one in items("communes", bbox=box)["features"]] == expected
    without_place = items("table.financements", limit=1)["numberMatched"]
    assert items("table.financements", bbox=box)["numberMatched"] == without_place > 0


def test_16_fc_limit_definition(definition):
    """Abstract test 16, /ats/core/fc-limit-definition: a whole number, its bounds and its usual."""
    for path in item_paths(definition):
        limit = parameters(definition, path)["limit"]
        schema = limit["schema"]
        assert (limit["in"], limit["required"], schema["type"]) == ("query", False, "integer")
        assert 1 <= schema["minimum"] <= schema["default"] <= schema["maximum"] == 10_000


@pytest.mark.parametrize("limit", [1, 7, 156, 157, 10_000, 20_000])
def test_17_fc_limit_response(items, limit):
    """Abstract test 17, /ats/core/fc-limit-response: never more; beyond the most is no error."""
    assert len(items("colleges", limit=limit)["features"]) == min(limit, ROWS["colleges"])


def test_18_fc_time_definition(definition):
    """Abstract test 18, /ats/core/fc-time-definition: a text."""
    for path in item_paths(definition):
        time = parameters(definition, path)["datetime"]
        assert (time["in"], time["required"], time["explode"]) == ("query", False, False)
        assert time["schema"] == {"type": "string"}


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("2022-07-01", lambda day: day == "2022-07-01"),
        ("2022-07-01T10:00:00Z", lambda day: day == "2022-07-01"),
        ("2022-06-30T23:30:00-02:00", lambda day: day == "2022-07-01"),
        ("../2020-12-31", lambda day: day <= "2020-12-31"),
        ("/2020-12-31T23:59:59Z", lambda day: day <= "2020-12-31"),
        ("2022-01-01/..", lambda day: day >= "2022-01-01"),
        ("2020-09-01/2022-06-30", lambda day: "2020-09-01" <= day <= "2022-06-30"),
    ],
)
def test_19_fc_time_response(items, catalogue, asked, holds):
    """Abstract test 19, /ats/core/fc-time-response: a moment or an interval, its ends in it."""
    days = catalogue.load("france_services")["labelled_on"]
    assert set(days.str.len()) == {10}
    found = items("france_services", datetime=asked)
    assert found["numberMatched"] == sum(map(holds, days))
    assert 0 < found["numberMatched"] < len(days)
    assert items("gares", datetime=asked)["numberMatched"] == ROWS["gares"]  # without a date


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=-1", "limit=x", "limit=1.5", "limit=", "limit=1&limit=2", "offset=-1",
     "bbox=1,2,3", "bbox=a,b,c,d", "bbox=1,50,2", "bbox=nan,1,2,3", "bbox=1,51,2,50",
     "bbox=1,50,2,95", "bbox=1e999,1,2,3", "bbox=", "datetime=hier", "datetime=..", "datetime=",
     "datetime=2024-01-01/2023-01-01", "datetime=2023-02-30", "datetime=2023-01-01/x",
     "population=beaucoup", "f=xml", "crs=EPSG:2154", "filter-lang=sql", "filter=name%20="],
)  # fmt: skip
@pytest.mark.parametrize("path", ["communes"])
def test_20_query_param_invalid(client, path, query):
    """Abstract test 20, /ats/core/query-param-invalid: 400, told in French and in English."""
    answer = client.get(f"/api/collections/{path}/items?{query}")
    assert answer.status_code == 400
    said = answer.json
    assert said["code"] == "InvalidParameterValue"
    assert said["fr"].startswith("Paramètre «\u00a0")
    assert said["en"].startswith("Parameter “")
    assert said["description"] == f"{said['fr']} / {said['en']}"


@pytest.mark.parametrize(
    "path",
    ["", "/conformance", "/definition", "/collections", "/collections/communes",
     "/collections/communes/items", "/collections/communes/items/62041",
     "/collections/communes/queryables", "/collections/communes/schema"],
)  # fmt: skip
def test_21_query_param_unknown(ask, path):
    """Abstract test 21, /ats/core/query-param-unknown: 400, never passed over in silence."""
    said = ask(path, status=400, inconnu="1").json
    assert "«\u00a0inconnu\u00a0»" in said["fr"]
    assert "“inconnu”" in said["en"]


@pytest.mark.parametrize("collection", SAMPLES)
def test_22_fc_response(items, collection):
    """Abstract test 22, /ats/core/fc-response: a feature collection; all pages are all objects."""
    whole = items(collection, limit=10_000)
    assert whole["type"] == "FeatureCollection"
    keys = [one["id"] for one in whole["features"]]
    assert len(set(keys)) == len(keys) == whole["numberMatched"]
    step = max(1, len(keys) // 3)
    paged = []
    for offset in range(0, len(keys), step):
        paged += [one["id"] for one in items(collection, limit=step, offset=offset)["features"]]
    assert paged == keys


def test_23_fc_links(items, client):
    """Abstract test 23, /ats/core/fc-links: itself, its page, and the next until there is none."""
    page, seen = items("colleges", limit=60, commune="Arras"), 0
    assert "next" not in by_relation(page["links"])
    page = items("colleges", limit=60)
    while True:
        check_links(page["links"], "self", "alternate", "collection")
        seen += len(page["features"])
        following = by_relation(page["links"]).get("next")
        if not following:
            break
        page = client.get(following[0]["href"]).json
    assert seen == ROWS["colleges"]


def test_24_fc_time_stamp(items):
    """Abstract test 24, /ats/core/fc-timeStamp: not told: the same question, the same bytes."""
    assert "timeStamp" not in items("gares")


@pytest.mark.parametrize("query", [{}, {"commune": "Arras"}, {"bbox": "1.8,50.9,1.9,51"}])
def test_25_fc_number_matched(items, query):
    """Abstract test 25, /ats/core/fc-numberMatched: of all that answer, whatever the page."""
    page = items("colleges", limit=1, **query)
    assert page["numberMatched"] == len(items("colleges", limit=10_000, **query)["features"]) > 1


def test_26_fc_number_returned(items):
    """Abstract test 26, /ats/core/fc-numberReturned: of this page."""
    page = items("colleges", limit=100, offset=100)
    assert page["numberReturned"] == len(page["features"]) == ROWS["colleges"] - 100
    assert items("colleges", offset=10_000)["numberReturned"] == 0


@pytest.mark.parametrize("collection", SAMPLES)
def test_27_f_op(items, ask, collection):
    """Abstract test 27, /ats/core/f-op: each object answers at its own address."""
    key = items(collection, limit=1)["features"][0]["id"]
    ask(f"/collections/{collection}/items/{key}")
    ask(f"/collections/{collection}/items/nulle-part", status=404)


@pytest.mark.parametrize("collection", SAMPLES)
def test_28_f_success(items, ask, collection):
    """Abstract test 28, /ats/core/f-success: it is there what it is among the others."""
    (among,) = items(collection, limit=1)["features"]
    alone = ask(f"/collections/{collection}/items/{among['id']}").json
    assert {name: alone[name] for name in among} == among


def test_29_f_links(ask):
    """Abstract test 29, /ats/core/f-links: itself, its page, its collection."""
    check_links(
        ask("/collections/communes/items/62041").json["links"], "self", "alternate", "collection"
    )


def test_30_geojson(items, ask):
    """Conformance class GeoJSON, /conf/geojson: the media type, objects of RFC 7946."""
    answer = ask("/collections/qpv/items", limit=5)
    assert answer.headers["Content-Type"] == "application/geo+json"
    for feature in answer.json["features"]:
        assert feature["type"] == "Feature"
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert shape.geom_type == "MultiPolygon"
        assert all(part.exterior.is_ccw for part in shape.geoms)
    assert items("table.budget", limit=1)["features"][0]["geometry"] is None


@pytest.mark.parametrize(
    "path",
    ["", "/conformance", "/definition", "/collections", *(f"/collections/{one}" for one in SAMPLES),
     *(f"/collections/{one}/items" for one in SAMPLES), "/collections/communes/items/62041"],
)  # fmt: skip
def test_31_html(client, path):
    """Conformance class HTML, /conf/html: every resource is a page, for who asks for one."""
    answer = client.get(f"/api{path}", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.mimetype == "text/html"
    assert '<html lang="fr">' in answer.text
    assert "Accept" in answer.headers["Vary"]
    assert client.get(f"/api{path}?f=json").mimetype.endswith("json")


def test_32_oas30(definition):
    """Conformance class OpenAPI 3.0, /conf/oas30: each refusal and each address is told."""
    for path, acts in definition["paths"].items():
        answers = acts["get"]["responses"]
        assert {"200", "400", "404", "500"} <= set(answers), path
    assert {"/collections/communes/items", "/collections/{collectionId}/items"} <= set(
        definition["paths"]
    )
