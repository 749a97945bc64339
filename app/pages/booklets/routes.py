"""The addresses of the page *Livrets* and of its jobs."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, redirect, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from app.components.typography import shown_name, typeset
from app.exports.booklet.furniture import LARGEST_LOGO
from app.exports.booklet.request import DEFAULT_LAYERS
from app.exports.moment import last_change
from app.jobs import JobError, Jobs, State
from app.pages.booklets.form import (
    BATCH_OUTPUTS,
    BATCHES,
    CAPTION,
    ORIENTATIONS,
    OUTPUTS,
    PAPERS,
    Form,
    FormError,
    edition_of,
    order_batch,
    order_page,
    read_form,
)
from app.pages.booklets.logos import keep_logo
from app.pages.documents.render import Renderer
from app.pages.documents.urls import BOOKLETS
from geo.perimeter import Level
from layers.base import LayerError
from layers.catalogue import Catalogue
from layers.indicator import Indicator
from layers.indicator_list import list_indicators
from layers.selection import find_perimeter

JOBS: Final = f"{BOOKLETS}/travaux"
GROUPS: Final = (
    (Level.TERRITORY, "Territoires de la MDADT"),
    (Level.EPCI, "EPCI"),
    (Level.MDS, "Secteurs des MDS"),
    (Level.CANTON, "Cantons"),
    (Level.COMMUNE, "Communes"),
)
DRAWING_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "frame-ancestors 'self'"
)
"""Of an SVG page: its letters and pictures are inside, and nothing in it runs."""
LOGOS: Final = "logos"
MOST_BYTES: Final = 2 * LARGEST_LOGO + 500_000
"""Of a form: two logos and its texts."""
FOREIGN: Final = "Demande refusée : elle ne vient pas de cette page."
TOO_LARGE: Final = "Logos trop lourds : 2 Mo chacun au plus sont attendus."
NO_JOB: Final = "Ce travail n’existe pas ou n’existe plus : recommencez depuis la page Livrets."


class Booklets:
    """The page of one catalogue and its jobs.

    Parameters
    ----------
    catalogue
        Layers and reference.
    jobs
        Where the work is done.
    """

    def __init__(self, catalogue: Catalogue, jobs: Jobs) -> None:
        self.catalogue = catalogue
        self.jobs = jobs
        self.renderer = Renderer()
        self.moment = last_change(catalogue.data)

    def page(self) -> str:
        """Return the page as its address asks for it."""
        form, remarks = read_form(request.args, self.catalogue)
        return self.render("booklets.html", **self._choices(form), remarks=remarks)

    def render(self, template: str, **values: Any) -> str:  # noqa: ANN401 - of the template
        """Return a page with the styles and scripts of this one."""
        return self.renderer.render(
            template,
            BOOKLETS,
            jobs=JOBS,
            **values,
        )

    def _choices(self, form: Form) -> dict[str, Any]:
        perimeter = find_perimeter(self.catalogue, form.place).perimeter
        shown = DEFAULT_LAYERS[perimeter.level] if form.layers is None else form.layers
        points = [one for one in self.catalogue.layers.values() if one.geometry == "point"]
        return {
            "form": form,
            "name": shown_name(self.catalogue.reference, perimeter),
            "contracts": self._contracts(),
            "groups": [(title, self._places(level)) for level, title in GROUPS],
            "papers": PAPERS,
            "orientations": ORIENTATIONS,
            "layers": [(one.id, one.title, one.id in shown) for one in points],
            "operations": self._operations(),
            "caption": CAPTION,
            "captions": dict(form.captions),
            "indicators": self._indicators(),
            "outputs": OUTPUTS,
            "batches": {what: (title, self._pages(what)) for what, title in BATCHES.items()},
            "batch_outputs": BATCH_OUTPUTS,
        }

    def _indicators(self) -> dict[str, list[Indicator]]:
        """Return every indicator under the heading that it has in the Explorer."""
        groups: dict[str, list[Indicator]] = {}
        for one in self.catalogue.derive(list_indicators).values():
            groups.setdefault(one.group, []).append(one)
        return groups

    def _operations(self) -> list[tuple[str, str]]:
        """Return every operation with its title, those of one contract together."""
        try:
            rows = self.catalogue.load("operations").sort_values(["contract", "number"])
        except LayerError:
            return []
        return [(str(row["id"]), str(row["title"])) for row in rows.to_dict("records")]

    def _contracts(self) -> list[tuple[str, str]]:
        try:
            rows = self.catalogue.load("contrats").to_dict("records")
        except LayerError:
            return []
        return [
            (f"contrat:{row['id']}", typeset(f"{row['partner']}, {row['start_year']}"))
            for row in rows
        ]

    def _places(self, level: Level) -> list[tuple[str, str]]:
        reference = self.catalogue.reference
        return [(str(p), shown_name(reference, p)) for p in reference.perimeters(level)]

    def _pages(self, what: str) -> int:
        if what == "contrats":
            return len(self._contracts())
        level = Level.EPCI if what == "epci" else Level.COMMUNE
        return len(self.catalogue.reference.perimeters(level))

    def start(self) -> str:
        """Start what the form asks for; return the job.

        Raises
        ------
        FormError, JobError
            It cannot be done.
        """
        request.max_content_length = MOST_BYTES
        asked, _ = read_form(request.form, self.catalogue)
        partner, departement = (
            keep_logo(request.files.get(f"logo-{whose}"), self.jobs.folder / LOGOS)
            for whose in ("partenaire", "departement")
        )
        form = replace(asked, partner_logo=partner, departement_logo=departement)
        edition = edition_of(self.moment, dt.datetime.now(dt.UTC).date())
        output, what = request.form.get("sortie", ""), request.form.get("lot", "")
        if what:
            order = order_batch(form, what, output or "pdf", self._pages(what), edition)
        else:
            order = order_page(form, output, self._name(form), edition)
        return self.jobs.start(order)

    def _name(self, form: Form) -> str:
        perimeter = find_perimeter(self.catalogue, form.place).perimeter
        return shown_name(self.catalogue.reference, perimeter)


def serve_booklets(catalogue: Catalogue, jobs: Jobs) -> Blueprint:
    """Return the routes of the page and of its jobs."""
    routes, booklets = Blueprint("booklets", __name__), Booklets(catalogue, jobs)

    @routes.get(BOOKLETS)
    def page() -> Response:
        return _html(booklets.page())

    @routes.post(JOBS)
    def start() -> Answer:
        if not _is_from_here():
            return _refusal(FOREIGN, 403)
        try:
            job_id = booklets.start()
        except RequestEntityTooLarge:
            return _refusal(TOO_LARGE, 413)
        except (FormError, JobError) as error:
            return _refusal(str(error), 400 if isinstance(error, FormError) else 503)
        return _seen(booklets, job_id)

    _serve_jobs(routes, booklets, jobs)
    return routes


def _serve_jobs(routes: Blueprint, booklets: Booklets, jobs: Jobs) -> None:
    @routes.get(f"{JOBS}/<job_id>")
    def look(job_id: str) -> Answer:
        state = jobs.state(job_id)
        if state is None:
            return _refusal(NO_JOB, 404)
        return _state(booklets, state)

    @routes.post(f"{JOBS}/<job_id>/annuler")
    def cancel(job_id: str) -> Answer:
        if not _is_from_here():
            return _refusal(FOREIGN, 403)
        jobs.cancel(job_id)
        return _seen(booklets, job_id)

    @routes.post(f"{JOBS}/<job_id>/reprendre")
    def resume(job_id: str) -> Answer:
        order = jobs.order(job_id) if _is_from_here() else None
        if order is None:
            return _refusal(NO_JOB, 404)
        return _tried(booklets, lambda: jobs.start(order))

    @routes.get(f"{JOBS}/<job_id>/fichier")
    def file(job_id: str) -> Answer:
        path = jobs.file(job_id)
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


def _tried(booklets: Booklets, start: Callable[[], str]) -> Answer:
    try:
        return _seen(booklets, start())
    except JobError as error:
        return _refusal(str(error), 503)


def _seen(booklets: Booklets, job_id: str) -> Answer:
    """Answer a form: a script gets the state, a person is led to its page."""
    if not _wants_json():
        return redirect(f"{JOBS}/{job_id}", 303)
    state = booklets.jobs.state(job_id)
    return _refusal(NO_JOB, 404) if state is None else _state(booklets, state)


def _state(booklets: Booklets, state: State) -> Answer:
    if not _wants_json():
        return _html(booklets.render("booklet_job.html", state=state))
    answer = jsonify(**asdict(state), alive=state.alive, url=f"{JOBS}/{state.id}")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _html(page: str) -> Response:
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _refusal(sentence: str, status: int) -> Response:
    if _wants_json():
        answer = jsonify(message=sentence)
        answer.status_code = status
        return answer
    return Response(sentence, status, content_type="text/plain; charset=utf-8")


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _is_from_here() -> bool:
    """Tell whether a form comes from a page of this server, as browsers say."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
