"""The pages of Données: what is answered at each step of a file that a visitor brings."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import orjson
import structlog
from flask import Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app.data.adoption import NOT_ALLOWED, adopt, adoption_page
from app.data.changes import Changed, change_layer
from app.data.files import (
    columns_page,
    placing_words,
    read_choice,
    read_heading,
    result_page,
    waiting_words,
)
from app.data.layers import layers_page
from app.data.renewal import begin_renewal, differences_csv, renewal_page, replace_old
from app.data.saved_session import open_saved, save_session, unpack
from app.data.sharing import (
    OVER,
    find_shared,
    map_of,
    opened_page,
    remember,
    share,
    shared_page,
    sharing_page,
)
from app.data.workbench import QUERY, workbench_page
from app.exports.formats import WRITERS
from app.exports.media_types import MEDIA_TYPES
from app.imports.brought_file import LAYER, NAME, SOURCE, FileImport, Service
from app.imports.limits import MOST_BYTES, BroughtFileError
from app.imports.report import left_out_csv, report_csv
from app.imports.turns import FAILED, GEOCODE, MAKE, PLACE, TAKE_IN, Turn, Turns, held
from app.opening.data import open_sources
from app.opening.renewals import sources_page
from app.readers.context import Readers
from app.readers.intended import choose_as_intended, edit_as_intended, intend
from app.readers.quotas import Bounds, Quotas
from app.readers.sessions import LIFETIME, Session
from app.settings import NO_SERVICE, Settings
from app.web import addresses as urls
from app.web.client import client_of_request
from app.web.private import private
from app.web.render import Renderer
from geo.whole_file import whole_file
from layers.brought.making import name_layer
from layers.french.wording import plural
from layers.model.layer import LayerError
from layers.store.protocol import StoreError

LONGEST_NAME: Final = 100
NOT_KEPT: Final = "Le serveur ne peut garder aucun fichier : disque plein ou fermé."
NOT_YOURS: Final = "Cette couche n’est pas, ou n’est plus, parmi les vôtres."
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
        self.turns = Turns(settings.turns, self.reference, self.take)
        bounds = Bounds(
            settings.client_layers, settings.client_megabytes, settings.client_imports,
            settings.visitors_megabytes,
        )  # fmt: skip
        self.quotas = Quotas(readers.sessions, settings.clients, bounds)
        self.service = Service(readers.shared.catalogue.data, settings.ban, settings.cache)

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """Return a page that is for this reader alone."""
        text = self.renderer.render(template, urls.DATA, **values)
        return private(Response(text, status, content_type="text/html; charset=utf-8"))

    def layers(self) -> Response:
        """Return the list of layers and, above it, what the reader brought."""
        session = self.readers.session()
        jobs = list(session.jobs(self.reference)) if session else []
        kept = {job.layer_id for job in jobs}
        own = session.store.layers() if session else ()
        return self.page(
            "data.html",
            files=[(job.folder.name, job.title, self._state(job)) for job in jobs],
            orphans=[layer for layer in own if layer.id not in kept],
            opened=opened_page(self.readers, session),
            most_bytes=MOST_BYTES // 1_000_000,
            hours=LIFETIME // 3600,
            service=None if self.settings.ban == NO_SERVICE else urlsplit(self.settings.ban).netloc,
            **layers_page(self.readers.catalogue, self.readers.added()),
        )

    def sources(self) -> Response:
        """Return where the layers come from, and how old that is."""
        folder = open_sources(self.settings)
        return self.page(
            "sources.html", **sources_page(self.readers.catalogue, folder, datetime.now(UTC).date())
        )

    def _state(self, job: FileImport) -> str:
        place = self.turns.place(job)
        if place is not None:
            return waiting_words(self.turns.step(job), place)
        if (result := job.result) is not None:
            return plural(result["imported"], "ligne placée", "lignes placées")
        return "refusé" if job.refusal else "à terminer"

    def check_room(self) -> None:
        """Refuse what a client brings beyond their share, before it is read; raises QuotaError."""
        self.readers.sessions.sweep()
        self.quotas.sweep()
        self.quotas.check(client_of_request(), request.content_length or MOST_BYTES)

    def bring(self, given: FileStorage) -> ResponseReturnValue:
        """Keep a file, to be read when its turn comes; the reader goes to its page."""
        name = Path(given.filename or "").name[-LONGEST_NAME:]
        if not name:
            raise BroughtFileError("Aucun fichier choisi.")
        sessions, client = self.readers.sessions, client_of_request()
        session, token = self.readers.session(), None
        if session is None:
            token, session = sessions.start()
        job = self._keep(session, client, name, given.save)
        answer = private(self._accepted(job))
        return remember(answer, token) if token else answer

    def renew(self, session: Session, old: FileImport) -> ResponseReturnValue:
        """Keep the new version of a file, to be read as the old one was and held against it."""
        self.check_room()
        given = request.files["fichier"]
        name = Path(given.filename or "").name[-LONGEST_NAME:]
        if not name:
            raise BroughtFileError("Aucun fichier choisi.")
        job = self._keep(
            session, client_of_request(), name, given.save,
            lambda job: begin_renewal(session, old, job),
        )  # fmt: skip
        return private(self._accepted(job))

    def replace_old(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Give a new version the place of the old one."""
        replace_old(session, job, self.reference)
        session.forget_drawn()
        return redirect(urls.file_url(job.folder.name), 303)

    def saved_session(self) -> Response:
        """Return all that the visitor brought, to be kept and brought back."""
        session = self.readers.session()
        if session is None:
            raise BroughtFileError("Vous n’avez apporté aucun fichier.")
        content = save_session(session, self.reference)
        answer = private(Response(content, content_type="application/zip"))
        answer.headers["Content-Disposition"] = 'attachment; filename="atlas62-session.zip"'
        return answer

    def bring_back(self, given: FileStorage) -> ResponseReturnValue:
        """Keep the files of a saved session, each to be read in its turn."""
        session, token, client = self.readers.session(), None, client_of_request()
        if session is None:
            token, session = self.readers.sessions.start()
        with TemporaryDirectory(dir=session.folder) as room:
            path = Path(room) / SOURCE
            given.save(path)
            archive, files = open_saved(path)
            with archive:
                for one in files:
                    self.quotas.check(client, one.member.file_size)
                    self._keep(
                        session, client, one.name, partial(unpack, archive, one),
                        partial(intend, choice=one.choice, edits=one.edits),
                        one.part, one.heading,
                    )  # fmt: skip
        answer = private(Response(status=303, headers={"Location": urls.DATA}))
        return remember(answer, token) if token else answer

    def _keep(  # noqa: PLR0913, PLR0917 - a file, whose it is, and how it is to be read
        self,
        session: Session,
        client: str,
        name: str,
        write: Callable[[Path], None],
        prepare: Callable[[FileImport], None] = lambda _: None,
        part: str = "",
        heading: int | None = None,
    ) -> FileImport:
        """Keep a file, and ask for its turn to be read."""
        job = session.begin(self.reference)
        try:
            self.quotas.note(client, session)
            with held(job.folder), whole_file(job.folder / SOURCE) as file:
                write(file)
            job.say(NAME, name)
            prepare(job)
            self.turns.ask(job, TAKE_IN, part, client, heading)
        except OSError as error:
            job.forget()
            raise BroughtFileError(NOT_KEPT) from error
        except BaseException:
            job.forget()
            raise
        return job

    def _accepted(self, job: FileImport) -> Response:
        address = urls.file_url(job.folder.name)
        if not _wants_json():
            return Response(status=303, headers={"Location": address})
        answer = jsonify(url=address, place=self.turns.place(job))
        answer.status_code = 202
        return answer

    def file(self, session: Session, job: FileImport, refused: str = "") -> Response:
        """Return the page of a file: its turn, its columns, its progress, or its layer."""
        place = self.turns.place(job)
        words = "" if place is None else waiting_words(self.turns.step(job), place)
        placing = place is not None and self._is_placing(job)
        progress = job.progress() if placing and job.chosen else None
        if progress is not None and progress.total:
            words = placing_words(progress, place or 0)
        if _wants_json():
            told = asdict(progress) if progress else {}
            return private(jsonify(waiting=place is not None, place=place, words=words, **told))
        shared: dict[str, Any] = {"name": job.folder.name, "title": job.title}
        if place is not None:
            return self.page(
                "file_waiting.html", **shared, words=words, progress=progress, placing=placing
            )
        refused = refused or job.refusal
        if not job.is_read:
            return self.page("file_refused.html", 422, **shared, message=refused or FAILED)
        if refused:
            return self.page("file_columns.html", 422, **shared, **columns_page(job, refused))
        return self._read_file(session, job, shared)

    def _read_file(self, session: Session, job: FileImport, shared: Mapping[str, Any]) -> Response:
        if not job.chosen:
            return self.page("file_columns.html", **shared, **columns_page(job))
        result = job.result
        if result is None:
            return self.page("file_progress.html", **shared, progress=job.progress())
        values = result_page(result, self.readers.catalogue)
        values |= sharing_page(self.readers, session, job)
        values |= renewal_page(session, job, self.reference)
        values["adopting"] = self.settings.adoption == "oui"
        if values["adopting"]:
            values |= adoption_page(self.readers, session, job, values["layer"].title)
        return self.page("file_layer.html", **shared, **values)

    def choose(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Keep the choice of columns; or read another part of the file when that was asked."""
        summary, client = job.summary, client_of_request()
        part = request.form.get("partie", "") or summary.part
        heading = read_heading(request.form, summary)
        if part != summary.part or heading != summary.heading:
            # the names of another sheet stand on a line of its own
            asked = heading if part == summary.part else None
            self._forget_layer(session, job)
            self.turns.ask(job, TAKE_IN, part, client, asked)
        else:
            choice = read_choice(job, request.form)
            self._forget_layer(session, job)
            job.keep_choice(choice)
            self.turns.ask(job, PLACE, client=client)
        return redirect(urls.file_url(job.folder.name), 303)

    def advance(self, job: FileImport) -> ResponseReturnValue:
        """Go on with a file that was stopped; a script is answered in JSON, a form by the page."""
        progress = job.progress()
        if job.result is None:
            self.turns.ask(job, MAKE if progress.over else GEOCODE, client=client_of_request())
        if _wants_json():
            waiting = self.turns.place(job) is not None
            return jsonify(**asdict(progress), over=progress.over, waiting=waiting)
        return redirect(urls.file_url(job.folder.name), 303)

    def stop(self, job: FileImport) -> ResponseReturnValue:
        """Stop the geocoding of a file; what is geocoded stays."""
        if self._is_placing(job):
            self.turns.forget(job)
        return redirect(urls.file_url(job.folder.name), 303)

    def _is_placing(self, job: FileImport) -> bool:
        return self.turns.step(job) in {PLACE, GEOCODE}

    def told_of(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Answer what is asked of a file whose turn is not over: go and see."""
        if _wants_json():
            return self.file(session, job)
        return redirect(urls.file_url(job.folder.name), 303)

    def take(self, job: FileImport, turn: Turn) -> str:
        """Take a step when its turn has come, in a thread that answers nobody.

        A long list is geocoded in several turns, between which others have theirs.
        """
        session = Session(job.folder.parent)
        if turn.step == TAKE_IN:
            job.take_in(turn.part, turn.heading)
            return PLACE if choose_as_intended(job) else ""
        if turn.step == MAKE or job.geocode(self.service, turn.entry.exists).over:
            self._finish(session, job)
            return ""
        return GEOCODE

    def _finish(self, session: Session, job: FileImport) -> None:
        """Make the layer and put it among the visitor's own, once."""
        if job.result is not None:
            return
        own = frozenset(layer.id for layer in session.store.layers())
        seen = frozenset(self.readers.catalogue.layers)  # with what others have adopted since
        taken = frozenset(self.readers.shared.catalogue.layers) | seen | own
        choice = job.choice
        layer_id = job.layer_id or name_layer(choice.title if choice else "", taken)
        job.say(LAYER, layer_id)
        try:
            job.make_own(layer_id, session.store.path)
            edit_as_intended(session.store, job)
        except BroughtFileError:
            self._forget_layer(session, job)
            job.forget_progress()
            raise
        finally:
            if not job.folder.exists():  # taken away meanwhile
                self._remove_layer(session, layer_id)

    def adopt(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Put the layer of a file among those of all readers, where the operator allows it."""
        if self.settings.adoption != "oui" or job.result is None:
            raise StoreError(NOT_ALLOWED)
        adopt(self.readers, session, job, request.form.get("remplace", ""))
        return redirect(urls.file_url(job.folder.name), 303)

    def share(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Make a secret link to the layer of a file."""
        share(self.readers, session, job, request.form.get("duree", ""))
        return redirect(f"{urls.file_url(job.folder.name)}#partager", 303)

    def revoke(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Take away a secret link of the visitor."""
        self.readers.sessions.links.revoke(session.folder.name, request.form.get("lien", ""))
        return redirect(f"{urls.file_url(job.folder.name)}#partager", 303)

    def shared(self, word: str) -> Response:
        """Return the page of a secret link; looking at it changes nothing."""
        found = find_shared(self.readers, word)
        if found is None:
            return self.refuse(OVER, 404)
        return self.page("shared_layer.html", **shared_page(*found))

    def open_shared(self, word: str) -> ResponseReturnValue:
        """Let the visitor see the layer of a secret link on their own map."""
        found = find_shared(self.readers, word)
        if found is None:
            return self.refuse(OVER, 404)
        sessions, session, token = self.readers.sessions, self.readers.session(), None
        link, layer = found
        if session is not None and session.folder.name == link.owner:
            return redirect(urls.DATA, 303)
        try:
            if session is None:
                token, session = sessions.start()
            sessions.links.open(session.folder, link)
        except OSError as error:
            raise BroughtFileError(NOT_KEPT) from error
        answer = private(Response(status=303, headers={"Location": map_of(layer)}))
        return remember(answer, token) if token else answer

    def close_shared(self, name: str) -> ResponseReturnValue:
        """Take the layer of a secret link off the map of the visitor."""
        if (session := self.readers.session()) is not None:
            session.forget_drawn()
            self.readers.sessions.links.close(session.folder, name)
        return redirect(urls.DATA, 303)

    def workbench(self, session: Session, job: FileImport) -> Response:
        """Return the workbench of the layer of a file."""
        values = workbench_page(self.readers, session, job, request.args)
        return self.page("workbench.html", name=job.folder.name, title=job.title, **values)

    def change(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Make a change at the workbench, or undo the last one."""
        rows = Changed(self.readers, job.layer_id, request.args)
        change_layer(session, job, request.form, request.form.getlist("retirer"), rows)
        kept = {key: text for key, text in request.args.items() if key in QUERY}
        address = urls.file_url(job.folder.name, "atelier")
        return redirect(f"{address}{'?' if kept else ''}{urlencode(kept)}", 303)

    def remove(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Forget a file and its layer."""
        self.turns.forget(job)
        self._forget_layer(session, job)
        job.forget()
        return redirect(urls.DATA, 303)

    def remove_layer(self, layer_id: str) -> ResponseReturnValue:
        """Forget one of the visitor's own layers whose file is gone."""
        session = self.readers.session()
        if session is None or layer_id not in {layer.id for layer in session.store.layers()}:
            return self.refuse(NOT_YOURS, 404)
        self._remove_layer(session, layer_id)
        return redirect(urls.DATA, 303)

    def again(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Go back to the choice of columns."""
        self._forget_layer(session, job)
        job.forget_progress()
        return redirect(urls.file_url(job.folder.name), 303)

    def download(self, job: FileImport, name: str, ending: str) -> Response:
        """Return the report, the rows left out, or the layer of a file."""
        result = job.result
        if result is None:
            raise BroughtFileError("Ce fichier n’est pas encore placé : reprenez son import.")
        if (name, ending) == ("rapport", "csv"):
            content = report_csv(result["problems"])
        elif (name, ending) == ("differences", "csv"):
            content = differences_csv(Session(job.folder.parent), job, self.reference)
        elif (name, ending) == ("ecartees", "csv"):
            content = left_out_csv(job.table.frame, result["left_out"])
        else:
            raise BroughtFileError("Ce fichier à télécharger n’existe pas.")
        return _saved(content, f"atlas62-{result['layer']}-{name}", ending)

    def layer_file(self, layer_id: str, ending: str) -> Response:
        """Return a layer that not all readers see, as a file."""
        if layer_id not in self.readers.added() or ending not in WRITERS:
            return self.refuse(NOT_YOURS, 404)
        catalogue = self.readers.catalogue
        content = WRITERS[ending](catalogue.layer(layer_id), catalogue.load(layer_id))
        return _saved(content, f"atlas62-{layer_id}", ending)

    def points(self, layer_id: str) -> Response:
        """Return the points of a layer as the map wants them."""
        atlas = self.readers.atlas()
        if layer_id not in (*atlas.point_layers, *atlas.area_layers):
            raise LayerError("Cette adresse ne porte ni points ni surfaces d’une couche.")
        features = atlas.points(layer_id)
        return private(Response(orjson.dumps(features), content_type="application/json"))

    def refuse(self, message: str, status: int) -> Response:
        """Return a page that says why what was asked is not done."""
        return self.page("notice.html", status, title="Données", message=message)

    def _forget_layer(self, session: Session, job: FileImport) -> None:
        if job.layer_id:
            self._remove_layer(session, job.layer_id)

    def _remove_layer(self, session: Session, layer_id: str) -> None:
        try:
            session.forget_drawn()
            self.readers.sessions.links.revoke_layer(session.folder.name, layer_id)
            session.store.remove(layer_id)
        except StoreError:
            log.debug("layer already gone", layer=layer_id)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _saved(content: bytes, name: str, ending: str) -> Response:
    answer = private(Response(content, content_type=MEDIA_TYPES[ending]))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer
