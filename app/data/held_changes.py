"""Changes of what a visitor brought, held for as long as the request that makes them."""

from collections.abc import Callable
from contextlib import ExitStack

from flask import Blueprint, Response, g, request

from app.readers.context import Readers
from app.readers.sessions import Session, Sessions
from layers.store.protocol import StoreError


def hold_changes(routes: Blueprint, readers: Readers, refuse: Callable[[str], Response]) -> None:
    """Hold what the visitor brought while a request changes it, and keep it before they are told.

    Parameters
    ----------
    refuse
        Says why nothing is changed.
    """

    @routes.before_request
    def begin() -> Response | None:
        if request.method != "POST":
            return None
        g.held_changes = ExitStack()
        if (session := readers.session()) is None:
            return None
        try:
            _hold(readers.sessions, session)
        except StoreError as error:
            return refuse(str(error))
        return None

    @routes.after_request
    def keep(answer: Response) -> Response:
        try:
            _held().close()
        except StoreError as error:
            return refuse(str(error))
        return answer

    @routes.teardown_request
    def let_go(_: BaseException | None) -> None:
        _held().close()


def start_held(sessions: Sessions) -> tuple[str, Session]:
    """Make a session, held as that of a known visitor is; raises BroughtFileError, StoreError."""
    token, session = sessions.start()
    _hold(sessions, session)
    return token, session


def _hold(sessions: Sessions, session: Session) -> None:
    _held().enter_context(sessions.changing(session.folder.name))


def _held() -> ExitStack:
    held: ExitStack = g.setdefault("held_changes", ExitStack())
    return held
