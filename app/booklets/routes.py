"""The addresses of the page *Livrets* and of its jobs."""

import io
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Final

from flask import Blueprint, Response, jsonify, redirect, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from app.booklets.form import FormError
from app.booklets.page import JOBS, Booklets
from app.booklets.preview_policy import preview_policy
from app.booklets.visitor import new_token, remember, visitor_of, visitor_of_request
from app.jobs.huey_of_process import QueueDownError
from app.jobs.order import Phase, State
from app.jobs.register import JobError
from app.jobs.share import ShareError
from app.readers.context import Readers
from app.settings import Settings
from app.web.addresses import BOOKLETS
from app.web.client import client_of_request, wants_json
from app.web.notice import notice
from app.web.origin import is_of_this_site
from app.web.private import private

PAPER_POLICY: Final = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)
"""Of a PDF that is read in the browser, whose reader is an object with styles of its own."""
OPEN: Final = "ouvrir"
"""Asks, with an order or in the address of a job, for the file itself as soon as it is drawn."""
FOREIGN: Final = "Demande refusée : elle ne vient pas de cette page."
TOO_LARGE: Final = "Fichiers trop lourds : 2 Mo par logo, 4 Mo pour un profil au plus."
NOT_YOURS: Final = "Ce travail a été demandé par quelqu’un d’autre, qui l’attend."
SHARED: Final = "Vous ne l’attendez plus ; quelqu’un d’autre l’a demandé aussi et l’attend."
NO_JOB: Final = "Ce travail n’existe pas ou n’existe plus : recommencez depuis la page Livrets."


def serve_booklets(readers: Readers, settings: Settings) -> Blueprint:
    """Return the routes of the page and of its jobs."""
    routes = Blueprint("booklets", __name__)
    booklets = Booklets(readers, settings)

    @routes.after_request
    def keep_private(answer: Response) -> Response:
        return private(answer) if readers.session() or visitor_of_request() else answer

    @routes.errorhandler(JobError)
    def cannot(error: JobError) -> Answer:
        if isinstance(error, ShareError):
            return _refused_share(error)
        return _refusal(str(error), 503)

    @routes.errorhandler(QueueDownError)
    def down(error: QueueDownError) -> Answer:
        return _refusal(str(error), 503)

    @routes.get(BOOKLETS)
    def page() -> Response:
        return _html(booklets.page())

    @routes.post(JOBS)
    def start() -> Answer:
        return _started(booklets, booklets.start)

    _serve_jobs(routes, booklets)
    _serve_steps(routes, booklets)
    return routes


def _serve_jobs(routes: Blueprint, booklets: Booklets) -> None:
    @routes.get(f"{JOBS}/<job_id>")
    def look(job_id: str) -> Answer:
        state = booklets.jobs_of(job_id).state(job_id)
        if state is None:
            return _refusal(NO_JOB, 404)
        return _state(booklets, state)

    @routes.get(f"{JOBS}/<job_id>/fichier")
    def file(job_id: str) -> Answer:
        path = booklets.jobs_of(job_id).file(job_id)
        if path is None:
            return _refusal(NO_JOB, 404)
        inline = path.suffix == ".svg" or (path.suffix == ".pdf" and OPEN in request.args)
        # read whole: a reader who goes away in the middle leaves no file open
        content = path.read_bytes()
        answer = send_file(io.BytesIO(content), as_attachment=not inline, download_name=path.name)
        answer.headers["Cache-Control"] = "no-cache"
        if inline:
            drawn = path.suffix == ".svg"
            policy = preview_policy(content.decode()) if drawn else PAPER_POLICY
            answer.headers["Content-Security-Policy"] = policy
        return answer


