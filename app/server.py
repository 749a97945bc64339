"""The server: the Dash application over one catalogue, its health, its refusals."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

import structlog
from dash import Dash, set_props
from dash.exceptions import DependencyException
from flask import Blueprint, Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from app.api.routes import serve_api
from app.booklets.page import JOBS
from app.booklets.page import MOST_BYTES as LARGEST_ORDER
from app.booklets.routes import serve_booklets
from app.data.downloads import serve_downloads
from app.data.routes import FORM_MARGIN, serve_data
from app.documents.guidance import serve_guidance
from app.documents.routes import serve_documents
from app.explore import callbacks as explore_callbacks
from app.explore import table_callbacks
from app.explore.qr_code import serve_qr_codes
from app.explore.table_download import serve_table
from app.gaps import callbacks as gaps_callbacks
from app.gaps.paper.downloads import serve_gap_downloads
from app.health import serve_health
from app.imports.limits import MOST_BYTES as LARGEST_FILE
from app.map.atlas import Atlas
from app.map.outlines import serve_files
from app.map.tiles import image_origins
from app.opening.data import open_catalogue, open_store
from app.opening.travel_models import models_of
from app.positions.routes import serve_positions
from app.published.embed_routes import serve_embedding
from app.published.routes import serve_published
from app.published.scdl_routes import serve_scdl
from app.readers.answers import serve_answers
from app.readers.context import Readers
from app.readers.layouts import asked_page, render_layout
from app.readers.opened import open_sessions
from app.settings import Settings, read_settings
from app.sign_on.permission import Permission
from app.sign_on.routes import sign_on
from app.view.worn import unworn
from app.web.addresses import EMBED, EXPLORE, FILES, GAPS, SESSION
from app.web.bodies import bound_bodies, refuse_body
from app.web.bundles import APP, serve_bundles
from app.web.dash_calls import CALLS, LARGEST_CALL, refuse_forged_calls
from app.web.delivery import deliver
from app.web.document import Atlas62
from app.web.memory import give_back
from app.web.notice import notice
from app.web.prefix import serve_under
from app.web.proxies import stand_behind
from app.web.public_root import PUBLIC_ADDRESS
from geo.tables import DamagedReferenceError
from layers.catalogue.layers import Catalogue
from layers.store.failure import FULL, explain

PRELOADED: Final = ("around", "epci-far", "commune-far", "departement-far")
"""What the first paint waits for: asked for before the scripts that will draw it."""
FAILURE: Final = "Une erreur est survenue ; le reste de la page fonctionne. Rechargez-la."
"""Said in the page when a callback fails; the cause goes to the log."""
PAGES: Final = (EXPLORE, GAPS, EMBED)
"""Addresses of the pages that Dash draws."""
ANY_PAGE: Final = "/<path:path>"
"""Dash's own rule, which takes every address."""
BODIES: Final = {
    CALLS: LARGEST_CALL,
    FILES: LARGEST_FILE + FORM_MARGIN,
    SESSION: LARGEST_FILE + FORM_MARGIN,
    JOBS: LARGEST_ORDER,
}
"""Addresses that are sent more than a small form, and how many bytes."""
ASIDE: Final = "atlas62-ecarts"
"""Under which the server keeps what is to be opened before it divides: :mod:`app.gaps.aside`."""
NO_SUCH_PAGE: Final = "Cette page n’existe pas. Atlas 62 s’ouvre à l’adresse « / »."
NO_SUCH_FILE: Final = "Fichier inconnu ou remplacé depuis : rechargez la page."
NO_ROOM: Final = (
    "Le serveur n’a plus de place sur son disque : rien n’est changé. Réessayez plus tard."
)
REFUSAL: Final = "Demande refusée : le serveur ne la comprend pas."

log = structlog.get_logger("app.server")


def create_app(settings: Settings, catalogue: Catalogue) -> Dash:
    """Make the application; ``.server`` is its WSGI object.

    Parameters
    ----------
    settings
        Choices of the operator.
    catalogue
        Layers; one that cannot be loaded is told of in its place and stops nothing else.
    """
    atlas = Atlas(catalogue, settings.base_map)
    atlas.prepare()
    server = Flask("atlas62", static_folder=None)  # else a folder of where it is started from
    store = open_store(settings)
    readers = Readers(atlas, store, open_sessions(settings), models_of(settings.travel_file))
    permission = sign_on(server, settings, store)
    app = Atlas62(
        "atlas62",
        server=server,
        title="Atlas 62",
        assets_folder=str(APP / "assets"),
        assets_ignore=".*",  # they are in the bundles
        update_title="",
        suppress_callback_exceptions=True,
        on_error=_tell_of_failure,
    )
    server.config[PUBLIC_ADDRESS] = settings.public_address
    server.extensions[ASIDE] = readers.aside
    bound_bodies(server, BODIES)
    _draw_pages(app, atlas, readers)
    for routes in _routes(atlas, readers, settings, permission):
        server.register_blueprint(routes)
    serve_health(server, settings, catalogue, readers.store)
    server.teardown_request(give_back)
    _answer_errors(server)
    deliver(server, app.csp_hashes(), image_origins(settings.base_map), settings.embedders)
    stand_behind(server, settings.trusted_proxies, settings.hosts)
    serve_under(server, settings.root)
    # the first reader must not wait for outlines to be simplified and layers to be read
    server.test_client().get(f"{settings.root}/")
    log.debug("app made", base_map=settings.base_map, layers=len(catalogue.layers))
    return app


