"""The addresses of the positions and of the geocoder, and who may write a correction there."""

from typing import Final

import structlog
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Redirection

from app.positions.geocoder import geocoding_page
from app.positions.pages import correct, position_page, positions_page
from app.sign_on.permission import Permission
from app.sign_on.routes import is_from_here
from app.web import addresses as urls
from app.web.render import Renderer
from geo.perimeter import PlaceError
from geo.tables import DamagedReferenceError
from layers.catalogue.layers import Catalogue
from layers.model.schema import LayerError

LARGEST_FORM: Final = 20_000
"""Bytes of a correction that is sent."""

CLOSED: Final = (
    "Les corrections se font en ligne de commande : atlas62 positions corriger. Le réglage "
    "ATLAS62_CORRECTIONS les ouvre sur cette page."
)
NOT_SIGNED_ON: Final = (
    "Pour corriger une position, connectez-vous (/connexion) avec un rôle de chargé de mission."
)
FOREIGN: Final = "La correction ne vient pas de cette page : ouvrez la page, puis envoyez-la."

log = structlog.get_logger("app.pages.documents")


class Positions:
    """The pages of one catalogue.

    Parameters
    ----------
    permission
        Whether the reader may write a correction, and who signs it.
    """

    def __init__(self, catalogue: Catalogue, permission: Permission) -> None:
        self.catalogue = catalogue
        self.permission = permission
        self.renderer = Renderer()

    def list(self) -> Response:
        """Return the list of uncertain positions."""
        try:
            values = positions_page(self.catalogue)
        except LayerError as error:
            return self._notice("Positions indisponibles", str(error), 503)
        return self._page("positions.html", urls.POSITIONS, **values)

    def one(self, layer: str, key: str, problem: str = "") -> Response:
        """Return the position of one row, with what was wrong in the form that was sent."""
        try:
            values = position_page(self.catalogue, layer, key)
        except LayerError as error:
            return self._notice("Page introuvable", str(error), 404)
        path = urls.position_url(layer, key)
        sent = request.form if request.method == "POST" else {}
        page = self._page(
            "position.html",
            path,
            **values,
            open=self.permission.may_correct(),
            sent=sent,
            problem=problem,
            author=self.permission.author(),
            signs_on=self.permission.signs_on,
        )
        page.status_code = 400 if problem else 200
        return page

    def correct(self, layer: str, key: str) -> Response | Redirection:
        """Write the correction that was sent, where the operator allows it."""
        if not self.permission.may_correct():
            why = NOT_SIGNED_ON if self.permission.signs_on else CLOSED
            return self._notice("Correction refusée", why, 403)
        if not is_from_here() or (request.content_length or 0) > LARGEST_FORM:
            return self._notice("Correction refusée", FOREIGN, 403)
        try:
            correction = correct(self.catalogue, layer, key, request.form, self.permission)
        except (LayerError, PlaceError, ValueError) as error:
            return self.one(layer, key, str(error))
        log.info("position corrected", layer=layer, key=key, by=correction.said_by)
        return redirect(urls.position_url(layer, key), 303)

    def geocoder(self) -> Response:
        """Return where a text is, and how that was found."""
        text, where = (request.args.get(name, "") for name in ("texte", "territoire"))
        try:
            values = geocoding_page(self.catalogue, text, where)
        except (DamagedReferenceError, LayerError) as error:
            return self._notice("Géocodeur indisponible", str(error), 503)
        return self._page("geocoder.html", urls.GEOCODER, **values)

    def _page(self, template: str, path: str, **values: object) -> Response:
        page = self.renderer.render(template, path, **values)
        return Response(page, headers={"Cache-Control": "no-store"}, mimetype="text/html")

    def _notice(self, title: str, message: str, status: int) -> Response:
        page = self._page("notice.html", "", title=title, message=message)
        page.status_code = status
        return page


def serve_positions(catalogue: Catalogue, permission: Permission) -> Blueprint:
    """Return the routes of the positions and of the geocoder."""
    routes, pages = Blueprint("positions", __name__), Positions(catalogue, permission)
    routes.add_url_rule(urls.POSITIONS, "list", pages.list)
    row = f"{urls.POSITIONS}/<layer>/<path:key>"
    routes.add_url_rule(row, "one", pages.one)
    routes.add_url_rule(row, "correct", pages.correct, methods=["POST"])
    routes.add_url_rule(urls.GEOCODER, "geocoder", pages.geocoder)
    return routes
