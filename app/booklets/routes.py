"""The addresses of the page *Livrets* and of its jobs."""

import datetime as dt
import hashlib
import io
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, redirect, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from app.booklets.choices import choices_of, count_pages
from app.booklets.form import Form, FormError, edition_of, order_batch, order_page, read_form
from app.booklets.logos import keep_logo, keep_profile
from app.exports.booklet.furniture import LARGEST_LOGO
from app.exports.booklet.press.condition import LARGEST_PROFILE
from app.exports.moment import last_change
from app.jobs.folder import PRIVATE
from app.jobs.order import Order, Phase, State
from app.jobs.register import JobError, Jobs
from app.jobs.share import ShareError
from app.jobs.turn_order import Asker
from app.jobs.workshop import Workshop
from app.parts.typography import shown_name
from app.readers.context import Readers
from app.web.addresses import BOOKLETS
from app.web.client import client_of_request
from app.web.notice import notice
from app.web.private import private
from app.web.render import Renderer
from layers.catalogue.layers import Catalogue
from layers.catalogue.selection import find_perimeter

JOBS: Final = f"{BOOKLETS}/travaux"
DRAWING_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "frame-ancestors 'self'"
)
"""Of an SVG page: its letters and pictures are inside, and nothing in it runs."""
FILES: Final = "fichiers"
"""Folder of the logos and profiles that were given."""
MOST_BYTES: Final = 2 * LARGEST_LOGO + LARGEST_PROFILE + 500_000
"""Of a form: two logos, a profile and its texts."""
FOREIGN: Final = "Demande refusée : elle ne vient pas de cette page."
TOO_LARGE: Final = "Fichiers trop lourds : 2 Mo par logo, 4 Mo pour un profil au plus."
NOT_YOURS: Final = "Ce travail a été demandé par quelqu’un d’autre, qui l’attend."
SHARED: Final = "Vous ne l’attendez plus ; quelqu’un d’autre l’a demandé aussi et l’attend."
VISITOR: Final = "atlas62-livrets"
"""Cookie of whoever asked for a job: who may stop it, and whose turn it is."""
TOKEN_BYTES: Final = 32
TOKEN: Final = re.compile(r"[\w-]{43}", re.ASCII)
NO_JOB: Final = "Ce travail n’existe pas ou n’existe plus : recommencez depuis la page Livrets."


class Booklets:
    """The page and its jobs, as each reader sees them.

    Parameters
    ----------
    readers
        Who sees what.
    folder
        Of the jobs of all, and of the workshop.
    most_each_client
        Jobs that may be under way for one address.
    """

    def __init__(self, readers: Readers, folder: Path, most_each_client: int) -> None:
        self.readers = readers
        self.workshop = Workshop(folder)
        self.jobs = Jobs(folder, self.workshop, most_each_client)
        self.renderer = Renderer()
        self.moment = last_change(readers.shared.catalogue.data)

    @property
    def catalogue(self) -> Catalogue:
        """What the reader of this request sees."""
        return self.readers.catalogue

    def own_jobs(self) -> Jobs | None:
        """Return the jobs that show layers of the reader's own, None when they have none."""
        session = self.readers.session()
        if session is None:
            return None
        return Jobs(session.folder / PRIVATE, self.workshop, self.jobs.most_each_client)

    def jobs_of(self, job_id: str) -> Jobs:
        """Return where a job is: nobody but its reader finds one that shows layers of their own."""
        own = self.own_jobs()
        return own if own and own.order(job_id) else self.jobs

    def page(self) -> str:
        """Return the page as its address asks for it; what it will draw with gets ready."""
        with suppress(OSError):
            self.workshop.wake()
        form, remarks = read_form(request.args, self.catalogue)
        own = self.readers.private()
        return self.render(
            "booklets.html",
            **choices_of(self.catalogue, form, own),
            remarks=remarks,
            asked=self.asked(),
        )

    def asked(self) -> list[State]:
        """Return the jobs that the visitor of this request asked for and did not take away."""
        visitor, own = visitor_of_request(), self.own_jobs()
        if not visitor:
            return []
        return [job for jobs in (own, self.jobs) if jobs for job in jobs.of_visitor(visitor)]

    def render(self, template: str, **values: Any) -> str:  # noqa: ANN401 - of the template
        """Return a page with the styles and scripts of this one."""
        return self.renderer.render(
            template,
            BOOKLETS,
            jobs=JOBS,
            **values,
        )

    def start(self, visitor: str) -> str:
        """Start what the form asks for, for a visitor; return the job.

        Raises
        ------
        FormError, JobError
            It cannot be done.
        """
        request.max_content_length = MOST_BYTES
        asked, _ = read_form(request.form, self.catalogue)
        folder, client = self.jobs.folder / FILES, client_of_request()
        partner, departement = (
            keep_logo(request.files.get(f"logo-{whose}"), folder, client)
            for whose in ("partenaire", "departement")
        )
        profile = keep_profile(request.files.get("profil"), folder, client)
        form = replace(asked, partner_logo=partner, departement_logo=departement, profile=profile)
        edition = edition_of(self.moment, self.readers.store.version(), dt.datetime.now(dt.UTC))
        output, what = request.form.get("sortie", ""), request.form.get("lot", "")
        if what:
            order = order_batch(
                form, what, output or "pdf", count_pages(self.catalogue, what), edition
            )
        else:
            order = order_page(form, output, self._name(form), edition)
        return self._begin(order, form, (visitor, client))

    def _begin(self, order: Order, form: Form, asker: Asker) -> str:
        session, own_jobs = self.readers.session(), self.own_jobs()
        own = self.readers.private().intersection(form.layers or ())
        if session is None or own_jobs is None or not own:
            return self.jobs.start(order, asker)
        edition = f"{order.edition} {session.store.version()}"
        owned = replace(
            order, owner=session.folder.name, layers=tuple(sorted(own)), edition=edition
        )
        return own_jobs.start(owned, asker)

    def _name(self, form: Form) -> str:
        perimeter = find_perimeter(self.catalogue, form.place).perimeter
        return shown_name(self.catalogue.reference, perimeter)


