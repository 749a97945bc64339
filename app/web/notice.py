"""A refusal in one French sentence: a page for who reads it, the bare sentence for programs."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from flask import Response

from app.web.client import wants_page
from app.web.render import Renderer

TITLES: Final[Mapping[int, str]] = {
    404: "Cette page n’existe pas",
    405: "Demande refusée",
    413: "Demande trop grande",
    500: "Le serveur n’a pas pu répondre",
    503: "Pas de réponse pour l’instant",
    507: "Le serveur n’a plus de place",
}
OTHER: Final = "Demande refusée"


def notice(sentence: str, status: int) -> Response:
    """Return a refusal; a browser that opens a page gets one, with the way on from there."""
    if not wants_page():
        return Response(sentence, status, content_type="text/plain; charset=utf-8")
    title = TITLES.get(status, OTHER)
    said = sentence.removeprefix(f"{title}. ")
    page = _renderer().render("notice.html", "", title=title, message=said)
    return Response(page, status, content_type="text/html; charset=utf-8")


@cache
def _renderer() -> Renderer:
    return Renderer()