def _draw_pages(app: Atlas62, atlas: Atlas, readers: Readers) -> None:
    """Give the application its pages: what is drawn first, what is laid out, what answers."""
    explore_callbacks.register(app, readers.atlas_proxy)
    table_callbacks.register(app, readers.atlas_proxy)
    gaps_callbacks.register(app, readers.atlas_proxy, readers.desk_proxy)
    refuse_forged_calls(app)
    preloaded = (atlas.files[stem] for stem in PRELOADED)
    app.preloaded = {file.name: file.url for file in preloaded}
    app.first_frame = lambda path, query: readers.answers().first_frame(path, query)
    app.written_layout = lambda: readers.answers().layout(*asked_page())
    app.layout = lambda: render_layout(readers.atlas(), readers.desk(), *asked_page())


def _routes(
    atlas: Atlas, readers: Readers, settings: Settings, permission: Permission
) -> Iterator[Blueprint]:
    """Yield what is served beside the pages that Dash draws."""
    catalogue = atlas.catalogue
    yield serve_files(atlas.files)
    yield serve_answers(readers.answers)
    yield serve_table(readers.atlas_proxy)
    yield serve_bundles()
    yield serve_documents(catalogue)
    yield serve_positions(catalogue, permission)
    yield serve_guidance(catalogue, settings)
    yield serve_qr_codes(readers.atlas_proxy)
    yield serve_downloads(readers)
    yield serve_booklets(readers, settings)
    yield serve_gap_downloads(readers.desk)
    yield serve_data(readers, settings, permission)
    yield serve_api(readers, settings)
    yield serve_published(lambda: readers.shared.catalogue, settings)
    yield serve_scdl(lambda: readers.shared.catalogue, settings)
    yield serve_embedding(atlas, settings)


def wsgi() -> Flask:
    """Make the WSGI object from the settings alone, for ``gunicorn "app.server:wsgi()"``.

    A reference that cannot be used gives a server that says so, on every page and with status
    503, so that whoever watches over it can see why.

    Raises
    ------
    app.settings.SettingsError
        A variable cannot be used.
    """
    settings = read_settings()
    try:
        return create_app(settings, open_catalogue(settings)).server
    except DamagedReferenceError as error:
        return refuse(str(error))


def refuse(reason: str) -> Flask:
    """Return a server that answers every request with one French sentence and status 503."""
    server = Flask("atlas62", static_folder=None)
    log.error("reference unusable", reason=reason)

    @server.get("/healthz")
    def health() -> tuple[Response, int]:
        return jsonify(status="unusable", message=reason, layers=[]), 503

    @server.route("/", defaults={"path": ""})
    @server.route("/<path:path>")
    def sorry(path: str) -> Response:  # noqa: ARG001 - every page is this one
        return notice(f"Atlas 62 ne peut pas s’ouvrir. {reason}", 503)

    deliver(server, [])
    return server


def _answer_errors(server: Flask) -> None:
    @server.before_request
    def known_page() -> Response | None:
        # Dash would show its page at any address
        caught = request.url_rule is not None and request.url_rule.rule == ANY_PAGE
        if not caught or request.path in PAGES:
            return None
        return _unworn_page(server) or notice(NO_SUCH_PAGE, 404)

    @server.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        if isinstance(error, RequestEntityTooLarge):
            return refuse_body()
        response = notice(REFUSAL, error.code or 400)
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.allow.update(error.valid_methods)
        return response

    @server.errorhandler(DependencyException)
    def unknown_file(_: DependencyException) -> Response:
        return notice(NO_SUCH_FILE, 404)

    @server.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        if isinstance(error, OSError) and explain(error) == FULL:
            log.error("disk full", path=request.path)
            return notice(NO_ROOM, 507)
        log.error("request failed", path=request.path, exc_info=error)
        return notice(FAILURE, 500)


def _unworn_page(server: Flask) -> Response | None:
    """Return the way to the page that an address meant before a letter wore it, None for none."""
    known = server.url_map.bind("")
    for path in unworn(request.path):
        # two strokes would be the name of another server
        if not path.startswith("/") or path[1:2] in {"/", "\\"}:
            continue
        if path in PAGES:
            return _on_to(path)
        try:
            rule, _ = known.match(path, method="GET", return_rule=True)
        except HTTPException:
            continue
        if rule.rule != ANY_PAGE:
            return _on_to(path)
    return None


def _on_to(path: str) -> Response:
    query = request.query_string.decode("latin-1")
    address = quote(path) + (f"?{query}" if query else "")
    return Response(status=302, headers={"Location": address, "Cache-Control": "no-store"})


def _tell_of_failure(error: Exception) -> None:
    log.error("callback failed", exc_info=error)
    set_props("remarks", {"children": FAILURE})