def _serve_steps(routes: Blueprint, booklets: Booklets) -> None:
    """Add the routes of what is done with a job: by whoever asked for it, from this site."""

    @routes.post(f"{JOBS}/<job_id>/annuler")
    def cancel(job_id: str) -> Answer:
        if (refusal := _refused(booklets, job_id)) is not None:
            return refusal
        alone = booklets.jobs_of(job_id).cancel(job_id, visitor_of_request())
        return _seen(booklets, job_id, shared=not alone)

    @routes.post(f"{JOBS}/<job_id>/retirer")
    def remove(job_id: str) -> Answer:
        if (refusal := _refused(booklets, job_id)) is not None:
            return refusal
        booklets.jobs_of(job_id).remove(job_id, visitor_of_request())
        return redirect(BOOKLETS, 303)

    @routes.post(f"{JOBS}/retirer")
    def remove_all() -> Answer:
        if not _is_from_here():
            return _refusal(FOREIGN, 403)
        for state in booklets.asked():
            booklets.jobs_of(state.id).remove(state.id, visitor_of_request())
        return redirect(BOOKLETS, 303)

    @routes.post(f"{JOBS}/<job_id>/reprendre")
    def resume(job_id: str) -> Answer:
        jobs = booklets.jobs_of(job_id)
        order = jobs.order(job_id) if _is_from_here() else None
        if order is None:
            return _refusal(NO_JOB, 404)
        return _started(booklets, lambda visitor: jobs.start(order, (visitor, client_of_request())))


def _refused(booklets: Booklets, job_id: str) -> Answer | None:
    """Refuse what another site, or whoever did not ask for a job, would do with it."""
    if not _is_from_here():
        return _refusal(FOREIGN, 403)
    jobs = booklets.jobs_of(job_id)
    if jobs.state(job_id) is None:
        return _refusal(NO_JOB, 404)
    mine = jobs.is_wanted_by(job_id, visitor_of_request())
    return None if mine else _refusal(NOT_YOURS, 403)


def _started(booklets: Booklets, start: Callable[[str], str]) -> Answer:
    """Start a job for the visitor of this request; one who asks for the first time gets a name."""
    if not _is_from_here():
        return _refusal(FOREIGN, 403)
    visitor, token = visitor_of_request(), ""
    if not visitor:
        token = new_token()
        visitor = visitor_of(token)
    try:
        answer = _seen(booklets, start(visitor))
    except RequestEntityTooLarge:
        return _refusal(TOO_LARGE, 413)
    except FormError as error:
        return _refused_share(error) if isinstance(error, ShareError) else _refusal(str(error), 400)
    if token:
        remember(token, answer)
    return answer


def _seen(booklets: Booklets, job_id: str, *, shared: bool = False) -> Answer:
    """Answer a form: a script gets the state, a person is led to its page.

    Parameters
    ----------
    shared
        Whether the visitor wants it no more, and somebody else does.
    """
    if not wants_json():
        return redirect(f"{JOBS}/{job_id}{_opening()}", 303)
    state = booklets.jobs_of(job_id).state(job_id)
    if state is not None and shared:
        state = replace(state, phase=Phase.CANCELLED, message=SHARED)
    return _refusal(NO_JOB, 404) if state is None else _state(booklets, state)


def _state(booklets: Booklets, state: State) -> Answer:
    if not wants_json():
        if state.phase is Phase.DONE and _opening():
            return redirect(f"{JOBS}/{state.id}/fichier{_opening()}", 303)
        mine = booklets.jobs_of(state.id).is_wanted_by(state.id, visitor_of_request())
        return _html(
            booklets.render(
                "booklet_job.html", state=state, mine=mine, shared=SHARED, opening=bool(_opening())
            )
        )
    answer = jsonify(**asdict(state), alive=state.alive, url=f"{JOBS}/{state.id}")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _opening() -> str:
    """Return the query that asks for the file itself, where this request asks for it."""
    return f"?{OPEN}=1" if OPEN in request.values else ""


def _html(page: str) -> Response:
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _refusal(sentence: str, status: int) -> Response:
    if wants_json():
        answer = jsonify(message=sentence)
        answer.status_code = status
        return answer
    return notice(sentence, status)


def _refused_share(error: ShareError) -> Response:
    answer = _refusal(str(error), error.status)
    answer.headers.update(error.headers)
    return answer


def _is_from_here() -> bool:
    """Tell whether a form comes from a page of this server, as browsers say."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or is_of_this_site(origin)
