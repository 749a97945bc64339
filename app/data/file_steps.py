"""The steps of a file that a visitor brings: kept, read, chosen, placed, made, forgotten."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import structlog
from flask import Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from app.data.adoption import adoption_page
from app.data.carried_edits import take_up_edits
from app.data.elsewhere import Waiting, forget_waiting, note_waiting, waiting_of
from app.data.files import (
    columns_page,
    placing_words,
    read_choice,
    read_heading,
    result_page,
    waiting_words,
)
from app.data.renewal import renewal_page
from app.data.sharing import (
    sharing_page,
)
from app.imports.brought_file import FileImport, Service
from app.imports.file_folder import LAYER, NAME, SOURCE
from app.imports.held import held
from app.imports.limits import MOST_BYTES, BroughtFileError
from app.imports.turns import FAILED, GEOCODE, MAKE, PLACE, TAKE_IN, Turn, Turns
from app.readers.context import Readers
from app.readers.intended import choose_as_intended
from app.readers.quotas import Bounds, Quotas
from app.readers.sessions import Session
from app.settings import Settings
from app.sign_on.permission import Permission
from app.web import addresses as urls
from app.web.client import client_of_request, wants_json
from app.web.private import private
from app.web.render import Renderer
from geo.whole_file import whole_file
from layers.brought.making import name_layer
from layers.store.protocol import StoreError

LONGEST_NAME: Final = 100
LONGEST_PART: Final = 1_000
"""Characters of what a sheet or a layer is called."""
NOT_KEPT: Final = "Le serveur ne peut garder aucun fichier : disque plein ou fermé."
log = structlog.get_logger("app.pages.data")


class FileSteps:
    """The files of the visitors of one atlas.

    Parameters
    ----------
    readers
        Who sees what.
    settings
        Choices of the operator.
    permission
        Who may adopt.
    """

    def __init__(self, readers: Readers, settings: Settings, permission: Permission) -> None:
        self.readers = readers
        self.settings = settings
        self.permission = permission
        self.renderer = Renderer()
        self.reference = readers.shared.reference
        self.turns = Turns(settings.turns, self.reference, self.take, settings.queue_file)
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

    def refuse(self, message: str, status: int) -> Response:
        """Return a page that says why what was asked is not done."""
        return self.page("notice.html", status, title="Données", message=message)

    def check_room(self) -> None:
        """Refuse what a client brings beyond their share, before it is read; raises QuotaError."""
        self.readers.sessions.sweep()
        self.quotas.sweep()
        self.quotas.check(client_of_request(), request.content_length or MOST_BYTES)

    def keep_file(  # noqa: PLR0913, PLR0917 - a file, whose it is, and how it is to be read
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
            self.ask(job, Waiting(TAKE_IN, part, client, heading))
        except OSError as error:
            job.forget()
            raise BroughtFileError(NOT_KEPT) from error
        except BaseException:
            job.forget()
            raise
        return job

    def ask(self, job: FileImport, waiting: Waiting) -> None:
        """Let a step of a file wait for its turn on this machine; raises BroughtFileError."""
        if self.readers.sessions.shared:
            note_waiting(job, waiting)
        self.turns.ask(job, waiting.step, waiting.part, waiting.client, waiting.heading)

    def place(self, job: FileImport) -> int | None:
        """Return how many turns come before that of a file, None when it has none.

        A step that another machine was asked for has none before it, as far as is known here; this
        one takes it up when that machine is lost.
        """
        place = self.turns.place(job)
        waiting = waiting_of(job)
        if place is not None or waiting is None:
            return place
        if waiting.is_lost:
            self.ask(job, waiting)
        return 0

    def step(self, job: FileImport) -> str:
        """Return which step of a file waits or is taken, on whichever machine; empty for none."""
        waiting = waiting_of(job)
        return self.turns.step(job) or (waiting.step if waiting else "")

    def accepted(self, job: FileImport) -> Response:
        """Send the visitor to the page of a file that waits for its turn."""
        address = urls.file_url(job.folder.name)
        if not wants_json():
            return Response(status=303, headers={"Location": address})
        answer = jsonify(url=address, place=self.place(job))
        answer.status_code = 202
        return answer

    def file(self, session: Session, job: FileImport, refused: str = "") -> Response:
        """Return the page of a file: its turn, its columns, its progress, or its layer."""
        place = self.place(job)
        words = "" if place is None else waiting_words(self.step(job), place)
        placing = place is not None and self._is_placing(job)
        progress = job.progress() if placing and job.chosen else None
        if progress is not None and progress.total:
            words = placing_words(progress, place or 0)
        if wants_json():
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
        values["adopting"] = self.permission.may_adopt()
        if values["adopting"]:
            title = values["layer"].title
            values |= adoption_page(self.readers, session, job, title, self.permission)
        return self.page("file_layer.html", **shared, **values)

    def choose(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Keep the choice of columns; or read another part of the file when that was asked."""
        summary, client = job.summary, client_of_request()
        part = request.form.get("partie", "")[:LONGEST_PART] or summary.part
        heading = read_heading(request.form, summary)
        if part != summary.part or heading != summary.heading:
            # the names of another sheet stand on a line of its own
            asked = heading if part == summary.part else None
            self.forget_made(session, job)
            self.ask(job, Waiting(TAKE_IN, part, client, asked))
        else:
            choice = read_choice(job, request.form)
            self.forget_made(session, job)
            job.keep_choice(choice)
            self.ask(job, Waiting(PLACE, client=client))
        return redirect(urls.file_url(job.folder.name), 303)

    def advance(self, job: FileImport) -> ResponseReturnValue:
        """Go on with a file that was stopped; a script is answered in JSON, a form by the page."""
        progress = job.progress()
        if job.result is None:
            step = MAKE if progress.over else GEOCODE
            self.ask(job, Waiting(step, client=client_of_request()))
        if wants_json():
            waiting = self.place(job) is not None
            return jsonify(**asdict(progress), over=progress.over, waiting=waiting)
        return redirect(urls.file_url(job.folder.name), 303)

    def stop(self, job: FileImport) -> ResponseReturnValue:
        """Stop the geocoding of a file; what is geocoded stays."""
        if self._is_placing(job):
            self.turns.forget(job)
            forget_waiting(job)
        return redirect(urls.file_url(job.folder.name), 303)

    def _is_placing(self, job: FileImport) -> bool:
        return self.step(job) in {PLACE, GEOCODE}

    def told_of(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Answer what is asked of a file whose turn is not over: go and see."""
        if wants_json():
            return self.file(session, job)
        return redirect(urls.file_url(job.folder.name), 303)

    def take(self, job: FileImport, turn: Turn) -> str:
        """Take a step when its turn has come, in a thread that answers nobody; keep what it made.

        A long list is geocoded in several turns, between which others have theirs.
        """
        if not self.readers.sessions.shared:
            return self._take(job, turn)
        name, following = job.folder.parent.name, ""
        try:
            following = self._take(job, turn)
        except Exception as error:
            if turn.is_wanted():
                job.refuse(str(error) if isinstance(error, BroughtFileError) else FAILED)
            raise
        finally:
            if job.folder.exists():
                forget_waiting(job)
                if following:
                    note_waiting(job, Waiting(following, client=turn.client))
            with suppress(StoreError), self.readers.sessions.changing(name):
                log.debug("step kept", step=turn.step)
        return following

    def _take(self, job: FileImport, turn: Turn) -> str:
        session = Session(job.folder.parent)
        if turn.step == TAKE_IN:
            job.take_in(turn.part, turn.heading)
            return PLACE if choose_as_intended(job) else ""
        if turn.step == MAKE or job.geocode(self.service, turn.is_wanted).over:
            with self.readers.sessions.changing(session.folder.name):
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
            take_up_edits(session, job, self.reference)
        except BroughtFileError:
            self.forget_made(session, job)
            job.forget_progress()
            raise
        finally:
            if not job.folder.exists():  # taken away meanwhile
                self.forget_layer(session, layer_id)

    def remove(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Forget a file and its layer."""
        self.turns.forget(job)
        self.forget_made(session, job)
        job.forget()
        return redirect(urls.DATA, 303)

    def again(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Go back to the choice of columns."""
        self.forget_made(session, job)
        job.forget_progress()
        return redirect(urls.file_url(job.folder.name), 303)

    def forget_made(self, session: Session, job: FileImport) -> None:
        """Forget the layer that was made of a file, if any was."""
        if job.layer_id:
            self.forget_layer(session, job.layer_id)

    def forget_layer(self, session: Session, layer_id: str) -> None:
        """Forget a layer of a visitor, with its links and the pages that show it."""
        try:
            session.forget_drawn()
            self.readers.sessions.links.revoke_layer(session.folder.name, layer_id)
            session.store.remove(layer_id)
        except StoreError:
            log.debug("layer already gone", layer=layer_id)
