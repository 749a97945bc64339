"""The pages of Données: what is answered at each step of a file that a visitor brings."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import orjson
import structlog
from flask import Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app.data.files import columns_page, read_choice, read_heading, result_page
from app.data.layers import layers_page
from app.exports.formats import WRITERS
from app.exports.media_types import MEDIA_TYPES
from app.imports.brought_file import SOURCE, Job
from app.imports.limits import MOST_BYTES, BroughtFileError
from app.imports.report import left_out_csv, report_csv
from app.opening.geocoding import open_geocoding
from app.readers.context import Readers
from app.readers.sessions import LIFETIME, Session
from app.settings import NO_SERVICE, Settings
from app.web import addresses as urls
from app.web.private import COOKIE, private
from app.web.render import Renderer
from geo.geocoder.table import GeocodesMany
from layers.brought.making import name_layer
from layers.brought.problems import BroughtError
from layers.store.geopackage import StoreError

SECONDS: Final = 1.5
"""That one request may geocode: the visitor sees how far it is, and can stop."""

LONGEST_NAME: Final = 100
log = structlog.get_logger("app.pages.data")


class DataPages:
    """The pages over the readers of one atlas.

    Parameters
    ----------
    readers
        Who sees what.
    settings
        Choices of the operator.
    """

    def __init__(self, readers: Readers, settings: Settings) -> None:
        self.readers = readers
        self.settings = settings
        self.renderer = Renderer()
        self.reference = readers.shared.reference
        # opened at the first file, once in each process
        self.geocoder: Callable[[], GeocodesMany] = cache(
            lambda: open_geocoding(readers.shared.catalogue, settings).batch
        )

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """Return a page that is for this reader alone."""
        text = self.renderer.render(template, urls.DATA, **values)
        return private(Response(text, status, content_type="text/html; charset=utf-8"))

    def layers(self) -> Response:
        """Return the list of layers and, above it, what the reader brought."""
        session = self.readers.session()
        jobs = list(session.jobs(self.reference)) if session else []
        return self.page(
            "data.html",
            files=[(job.folder.name, job.title, job.result) for job in jobs],
            most_bytes=MOST_BYTES // 1_000_000,
            hours=LIFETIME // 3600,
            service=None if self.settings.ban == NO_SERVICE else urlsplit(self.settings.ban).netloc,
            **layers_page(self.readers.catalogue, self.readers.added()),
        )

    def bring(self, given: FileStorage) -> ResponseReturnValue:
        """Keep a file and read it; the reader goes to its page."""
        name = Path(given.filename or "").name[-LONGEST_NAME:]
        if not name:
            raise BroughtFileError("Aucun fichier choisi.")
        sessions = self.readers.sessions
        sessions.sweep()
        session, token = self.readers.session(), None
        if session is None:
            token, session = sessions.start()
        session.touch()
        job = session.begin(self.reference)
        try:
            given.save(job.folder / SOURCE)
            job.read(name)
        except BroughtFileError:
            job.forget()
            raise
        answer = private(Response(status=303, headers={"Location": urls.file_url(job.folder.name)}))
        if token:
            answer.set_cookie(
                COOKIE, token, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
            )
        return answer

    def file(self, job: Job, refused: str = "") -> Response:
        """Return the page of a file: its columns, its progress, or its layer."""
        shared: dict[str, Any] = {"name": job.folder.name, "title": job.title}
        if not job.chosen or refused:
            return self.page(
                "file_columns.html", 422 if refused else 200, **shared, **columns_page(job, refused)
            )
        result = job.result
        if result is None:
            return self.page("file_progress.html", **shared, progress=job.progress())
        values = result_page(result, self.readers.catalogue)
        return self.page(
            "file_layer.html", **shared, adopting=self.settings.adoption == "oui", **values
        )

    def choose(self, session: Session, job: Job) -> ResponseReturnValue:
        """Keep the choice of columns; or read another part of the file when that was asked."""
        table = job.table
        part = request.form.get("partie", "") or table.part
        heading = read_heading(request.form, table)
        if part != table.part or heading != table.heading:
            # the names of another sheet stand on a line of its own
            asked = heading if part == table.part else None
            job.read(table.name, part if table.part else "", asked)
        else:
            self._forget_layer(session, job)
            if job.choose(read_choice(job, request.form)).over:
                self.finish(session, job)
        return redirect(urls.file_url(job.folder.name), 303)

    def advance(self, session: Session, job: Job) -> ResponseReturnValue:
        """Geocode for a moment; a script is answered in JSON, a form by the page."""
        for _ in job.advance(self.geocoder(), SECONDS):
            pass
        progress = job.progress()
        if progress.over:
            self.finish(session, job)
        if request.accept_mimetypes.best == "application/json":
            return jsonify(done=progress.done, total=progress.total, over=progress.over)
        return redirect(urls.file_url(job.folder.name), 303)

    def finish(self, session: Session, job: Job) -> None:
        """Make the layer and put it among the visitor's own."""
        own = frozenset(layer.id for layer in session.store.layers())
        taken = frozenset(self.readers.shared.catalogue.layers) | own
        choice = job.choice
        layer_id = name_layer(choice.title if choice else "", taken)
        try:
            made = job.make(layer_id)
        except (BroughtError, BroughtFileError):
            job.forget_progress()
            raise
        session.store.adopt(made.description, made.rows)
        job.keep_result(layer_id, made)

    def adopt(self, job: Job) -> ResponseReturnValue:
        """Put the layer of a file among those of all readers, where the operator allows it."""
        result = job.result
        if self.settings.adoption != "oui" or result is None:
            raise StoreError("L’adoption depuis cette page n’est pas permise ici.")
        known = {layer.id: layer for layer in self.readers.store.layers()}
        made = job.made
        replaces = made.description.id in known
        self.readers.store.adopt(made.description, made.rows, replace=replaces)
        return redirect(urls.DATA, 303)

    def remove(self, session: Session, job: Job) -> ResponseReturnValue:
        """Forget a file and its layer."""
        self._forget_layer(session, job)
        job.forget()
        return redirect(urls.DATA, 303)

    def again(self, session: Session, job: Job) -> ResponseReturnValue:
        """Go back to the choice of columns."""
        self._forget_layer(session, job)
        job.forget_progress()
        return redirect(urls.file_url(job.folder.name), 303)

    def download(self, job: Job, name: str, ending: str) -> Response:
        """Return the report, the rows left out, or the layer of a file."""
        result = job.result
        if result is None:
            raise BroughtFileError("Ce fichier n’est pas encore placé : reprenez son import.")
        if (name, ending) == ("rapport", "csv"):
            content = report_csv(result["problems"])
        elif (name, ending) == ("ecartees", "csv"):
            content = left_out_csv(job.table.frame, result["left_out"])
        else:
            raise BroughtFileError("Ce fichier à télécharger n’existe pas.")
        return _saved(content, f"atlas62-{result['layer']}-{name}", ending)

    def layer_file(self, layer_id: str, ending: str) -> Response:
        """Return a layer that not all readers see, as a file."""
        if layer_id not in self.readers.added() or ending not in WRITERS:
            return self.refuse("Cette couche n’est pas, ou n’est plus, parmi les vôtres.", 404)
        catalogue = self.readers.catalogue
        content = WRITERS[ending](catalogue.layer(layer_id), catalogue.load(layer_id))
        return _saved(content, f"atlas62-{layer_id}", ending)

    def points(self, layer_id: str) -> Response:
        """Return the points of a layer as the map wants them."""
        features = self.readers.atlas().points(layer_id)
        return private(Response(orjson.dumps(features), content_type="application/json"))

    def refuse(self, message: str, status: int) -> Response:
        """Return a page that says why what was asked is not done."""
        return self.page("notice.html", status, title="Données", message=message)

    def _forget_layer(self, session: Session, job: Job) -> None:
        result = job.result
        if result is not None:
            try:
                session.forget_drawn()
                session.store.remove(result["layer"])
            except StoreError:
                log.debug("layer already gone", layer=result["layer"])


def _saved(content: bytes, name: str, ending: str) -> Response:
    answer = private(Response(content, content_type=MEDIA_TYPES[ending]))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer
