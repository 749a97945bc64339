"""What one reader sees: the layers of all, those adopted since the start, and their own."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from threading import Lock
from time import monotonic
from typing import Final, cast

from flask import has_request_context, request
from werkzeug.local import LocalProxy

from app.first_frame.drawing import Draughtsman
from app.gaps.aside import Aside
from app.gaps.calculator import Answer, GapCalculator
from app.gaps.view import GapView
from app.map.atlas import Atlas
from app.opening.travel_models import ALWAYS, Make
from app.readers.answers import MOST_BYTES, Answers
from app.readers.sessions import Session, Sessions, seen_alone
from app.web.kept import Kept
from app.web.private import COOKIE, points_url
from layers.catalogue.layers import Catalogue
from layers.store.description import BROKEN
from layers.store.protocol import Store

READ_AGAIN: Final = 5.0
"""Seconds after which a store that could not be read, as another program held it, is read again."""
Lent = tuple[tuple[str, int], ...]
"""Names of the links that a reader opened, and the versions of what they show."""
Seen = tuple[int, int, Lent]
"""Versions of the store, of what a reader brought, and what links show them."""
MOST_READERS: Final = 32
"""Of whom the layers are kept in memory, in each process."""


@dataclass(frozen=True, eq=False)
class ReaderContext:
    """What one reader, or all who brought nothing, see."""

    atlas: Atlas
    desk: GapCalculator
    kept: Kept
    draughtsman: Draughtsman

    @cached_property
    def answers(self) -> Answers:
        """What is told to them."""
        return Answers(self.atlas, self.desk, self.kept, self.draughtsman)


class Readers:
    """The readers of one atlas.

    Parameters
    ----------
    shared
        What all of them see.
    store
        Adopted layers, that may change while the server runs.
    sessions
        What visitors brought.
    models
        How to make each travel model.

    Attributes
    ----------
    aside
        Answers the page Écarts, in a process of its own where it was opened.
    """

    def __init__(
        self,
        shared: Atlas,
        store: Store,
        sessions: Sessions,
        models: Mapping[str, Make] = ALWAYS,
    ) -> None:
        self.shared = shared
        self.store = store
        self.sessions = sessions
        self.models = models
        self.aside = Aside(lambda whose, view: self.seen_by(whose).desk.find(view))
        self._begun = store.version()
        self._unread: set[int] = set()
        self._common = ReaderContext(
            shared,
            GapCalculator(shared.catalogue, models, elsewhere=partial(self._ask, "")),
            Kept(MOST_BYTES),
            Draughtsman(shared),
        )
        self._own: OrderedDict[str, tuple[Seen, ReaderContext]] = OrderedDict()
        self._turn = Lock()

    def session(self) -> Session | None:
        """Return what the reader of this request brought, None when nothing."""
        if not has_request_context():
            return None
        session = self.sessions.find(request.cookies.get(COOKIE))
        if session is not None:
            session.touch()
        return session

    def atlas(self) -> Atlas:
        """Return the map of the reader of this request."""
        return self._context().atlas

    def desk(self) -> GapCalculator:
        """Return the desk that answers the reader of this request."""
        return self._context().desk

    def answers(self) -> Answers:
        """Return what the reader of this request is told."""
        return self._context().answers

    def added(self) -> frozenset[str]:
        """Return the identifiers of the layers that this reader sees and not all."""
        return self.atlas().added

    def private(self) -> frozenset[str]:
        """Return the identifiers of the layers that this reader alone sees."""
        session = self.session()
        if session is None:
            return frozenset()
        own = {layer.id for layer in session.store.layers()}
        lent = {link.shown_id for link in self.sessions.links.opened(session.folder)}
        return frozenset((own | lent) & self.atlas().added)

    @property
    def atlas_proxy(self) -> Atlas:
        """An atlas that is, in each request, that of its reader."""
        return cast(Atlas, LocalProxy(self.atlas))

    @property
    def desk_proxy(self) -> GapCalculator:
        """A desk that is, in each request, that of its reader."""
        return cast(GapCalculator, LocalProxy(self.desk))

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the reader of this request."""
        return self.atlas().catalogue

    def seen_by(self, name: str) -> ReaderContext:
        """Return what the visitor with a folder of that name sees; empty for all the others."""
        return self._of_session(Session(self.sessions.root / name) if name else None)

    def _ask(self, name: str, view: GapView) -> Answer:
        return self.aside.ask(name, view)

    def _context(self) -> ReaderContext:
        return self._of_session(self.session())

    def _of_session(self, session: Session | None) -> ReaderContext:
        version = self._version()
        if session is None:
            return self._common if version == self._begun else self._of("", (version, 0, ()))
        brought, links = session.store.version(), self.sessions.links
        lent = links.versions(links.opened(session.folder))
        if version == self._begun and not brought and not lent:
            return self._common
        return self._of(session.folder.name, (version, brought, lent))

    def _of(self, name: str, seen: Seen) -> ReaderContext:
        """Return what a reader sees, made anew where it has changed; the old is let go."""
        with self._turn:
            kept = self._own.get(name)
            if kept is not None and kept[0] == seen:
                self._own.move_to_end(name)
                return kept[1]
        made = self._make(name, *seen)
        with self._turn:
            self._own[name] = seen, made
            self._own.move_to_end(name)
            while len(self._own) > MOST_READERS:
                self._own.popitem(last=False)
        return made

    def _version(self) -> int:
        """Return the version of the store; another one soon, where it could not be read."""
        version = self.store.version()
        if version in self._unread:
            return version + 1 + int(monotonic() / READ_AGAIN)
        return version

    def _make(self, name: str, version: int, _brought: int, _lent: Lent) -> ReaderContext:
        adopted = self.store.layers() if version != self._begun else ()
        if any(layer.id == BROKEN for layer in adopted):
            self._unread.add(self.store.version())
        session = Session(self.sessions.root / name) if name else None
        own = seen_alone(self.sessions, session) if session else ()
        base = self.shared.catalogue
        fixed = set(base.layers) - {layer.id for layer in base.stored}
        added = {layer.id: layer for layer in (*adopted, *own) if layer.id not in fixed}
        urls = {layer_id: points_url(layer_id) for layer_id in added}
        atlas = self.shared.with_layers(tuple(added.values()), urls)
        common = self._common
        ask = partial(self._ask, name)
        desk = GapCalculator(atlas.catalogue, self.models, common.desk, frozenset(added), ask)
        return ReaderContext(atlas, desk, common.kept, common.draughtsman)
