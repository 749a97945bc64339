"""The addresses of the page Données, and of the files that a visitor brings."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from app.data.held_changes import hold_changes
from app.data.pages import DataPages
from app.data.taken_away import part_of_file
from app.imports.brought_file import FileImport
from app.imports.limits import MOST_BYTES, BroughtFileError
from app.jobs.share import ShareError
from app.opening.data import BACKUPS
from app.readers.context import Readers
from app.readers.leftovers import sweep_halves, sweep_leftovers
from app.readers.sessions import Session
from app.settings import Settings
from app.sign_on.permission import Permission
from app.web import addresses as urls
from app.web.notice import notice
from app.web.origin import is_of_this_site
from app.web.private import POINTS, private
from layers.brought.problems import BroughtError
from layers.model.layer import LayerError
from layers.store.leftovers import sweep_store
from layers.store.protocol import StoreError

FORM_MARGIN: Final = 1_000_000
"""Bytes of a form beside the file."""

EXPECTED: Final = (BroughtError, BroughtFileError, LayerError, StoreError)
"""Errors whose message is a French sentence for the visitor."""

Step = Callable[[Session, FileImport], ResponseReturnValue]


def serve_data(readers: Readers, settings: Settings, permission: Permission) -> Blueprint:
    """Return the routes of the page Données."""
    routes, pages = Blueprint("data", __name__), DataPages(readers, settings, permission)
    sweep_leftovers(readers.sessions, pages.turns, settings.imports)
    sweep_halves(settings.cache, settings.folder)
    if isinstance(settings.store, Path):
        sweep_store(settings.store, settings.store.parent / BACKUPS)
    routes.before_request(lambda: _guard(pages))
    hold_changes(routes, readers, lambda why: pages.refuse(why, 503))
    _serve_layers(routes, pages)
    _serve_files(routes, pages)
    _serve_session(routes, pages)
    routes.add_url_rule(urls.SOURCES, "sources", pages.sources)
    _serve_shared(routes, pages)
    return routes


def _guard(pages: DataPages) -> Response | None:
    """Refuse what another site sends in the visitor's name, and more than may be sent."""
    request.max_content_length = MOST_BYTES + FORM_MARGIN
    origin = request.headers.get("Origin")
    if request.method != "POST" or origin is None or is_of_this_site(origin):
        return None
    return pages.refuse("Demande refusée : elle vient d’un autre site.", 403)


def _serve_layers(routes: Blueprint, pages: DataPages) -> None:
    routes.add_url_rule(urls.DATA, "layers", pages.layers)
    routes.add_url_rule(f"{urls.LAYERS}/<layer_id>.<ending>", "layer_file", pages.layer_file)
    routes.add_url_rule(
        f"{urls.LAYERS}/<layer_id>/retirer", "remove_layer", pages.remove_layer, methods=["POST"]
    )

    @routes.get(f"{POINTS}/<layer_id>.json")
    def points(layer_id: str) -> Response:
        try:
            return pages.points(layer_id)
        except LayerError as error:
            return private(notice(str(error), 404))


def _serve_shared(routes: Blueprint, pages: DataPages) -> None:
    routes.add_url_rule(f"{urls.SHARED}/<word>", "shared", pages.shared)
    routes.add_url_rule(
        f"{urls.SHARED}/<name>/fermer", "close_shared", pages.close_shared, methods=["POST"]
    )

    @routes.post(f"{urls.SHARED}/<word>")
    def open_shared(word: str) -> ResponseReturnValue:
        try:
            return pages.open_shared(word)
        except EXPECTED as error:
            return _refusal(pages, error)


def _serve_session(routes: Blueprint, pages: DataPages) -> None:
    @routes.get(f"{urls.FILES}/<name>/atelier")
    def workbench(name: str) -> ResponseReturnValue:
        return _with_job(pages, name, pages.workbench)

    @routes.get(urls.SESSION_FILE)
    def saved_session() -> ResponseReturnValue:
        try:
            return pages.saved_session()
        except EXPECTED as error:
            return _refusal(pages, error)

    @routes.post(urls.SESSION)
    def bring_back() -> ResponseReturnValue:
        try:
            pages.check_room()
            return pages.bring_back(request.files["session"])
        except EXPECTED as error:
            return _refusal(pages, error)


def _serve_files(routes: Blueprint, pages: DataPages) -> None:
    steps: dict[str, Step] = {
        "colonnes": pages.choose,
        "avancer": lambda _session, job: pages.advance(job),
        "corriger": pages.again,
        "retirer": pages.remove,
        "arreter": lambda _session, job: pages.stop(job),
        "adopter": pages.adopt,
        "partager": pages.share,
        "revoquer": pages.revoke,
        "atelier": pages.change,
        "renouveler": pages.renew,
        "remplacer": pages.replace_old,
    }

    @routes.post(urls.FILES)
    def bring() -> ResponseReturnValue:
        try:
            pages.check_room()
            return pages.bring(request.files["fichier"])
        except EXPECTED as error:
            return _refusal(pages, error)

    @routes.get(f"{urls.FILES}/<name>")
    def file(name: str) -> ResponseReturnValue:
        return _with_job(pages, name, pages.file)

    @routes.get(f"{urls.FILES}/<name>/<what>.<ending>")
    def download(name: str, what: str, ending: str) -> ResponseReturnValue:
        return _with_job(
            pages, name, lambda _session, job: part_of_file(job, what, ending, pages.reference)
        )

    @routes.post(f"{urls.FILES}/<name>/<step>")
    def take(name: str, step: str) -> ResponseReturnValue:
        if step not in steps:
            return pages.refuse("Cette page n’existe pas.", 404)
        at_once = step in {"retirer", "arreter"}
        return _with_job(pages, name, steps[step] if at_once else after(steps[step]))

    def after(step: Step) -> Step:
        """Let a step wait until the turn that the file has is over: its page tells of it."""

        def take_or_tell(session: Session, job: FileImport) -> ResponseReturnValue:
            waits = pages.place(job) is not None
            return pages.told_of(session, job) if waits else step(session, job)

        return take_or_tell


def _with_job(pages: DataPages, name: str, answer: Step) -> ResponseReturnValue:
    session = pages.readers.session()
    job = session.job(name, pages.reference) if session else None
    if session is None or job is None:
        return pages.refuse("Ce fichier n’est plus là : apportez-le de nouveau.", 404)
    try:
        return answer(session, job)
    except EXPECTED as error:
        if request.path == urls.file_url(name, "colonnes"):
            return pages.file(session, job, str(error))
        return _refusal(pages, error)


def _refusal(pages: DataPages, error: Exception) -> Response:
    if not isinstance(error, ShareError):
        return pages.refuse(str(error), 422)
    answer = pages.refuse(str(error), error.status)
    answer.headers.update(error.headers)
    return answer
