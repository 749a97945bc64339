"""The pages of Données: what is answered at each step of a file that a visitor brings."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urlencode, urlsplit

import orjson
from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app.data.adoption import NOT_ALLOWED, NOT_SIGNED_ON, adopt
from app.data.changes import Changed, change_layer
from app.data.file_steps import LONGEST_NAME, NOT_KEPT, FileSteps
from app.data.files import (
    waiting_words,
)
from app.data.held_changes import start_held
from app.data.layers import layers_page
from app.data.one_change import one_change
from app.data.renewal import begin_renewal, replace_old
from app.data.saved_session import open_saved, save_session, unpack
from app.data.sharing import (
    OVER,
    find_shared,
    map_of,
    opened_page,
    remember,
    share,
    shared_page,
)
from app.data.taken_away import saved_file
from app.data.workbench import QUERY, workbench_page
from app.exports.formats import WRITERS
from app.imports.brought_file import FileImport
from app.imports.file_folder import SOURCE
from app.imports.limits import MOST_BYTES, BroughtFileError
from app.opening.data import open_sources
from app.opening.renewals import sources_page
from app.readers.intended import intend
from app.readers.sessions import LIFETIME, Session
from app.settings import NO_SERVICE
from app.web import addresses as urls
from app.web.client import client_of_request
from app.web.private import private
from layers.french.wording import plural
from layers.model.layer import LayerError
from layers.store.protocol import StoreError

NOT_YOURS: Final = "Cette couche n’est pas, ou n’est plus, parmi les vôtres."


class DataPages(FileSteps):
    """The pages over the readers of one atlas.

    Parameters
    ----------
    readers
        Who sees what.
    settings
        Choices of the operator.
    permission
        Who may adopt.
    """

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
            signs_on=self.permission.signs_on,
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
        place = self.place(job)
        if place is not None:
            return waiting_words(self.step(job), place)
        if (result := job.result) is not None:
            return plural(result["imported"], "ligne placée", "lignes placées")
        return "refusé" if job.refusal else "à terminer"

    def bring(self, given: FileStorage) -> ResponseReturnValue:
        """Keep a file, to be read when its turn comes; the reader goes to its page."""
        name = Path(given.filename or "").name[-LONGEST_NAME:]
        if not name:
            raise BroughtFileError("Aucun fichier choisi.")
        sessions, client = self.readers.sessions, client_of_request()
        session, token = self.readers.session(), None
        if session is None:
            token, session = start_held(sessions)
        job = self.keep_file(session, client, name, given.save)
        answer = private(self.accepted(job))
        return remember(answer, token) if token else answer

    def renew(self, session: Session, old: FileImport) -> ResponseReturnValue:
        """Keep the new version of a file, to be read as the old one was and held against it."""
        self.check_room()
        given = request.files["fichier"]
        name = Path(given.filename or "").name[-LONGEST_NAME:]
        if not name:
            raise BroughtFileError("Aucun fichier choisi.")
        job = self.keep_file(
            session, client_of_request(), name, given.save,
            lambda job: begin_renewal(session, old, job),
        )  # fmt: skip
        return private(self.accepted(job))

    def replace_old(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Give a new version the place of the old one."""
        with one_change(session):
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
            token, session = start_held(self.readers.sessions)
        with TemporaryDirectory(dir=session.folder) as room:
            path = Path(room) / SOURCE
            given.save(path)
            archive, files = open_saved(path)
            with archive:
                for one in files:
                    self.quotas.check(client, one.member.file_size)
                    self.keep_file(
                        session, client, one.name, partial(unpack, archive, one),
                        partial(intend, choice=one.choice, edits=one.edits),
                        one.part, one.heading,
                    )  # fmt: skip
        answer = private(Response(status=303, headers={"Location": urls.DATA}))
        return remember(answer, token) if token else answer

    def adopt(self, session: Session, job: FileImport) -> ResponseReturnValue:
        """Put the layer of a file among those of all readers, where the operator allows it."""
        if not self.permission.may_adopt() or job.result is None:
            raise StoreError(NOT_SIGNED_ON if self.permission.signs_on else NOT_ALLOWED)
        with one_change(session):
            adopt(self.readers, session, job, self.permission, request.form.get("remplace", ""))
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
                token, session = start_held(sessions)
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

    def remove_layer(self, layer_id: str) -> ResponseReturnValue:
        """Forget one of the visitor's own layers whose file is gone."""
        session = self.readers.session()
        if session is None or layer_id not in {layer.id for layer in session.store.layers()}:
            return self.refuse(NOT_YOURS, 404)
        self.forget_layer(session, layer_id)
        return redirect(urls.DATA, 303)

    def layer_file(self, layer_id: str, ending: str) -> Response:
        """Return a layer that not all readers see, as a file."""
        if layer_id not in self.readers.added() or ending not in WRITERS:
            return self.refuse(NOT_YOURS, 404)
        catalogue = self.readers.catalogue
        content = WRITERS[ending](catalogue.layer(layer_id), catalogue.load(layer_id))
        return saved_file(content, f"atlas62-{layer_id}", ending)

    def points(self, layer_id: str) -> Response:
        """Return the points of a layer as the map wants them."""
        atlas = self.readers.atlas()
        if layer_id not in (*atlas.point_layers, *atlas.area_layers):
            raise LayerError("Cette adresse ne porte ni points ni surfaces d’une couche.")
        features = atlas.points(layer_id)
        return private(Response(orjson.dumps(features), content_type="application/json"))
