"""The addresses of the documents, and what is answered when something is not there."""

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final

import structlog
from flask import Blueprint, Response, request

from app.documents.contract import contract_page
from app.documents.found import Finder, search_page
from app.documents.framework import framework_page
from app.documents.funding import funding_csv, funding_page
from app.documents.operation import operation_page
from app.documents.trust import FILTERS, findings_csv, trust_page
from app.map.search_index import search_groups
from app.parts.search_box import SEARCH_TEXT, SEARCH_URL
from app.view.worn import unworn
from app.web import addresses as urls
from app.web.render import Renderer
from layers.catalogue.layers import Catalogue
from layers.model.layer import LayerError
from layers.operation.sheet import UnknownRowError

KEPT: Final = "no-cache"
"""Browsers ask again, and are told in a line when nothing has changed."""
MOST_PAGES: Final = 256

log = structlog.get_logger("app.pages.documents")


class Documents:
    """The pages of one catalogue; its data do not change while the server runs.

    Parameters
    ----------
    catalogue
        Layers and reference.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.renderer = Renderer()
        self.funding = lru_cache(maxsize=1)(self._funding)
        self.framework = lru_cache(maxsize=1)(self._framework)
        self.finder = lru_cache(maxsize=1)(lambda: Finder(search_groups(catalogue)))
        self.operation = lru_cache(maxsize=MOST_PAGES)(self._operation)
        self.contract = lru_cache(maxsize=MOST_PAGES)(self._contract)

    def trust(self, status: str) -> str:
        """Return the page of trust, made anew: what it says of the data may have been mended."""
        values = trust_page(self.catalogue, FILTERS.get(status))
        return self.renderer.render("trust.html", urls.TRUST, **values)

    def search(self, text: str) -> str:
        """Return the page of what a text finds."""
        values = search_page(self.finder(), text)
        named = {"search_url": SEARCH_URL, "search_text": SEARCH_TEXT}
        return self.renderer.render("found.html", SEARCH_URL, **values, **named)

    def _funding(self) -> str:
        return self.renderer.render("funding.html", urls.FUNDING, **funding_page(self.catalogue))

    def _framework(self) -> str:
        values = framework_page(self.catalogue)
        return self.renderer.render("framework.html", urls.FRAMEWORK, **values)

    def _operation(self, operation: str) -> str:
        values = operation_page(self.catalogue, operation)
        return self.renderer.render("operation.html", urls.operation_url(operation), **values)

    def _contract(self, contract: str) -> str:
        values = contract_page(self.catalogue, contract)
        return self.renderer.render("contract.html", urls.contract_url(contract), **values)

    def notice(self, title: str, message: str, status: int) -> Response:
        """Return a page that says in a French sentence why what was asked is not shown."""
        page = self.renderer.render("notice.html", "", title=title, message=message)
        return Response(page, status, content_type="text/html; charset=utf-8")

    def answer(self, make: Callable[..., str], *asked: str) -> Response:
        """Return a page, or the page that says why it is not there."""
        try:
            return _revalidated(make(*asked), "text/html; charset=utf-8")
        except UnknownRowError as error:
            for other in unworn(asked[-1]) if asked else ():
                with suppress(UnknownRowError, LayerError):
                    return _revalidated(make(*asked[:-1], other), "text/html; charset=utf-8")
            return self.notice("Page introuvable", str(error), 404)
        except LayerError as error:
            log.warning("page failed", path=request.path, reason=str(error))
            return self.notice("Page indisponible", str(error), 503)

    def download(self, name: str, make: Callable[..., bytes | None], *asked: Any) -> Response:  # noqa: ANN401 - of the maker
        """Return a table to be saved under a name."""
        try:
            content = make(self.catalogue, *asked)
        except LayerError as error:
            log.warning("table failed", path=request.path, reason=str(error))
            return self.notice("Tableau indisponible", str(error), 503)
        if content is None:
            return self.notice("Page introuvable", "Ce tableau n’existe pas.", 404)
        response = _revalidated(content, "text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response


def serve_documents(catalogue: Catalogue) -> Blueprint:
    """Return the routes of the documents."""
    routes, documents = Blueprint("documents", __name__), Documents(catalogue)

    @routes.get(urls.TRUST)
    def trust() -> Response:
        status = request.args.get("statut", "")
        return documents.answer(documents.trust, status if status in FILTERS else "")

    @routes.get(urls.FINDINGS_TABLE)
    def findings() -> Response:
        return documents.download("atlas62-verifications", findings_csv)

    @routes.get(SEARCH_URL)
    def search() -> Response:
        return documents.answer(documents.search, request.args.get(SEARCH_TEXT, ""))

    @routes.get(urls.FUNDING)
    def funding() -> Response:
        return documents.answer(documents.funding)

    @routes.get(urls.FRAMEWORK)
    def framework() -> Response:
        return documents.answer(documents.framework)

    @routes.get(f"{urls.FUNDING}/<name>.csv")
    def breakdown(name: str) -> Response:
        return documents.download(f"atlas62-financements-{name}", funding_csv, name)

    @routes.get("/operation/<path:name>")
    def operation(name: str) -> Response:
        return documents.answer(documents.operation, name)

    @routes.get("/contrat/<path:name>")
    def contract(name: str) -> Response:
        return documents.answer(documents.contract, name)

    return routes


def _revalidated(content: str | bytes, content_type: str) -> Response:
    response = Response(content, content_type=content_type)
    response.headers["Cache-Control"] = KEPT
    response.add_etag()
    response.make_conditional(request)
    return response
