"""The addresses of the service (OGC API – Features)."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import orjson
from flask import Blueprint, Response, request

from app.api import pages
from app.api.answers import FORMS, answer_json, answer_page, answer_refusal, let_ask, wanted_form
from app.api.collection import Collection, schema_of
from app.api.definition import define
from app.api.description import CONFORMANCE, STYLES, describe_collection, describe_service
from app.api.features import answer_feature, answer_features
from app.api.links import JSON, OPENAPI, SCHEMA, Links
from app.api.offer import Offer, Offers
from app.api.question import check_names, read_question
from app.api.refusals import ApiError, without_style
from app.api.styles import write_qml, write_sld
from app.exports.moment import last_change
from app.readers.context import Readers
from app.settings import Settings
from app.web.addresses import API
from app.web.public_root import public_root

MOST_NAMES: Final = 8
"""Of the server, by which the list of the collections is kept written."""
ONLY_FORM: Final = ("f",)
ONE_OBJECT: Final = ("f", "crs")


class Service:
    """Answers the questions to the service.

    Parameters
    ----------
    readers
        Who sees what.
    settings
        Say by which address people reach the server.
    """

    def __init__(self, readers: Readers, settings: Settings) -> None:
        self._offers = Offers(readers)
        self._told = settings.public_address
        self._changed = last_change(readers.shared.catalogue)

    @property
    def offer(self) -> Offer:
        """What the reader of this request is offered."""
        return self._offers.of_reader()

    def links(self, form: str = "json") -> Links:
        """Return what makes the links of this answer; those of a page begin at the root."""
        return Links("" if form == "html" else public_root(self._told))

    def about(self, act: Callable[[Collection, str], Response], collection_id: str) -> Response:
        """Answer about a collection."""
        return act(self.offer.collection(collection_id), wanted_form())

    def landing(self) -> Response:
        """Answer with the landing page."""
        form = self._plain_form()
        if form == "html":
            return self._page_of_service()
        said = describe_service(self.links(), FORMS[form])
        return answer_json(said, links=said["links"], changed=self._changed)

    def conformance(self) -> Response:
        """Answer with the classes of conformance."""
        if self._plain_form() == "html":
            return self._page_of_service()
        return answer_json({"conformsTo": CONFORMANCE}, changed=self._changed)

    def definition(self) -> Response:
        """Answer with the OpenAPI definition, or its page."""
        offer, links = self.offer, self.links()
        if self._plain_form() == "html":
            return self._page_of_service()
        return answer_json(define(offer, links.address()), OPENAPI, alone=bool(offer.private))

    def _page_of_service(self) -> Response:
        return answer_page(pages.landing(self.links().address()), alone=False)

    def _plain_form(self) -> str:
        """Return the form that is wanted where nothing else can be asked for."""
        check_names(request.args, ONLY_FORM)
        return wanted_form()

    def _changed_of(self, collection: Collection) -> dt.datetime | None:
        """Return when the data of a collection last changed; an adopted layer has its tag alone."""
        adopted = collection.layer is not None and collection.layer in self.offer.catalogue.stored
        return None if adopted or collection.private else self._changed

    def collections(self) -> Response:
        """Answer with all collections."""
        form, offer, links = self._plain_form(), self.offer, self.links()
        alone = bool(offer.private)
        if form == "html":
            return answer_page(pages.collections(offer), alone=alone)
        written = offer.written.get(links.root)
        if written is None:
            written = self._write_collections(offer, links)
            if len(offer.written) < MOST_NAMES:
                offer.written[links.root] = written
        return answer_json(written, alone=alone)

    def _write_collections(self, offer: Offer, links: Links) -> bytes:
        own = links.encodings("self", JSON, "Collections", "collections")
        described = [describe_collection(offer, one, links) for one in offer.collections.values()]
        return orjson.dumps({"links": own, "collections": described})

    def collection(self, collection: Collection, form: str) -> Response:
        """Answer with what is said of a collection."""
        check_names(request.args, ONLY_FORM)
        said = describe_collection(self.offer, collection, self.links(form), FORMS[form])
        if form == "html":
            return self._page_of(collection, said)
        return answer_json(said, links=said["links"], alone=collection.private)

    def _page_of(self, collection: Collection, said: Mapping[str, Any]) -> Response:
        address = self.links().address("collections", collection.id, "items")
        return answer_page(pages.collection(collection, said, address), alone=collection.private)

    def schema(self, collection: Collection, form: str, *, queryables: bool) -> Response:
        """Answer with the schema of a collection, or with what can be asked about it."""
        check_names(request.args, ONLY_FORM)
        name = "queryables" if queryables else "schema"
        address = self.links().address("collections", collection.id, name)
        said = schema_of(collection, address, queryables=queryables)
        if form == "html":
            return self.collection(collection, form)
        return answer_json(said, SCHEMA, alone=collection.private)

    def style(self, collection: Collection, ending: str) -> Response:
        """Answer with the style of a collection, as QGIS or as others read it."""
        check_names(request.args, ())
        offer = self.offer
        if collection.geometry is None or ending not in STYLES:
            raise without_style(collection.id)
        if ending == "qml":
            text = write_qml(collection, offer.rows(collection), offer.catalogue)
        else:
            text = write_sld(collection, offer.catalogue)
        return answer_json(text.encode(), STYLES[ending][0], alone=collection.private)

    def items(self, collection: Collection, form: str) -> Response:
        """Answer with the objects of a collection that are asked for."""
        question = read_question(collection, request.args)
        rows = self.offer.rows(collection)
        return answer_features(rows, question, self.links(form), form, self._changed_of(collection))

    def item(self, collection: Collection, feature_id: str, form: str) -> Response:
        """Answer with one object."""
        check_names(request.args, ONE_OBJECT)
        rows = self.offer.rows(collection)
        return answer_feature(
            rows, feature_id, self.links(form), form, self._changed_of(collection)
        )


def serve_api(readers: Readers, settings: Settings) -> Blueprint:
    """Return the routes of the service."""
    routes, service = Blueprint("api", __name__, url_prefix=API), Service(readers, settings)
    routes.register_error_handler(ApiError, answer_refusal)
    for rule, name, view in (
        ("", "landing", service.landing),
        ("/conformance", "conformance", service.conformance),
        ("/definition", "definition", service.definition),
        ("/collections", "collections", service.collections),
    ):
        routes.add_url_rule(rule, name, view, strict_slashes=False)
    one = "/collections/<collection_id>"
    for rule, name, act in (
        (one, "collection", service.collection),
        (f"{one}/items", "items", service.items),
        (f"{one}/queryables", "queryables", partial(service.schema, queryables=True)),
        (f"{one}/schema", "schema", partial(service.schema, queryables=False)),
    ):
        routes.add_url_rule(rule, name, partial(service.about, act))

    @routes.get(f"{one}/style.<ending>")
    def style(collection_id: str, ending: str) -> Response:
        return service.style(service.offer.collection(collection_id), ending)

    @routes.get(f"{one}/items/<path:feature_id>")
    def item(collection_id: str, feature_id: str) -> Response:
        return service.item(service.offer.collection(collection_id), feature_id, wanted_form())

    routes.after_request(let_ask)
    return routes
