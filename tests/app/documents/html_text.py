"""A server of the documents alone, and their pages read as a reader does."""

import re
from html.parser import HTMLParser

from flask import Flask
from flask.testing import FlaskClient

from app.documents.guidance import serve_guidance
from app.documents.routes import serve_documents
from app.positions.routes import serve_positions
from app.settings import Corrections, Settings
from app.sign_on.permission import Permission
from app.web.delivery import deliver

SEARCH = "/atlas/search-"


class Page(HTMLParser):
    """The text, the links, the anchors and the tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.links, self.anchors = "", [], []
        self.tags, self.attributes = [], []
        self.feed(html)
        self.text = re.sub(r"[ \n]+", " ", self.text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "script" and (values.get("src") or "").startswith(SEARCH):
            return  # the search that every page has: it changes nothing of the document
        self.tags.append(tag)
        self.attributes += values
        self.anchors += [values["id"]] if "id" in values else []
        if tag == "a":
            self.links.append(values["href"])

    def handle_data(self, data):
        self.text += f" {data}"


def serve(catalogue, corrections=Corrections.NONE, settings=None) -> FlaskClient:
    """Serve the documents without the map, whose outlines take seconds."""
    server = Flask("documents")
    if settings is not None:
        server.register_blueprint(serve_guidance(catalogue, settings))
    server.register_blueprint(serve_documents(catalogue))
    permission = Permission(Settings(corrections=corrections))
    server.register_blueprint(serve_positions(catalogue, permission))
    deliver(server, [])
    return server.test_client()