def serve_booklets(readers: Readers, folder: Path, most_each_client: int = 40) -> Blueprint:
    """Return the routes of the page and of its jobs, which are kept in a folder."""
    routes = Blueprint("booklets", __name__)
    booklets = Booklets(readers, folder, most_each_client)

    @routes.after_request
    def keep_private(answer: Response) -> Response:
        return private(answer) if readers.session() or visitor_of_request() else answer

    @routes.errorhandler(JobError)
    def cannot(error: JobError) -> Answer:
        if isinstance(error, ShareError):
            return _refused_share(error)
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
        inline = path.suffix == ".svg"
        # read whole: a reader who goes away in the middle leaves no file open
        answer = send_file(
            io.BytesIO(path.read_bytes()), as_attachment=not inline, download_name=path.name
        )
        answer.headers["Cache-Control"] = "no-cache"
        if inline:
            answer.headers["Content-Security-Policy"] = DRAWING_POLICY
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
        token = secrets.token_urlsafe(TOKEN_BYTES)
        visitor = visitor_of(token)
    try:
        answer = _seen(booklets, start(visitor))
    except RequestEntityTooLarge:
        return _refusal(TOO_LARGE, 413)
    except FormError as error:
        return _refused_share(error) if isinstance(error, ShareError) else _refusal(str(error), 400)
    if token:
        answer.set_cookie(VISITOR, token, httponly=True, samesite="Lax",
                          secure=request.is_secure, path=BOOKLETS)  # fmt: skip
        answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _seen(booklets: Booklets, job_id: str, *, shared: bool = False) -> Answer:
    """Answer a form: a script gets the state, a person is led to its page.

    Parameters
    ----------
    shared
        Whether the visitor wants it no more, and somebody else does.
    """
    if not _wants_json():
        return redirect(f"{JOBS}/{job_id}", 303)
    state = booklets.jobs_of(job_id).state(job_id)
    if state is not None and shared:
        state = replace(state, phase=Phase.CANCELLED, message=SHARED)
    return _refusal(NO_JOB, 404) if state is None else _state(booklets, state)


def _state(booklets: Booklets, state: State) -> Answer:
    if not _wants_json():
        mine = booklets.jobs_of(state.id).is_wanted_by(state.id, visitor_of_request())
        return _html(booklets.render("booklet_job.html", state=state, mine=mine, shared=SHARED))
    answer = jsonify(**asdict(state), alive=state.alive, url=f"{JOBS}/{state.id}")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def visitor_of(token: str) -> str:
    """Return the name of a visitor in the folders of jobs: whoever lists them can pose as none."""
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def visitor_of_request() -> str:
    """Return the name of the visitor of this request, empty for one who asked for nothing yet."""
    token = request.cookies.get(VISITOR, "")
    return visitor_of(token) if TOKEN.fullmatch(token) else ""


def _html(page: str) -> Response:
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _refusal(sentence: str, status: int) -> Response:
    if _wants_json():
        answer = jsonify(message=sentence)
        answer.status_code = status
        return answer
    return notice(sentence, status)


def _refused_share(error: ShareError) -> Response:
    answer = _refusal(str(error), error.status)
    answer.headers.update(error.headers)
    return answer


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _is_from_here() -> bool:
    """Tell whether a form comes from a page of this server, as browsers say."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
