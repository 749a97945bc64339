"""The addresses that portals, harvesters and search engines ask for."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

import orjson
import rdflib
from flask import Blueprint, Response, request
from rdflib.plugins.parsers.jsonld import to_rdf

from app.published.dataset import datasets
from app.published.dcat import describe
from app.settings import Settings
from app.web import addresses as urls
from app.web.caching import ASKED_AGAIN
from app.web.notice import notice
from app.web.prefix import leave_addresses
from app.web.public_root import public_root
from layers.catalogue.layers import Catalogue

MEDIA: Final = {
    "jsonld": "application/ld+json",
    "ttl": "text/turtle; charset=utf-8",
    "rdf": "application/rdf+xml",
}
"""Ending of the catalogue's address → media type."""
RDF_FORMATS: Final = {"ttl": "turtle", "rdf": "pretty-xml"}
"""What rdflib calls them."""
NO_SUCH_FORM: Final = "Le catalogue est donné en .jsonld, .ttl ou .rdf."
STORE: Final = "SimpleMemory"
"""Of rdflib, for one graph: in the other a reader of JSON-LD makes several."""
NO_NAME: Final = (
    "Le catalogue ne peut pas être donné : ses adresses ont besoin du nom du serveur, que le "
    "réglage ATLAS62_ADDRESS n’a pas dit."
)
MOST_NAMES: Final = 8
"""Of the server, by which the catalogue is kept written."""
PAGES: Final = (
    urls.EXPLORE, urls.GAPS, urls.BOOKLETS, urls.DATA, urls.FUNDING, urls.FRAMEWORK, urls.TRUST,
    urls.HELP, urls.ACCESSIBILITY,
)  # fmt: skip
"""Of the site map, before the sheets of contracts and operations."""
ROBOTS: Final = """User-agent: *
Disallow: /_dash-
Disallow: /choix/
Disallow: /donnees/fichiers
Disallow: /livrets/travaux
"""
"""What is made for one reader, or made again for each question, is no page to be found."""
SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def serve_published(find_catalogue: Callable[[], Catalogue], settings: Settings) -> Blueprint:
    """Return the routes of the catalogue, of the robots and of the site map.

    Parameters
    ----------
    find_catalogue
        Gives what all readers see.
    """
    routes, told = Blueprint("published", __name__), settings.public_address

    @lru_cache(maxsize=MOST_NAMES * len(MEDIA))
    def written(catalogue: Catalogue, root: str, ending: str) -> bytes:
        said = describe(catalogue.derive(datasets), root)
        if ending == "jsonld":
            return orjson.dumps(said)
        graph = to_rdf(said, rdflib.Graph(store=STORE))
        return graph.serialize(format=RDF_FORMATS[ending], encoding="utf-8")

    @routes.get("/catalogue.<ending>")
    def catalogue(ending: str) -> Response:
        if ending not in MEDIA:
            return notice(NO_SUCH_FORM, 404)
        root = public_root(told)
        if not root.startswith("http"):
            return notice(NO_NAME, 503)
        return _answer(written(find_catalogue(), root, ending), MEDIA[ending])

    @routes.get("/robots.txt")
    def robots() -> Response:
        root = public_root(told)
        where = f"Sitemap: {root}/sitemap.xml\n" if root.startswith("http") else ""
        return _answer(f"{ROBOTS}{where}".encode(), "text/plain; charset=utf-8")

    @routes.get("/sitemap.xml")
    def sitemap() -> Response:
        return _answer(_write_sitemap(find_catalogue(), public_root(told)), "application/xml")

    return routes


def _write_sitemap(catalogue: Catalogue, root: str) -> bytes:
    rows = [
        *(urls.contract_url(id_) for id_ in catalogue.load("contrats")["id"]),
        *(urls.operation_url(id_) for id_ in catalogue.load("operations")["id"]),
    ]
    top = Element("urlset", xmlns=SITEMAP)
    for path in (*PAGES, *rows):
        SubElement(SubElement(top, "url"), "loc").text = f"{root}{path}"
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(top, encoding="utf-8")


def _answer(body: bytes, media: str) -> Response:
    leave_addresses()
    response = Response(body, content_type=media)
    response.headers["Cache-Control"] = ASKED_AGAIN
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.add_etag()
    response.make_conditional(request)
    return response
