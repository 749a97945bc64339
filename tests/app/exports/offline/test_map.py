import html.parser
import json
import re
from dataclasses import replace

import pytest

from app.exports.offline.contents import OfflineChoice
from app.exports.offline.page import offline_map
from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.catalogue.layers import Catalogue
from tests.known_totals import ALL_COMMUNES

CALAIS = Perimeter(Level.EPCI, "200090751")
LOADING = {"src", "href", "srcset", "data", "action", "poster"}


@pytest.fixture(scope="module")
def offline(catalogue):
    return offline_map(catalogue, OfflineChoice(CALAIS)).decode()


def contents_of(page):
    return json.loads(re.search(r'id="contents">(.*?)</script>', page, re.DOTALL)[1])


class Addresses(html.parser.HTMLParser):
    """Every address that an element of the page would load."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, _tag, attrs):
        self.found += [value for name, value in attrs if name in LOADING]


def test_everything_is_inside(offline):
    reader = Addresses()
    reader.feed(offline)
    assert {address.partition(":")[0] for address in reader.found} <= {"data", "#sheet"}
    in_styles = re.findall(r"url\(([^)]{0,20})", offline.partition("<body>")[0])
    assert in_styles
    assert all(address.startswith("data:") for address in in_styles)
    assert "default-src 'none'" in offline


def test_an_epci_is_light_and_the_departement_too(catalogue, offline):
    assert len(offline.encode()) < 2_000_000
    whole = offline_map(catalogue, OfflineChoice(DEPARTEMENT))
    assert len(whole) < 2_400_000
    assert len(contents_of(whole.decode())["files"]["commune"]["features"]) == ALL_COMMUNES


def test_the_largest_epci_is_light(catalogue):
    largest = max(catalogue.reference.epcis.values(), key=lambda epci: len(epci.communes))
    page = offline_map(catalogue, OfflineChoice(Perimeter(Level.EPCI, largest.code)))
    assert len(page) < 2_000_000


def test_the_same_bytes_twice(catalogue, offline):
    assert offline_map(catalogue, OfflineChoice(CALAIS)).decode() == offline


def test_what_lies_in_the_perimeter_is_there_and_nothing_else(catalogue, offline):
    contents = contents_of(offline)
    members = set(catalogue.reference.members(CALAIS))
    communes = contents["files"]["commune"]["features"]
    assert {commune["properties"]["code"] for commune in communes} == members
    colleges = contents["files"]["layer-colleges"]["features"]
    assert {college["properties"]["commune_code"] for college in colleges} <= members
    assert sum(len(college["properties"]["items"]) for college in colleges) == 12
    assert set(contents["sheets"]) == {str(CALAIS), *(f"commune:{code}" for code in members)}
    found = {item[0].partition("#")[0] for group in contents["files"]["search"]
             for item in group["items"]}  # fmt: skip
    assert found <= set(contents["sheets"])


def test_no_button_and_no_link_leads_out_of_the_file(offline):
    contents = contents_of(offline)
    places = set(re.findall(r'"data-place":"([^"]+)"', json.dumps(contents, separators=(",", ":"))))
    assert places
    assert places <= set(contents["sheets"])
    assert '"href":"/' not in offline


def test_classes_are_those_of_the_perimeter(offline):
    for theme in contents_of(offline)["themes"]:
        drawn = theme["theme"]
        assert len(drawn["values"]) <= 14
        assert all(value <= drawn["largest"] for value in drawn["values"].values())


def test_hostile_texts_stay_texts(catalogue):
    hostile = "</script><script>alert(1)</script><!--\u2028"

    def read(_reference, _data):
        rows = catalogue.load("gares").copy()
        rows["name"] = hostile
        return rows

    layers = [
        replace(layer, read=read, title=hostile) if layer.id == "gares" else layer
        for layer in catalogue.layers.values()
    ]
    attacked = Catalogue(catalogue.reference, catalogue.data, layers)
    town = Perimeter(Level.COMMUNE, "62193")
    page = offline_map(attacked, OfflineChoice(town, title=hostile)).decode()
    assert "<script>alert" not in page
    assert page.count("<!--") == 0
    assert hostile.partition("<!--")[0] in json.dumps(contents_of(page), ensure_ascii=False)


@pytest.mark.parametrize(
    "text", ["commune:62193", "canton:6221", "territoire:lens-henin", "mds:henin-carvin"]
)
def test_every_kind_of_perimeter_has_its_map(catalogue, text):
    perimeter = Perimeter.parse(text)
    contents = contents_of(offline_map(catalogue, OfflineChoice(perimeter)).decode())
    assert contents["place"] == text
    assert text in contents["sheets"]
