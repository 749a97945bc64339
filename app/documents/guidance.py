"""The pages for those who come: help, and the declaration of accessibility."""

from functools import lru_cache

from flask import Blueprint, Response

from app.documents.accessibility import accessibility_page
from app.documents.help import help_page
from app.documents.routes import Documents
from app.settings import NO_CONTACT, Settings
from app.web import addresses as urls
from layers.catalogue.layers import Catalogue


def serve_guidance(catalogue: Catalogue, settings: Settings) -> Blueprint:
    """Return the routes of these pages."""
    routes, documents = Blueprint("guidance", __name__), Documents(catalogue)
    contact = settings.contact if settings.contact != NO_CONTACT else ""

    @lru_cache(maxsize=1)
    def make_help() -> str:
        values = help_page(catalogue, settings.base_map)
        return documents.renderer.render("help.html", urls.HELP, **values)

    @lru_cache(maxsize=1)
    def make_declaration() -> str:
        values = accessibility_page(contact)
        return documents.renderer.render("accessibility.html", urls.ACCESSIBILITY, **values)

    @routes.get(urls.HELP)
    def guide() -> Response:
        return documents.answer(make_help)

    @routes.get(urls.ACCESSIBILITY)
    def declaration() -> Response:
        return documents.answer(make_declaration)

    return routes
