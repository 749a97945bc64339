"""The catalogue as harvesters read it: what they look for is there, each file the one told."""

import hashlib
import xml.etree.ElementTree as ET

import pytest
import rdflib
from rdflib import RDF, Namespace
from rdflib.plugins.parsers.jsonld import to_rdf

from app.server import create_app
from app.settings import Settings

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
WANTED = (DCT.title, DCT.description, DCT.identifier, DCT.publisher, DCT.modified, DCT.spatial,
          DCAT.keyword, DCAT.landingPage, DCT.rights)  # fmt: skip
OF_A_FILE = (DCT.title, DCT["format"], DCAT.downloadURL, DCAT.accessURL, DCAT.mediaType,
             DCAT.byteSize, SPDX.checksum)  # fmt: skip
"""What the harvester of udata reads of a data set and of a file."""


@pytest.fixture(scope="module")
def graph(application):
    said = application.server.test_client().get("/catalogue.jsonld").get_json(force=True)
    return to_rdf(said, rdflib.Graph(store="SimpleMemory"))


def test_every_layer_is_a_data_set_with_what_a_harvester_reads(graph, catalogue):
    (whole,) = graph.subjects(RDF.type, DCAT.Catalog)
    found = {str(one).rpartition("/")[2]: one for one in graph.objects(whole, DCAT.dataset)}
    assert set(found) == set(catalogue.layers)
    for layer_id, one in found.items():
        for wanted in WANTED:
            assert graph.value(one, wanted, any=True) is not None, (layer_id, wanted)
        rights = str(graph.value(graph.value(one, DCT.rights), DCT.description))
        for source in catalogue.layer(layer_id).sources:
            assert source.licence in rights
            assert source.vintage in rights
        outline = str(graph.value(graph.value(one, DCT.spatial), DCAT.bbox))
        assert outline.startswith("POLYGON((")


def test_a_licence_is_told_where_all_sources_have_it(graph, catalogue):
    for layer_id, layer in catalogue.layers.items():
        (one,) = graph.subjects(DCT.identifier, rdflib.Literal(f"atlas62-{layer_id}"))
        open_ = {source.licence for source in layer.sources} == {"Licence Ouverte"}
        assert (graph.value(one, DCT.license) is not None) == open_, layer_id


@pytest.mark.parametrize("layer_id", ["gares", "qpv"])
def test_each_file_is_the_one_whose_sum_is_told(graph, client, layer_id):
    (one,) = graph.subjects(DCT.identifier, rdflib.Literal(f"atlas62-{layer_id}"))
    files = [
        file for file in graph.objects(one, DCAT.distribution) if graph.value(file, SPDX.checksum)
    ]
    assert len(files) == 4
    for file in files:
        for wanted in OF_A_FILE:
            assert graph.value(file, wanted) is not None, wanted
        address = str(graph.value(file, DCAT.downloadURL)).removeprefix("http://localhost")
        content = client.get(address).data
        told = str(graph.value(graph.value(file, SPDX.checksum), SPDX.checksumValue)).lower()
        assert hashlib.sha256(content).hexdigest() == told
        assert int(graph.value(file, DCAT.byteSize)) == len(content)


def test_dates_are_the_temporal_extent(graph, catalogue):
    (one,) = graph.subjects(DCT.identifier, rdflib.Literal("atlas62-france_services"))
    period = graph.value(one, DCT.temporal)
    days = catalogue.load("france_services")["labelled_on"]
    assert str(graph.value(period, DCAT.startDate)) == days.min()
    assert str(graph.value(period, DCAT.endDate)) == days.max()


@pytest.mark.parametrize(("ending", "name"), [("ttl", "turtle"), ("rdf", "xml")])
def test_the_other_forms_say_the_same(graph, client, ending, name):
    other = rdflib.Graph().parse(data=client.get(f"/catalogue.{ending}").data, format=name)
    assert len(other) == len(graph) > 1_000


def test_without_a_name_of_the_server_there_is_no_catalogue(client):
    answer = client.get("/catalogue.jsonld", headers={"Host": "evil.example"})
    assert answer.status_code == 503
    assert "ATLAS62_ADDRESS" in answer.text


def test_robots_and_the_site_map_name_the_address_that_is_set(catalogue):
    client = create_app(
        Settings(address="https://atlas.exemple.fr"), catalogue
    ).server.test_client()
    assert "Sitemap: https://atlas.exemple.fr/sitemap.xml" in client.get("/robots.txt").text
    places = [one.text for one in ET.fromstring(client.get("/sitemap.xml").data).iter() if one.text]  # noqa: S314
    assert all(place.startswith("https://atlas.exemple.fr/") for place in places)
    for place in places:
        path = place.removeprefix("https://atlas.exemple.fr")
        assert client.get(path).status_code == 200, path
    assert len(places) > 15
