"""The addresses of the sign-on, of who is signed on, and of the journal."""

from collections.abc import Callable
from functools import wraps
from typing import Final
from urllib.parse import urlsplit

import structlog
from flask import Blueprint, Flask, Response, g, redirect, request, session
from flask.typing import ResponseReturnValue

from app.opening.data import open_sources
from app.settings import Settings
from app.sign_on.permission import Permission
from app.sign_on.person import WORDS, Person, Role, person_of
from app.sign_on.provider import Provider, SignOnError
from app.sign_on.undoing import Undoing
from app.sign_on.visits import Visits
from app.web import addresses as urls
from app.web.origin import is_of_this_site
from app.web.prefix import cookie_path
from app.web.private import private
from app.web.render import Renderer
from layers.connectors.votes import SeenVotes
from layers.model.schema import LayerError
from layers.placing.corrections import TABLE
from layers.store.protocol import Store, StoreError

COOKIE: Final = "atlas62-connexion"
AFTER: Final = "suite"
"""Parameter, and key of the cookie on the way, of where one goes once signed on."""
LONGEST: Final = 2_000
"""Characters of such an address."""
LABELS: Final = {
    **{field.name: field.label for field in TABLE.fields},
    "title": "Titre",
    "rows": "Lignes",
    "backup": "Sauvegarde",
}
"""Of what the journal holds of a layer and of a correction."""
FOREIGN: Final = "Demande refusée : elle ne vient pas d’une page de ce site."
NOT_SIGNED_ON: Final = "Connectez-vous pour ouvrir cette page."
NOT_ALLOWED: Final = "Votre rôle ne permet pas d’ouvrir cette page."
NO_ROOM: Final = "La connexion n’a pas pu être gardée : le serveur ne peut pas écrire."

log = structlog.get_logger("app.sign_on.routes")


def sign_on(server: Flask, settings: Settings, store: Store) -> Permission:
    """Let people sign on, where the operator has set a provider; return who may what.

    Parameters
    ----------
    store
        Of the adopted layers, which lines of the journal are undone in.
    """
    if not settings.signs_on:
        return Permission(settings)
    pages = SignOn(server, settings, store)
    server.register_blueprint(pages.routes())
    return pages.permission


class SignOn:
    """The pages of one provider."""

    def __init__(self, server: Flask, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._provider = Provider(server, settings)
        self._visits = Visits(settings.sign_on_folder, settings.sign_on_hours * 3600)
        self.permission = Permission(settings, self._person)
        self._undoing = Undoing(self.permission.journal, store, settings.data)
        self._renderer = Renderer()

    def routes(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("sign_on", __name__)
        for rule, act, methods in (
            (urls.SIGN_ON, self._send, ["GET"]),
            (urls.SIGNED_ON, self._receive, ["GET"]),
            (urls.ACCOUNT, self._account, ["GET"]),
            (urls.SIGN_OUT, self._leave, ["POST"]),
            (urls.JOURNAL, self._journal, ["GET"]),
            (f"{urls.JOURNAL}/<int:number>/annuler", self._undo, ["POST"]),
        ):
            routes.add_url_rule(rule, act.__name__.lstrip("_"), _alone(act), methods=methods)
        return routes

    def _person(self) -> Person | None:
        if "person" not in g:
            held = self._visits.find(request.cookies.get(COOKIE))
            g.person = person_of(held["claims"], self._settings) if held else None
        person: Person | None = g.person
        return person

    def _send(self) -> ResponseReturnValue:
        session[AFTER] = own_path(request.args.get(AFTER, ""))
        try:
            return self._provider.send(self._address(urls.SIGNED_ON))
        except SignOnError as error:
            return self._notice("Connexion impossible", str(error), 503)

    def _receive(self) -> ResponseReturnValue:
        after = own_path(str(session.get(AFTER, "")))
        try:
            claims, id_token = self._provider.receive()
            word = self._visits.begin(claims, id_token)
        except SignOnError as error:
            return self._notice("Connexion refusée", str(error), 403)
        except OSError:
            return self._notice("Connexion impossible", NO_ROOM, 503)
        self._visits.end(request.cookies.get(COOKIE, ""))  # a visit begins with a word of its own
        log.info("signed on", role=person_of(claims, self._settings).role.name)
        answer = redirect(after, 303)
        answer.set_cookie(
            COOKIE, word, httponly=True, samesite="Lax", path=cookie_path(),
            secure=self._settings.public_address.startswith("https:"),
        )  # fmt: skip
        return answer

    def _account(self) -> Response:
        person = self._person()
        words = WORDS[person.role] if person else ""
        return self._page(
            "account.html", urls.ACCOUNT, person=person, role=words,
            operates=self.permission.has(Role.OPERATOR), plans=self.permission.has(Role.PLANNER),
        )  # fmt: skip

    def _leave(self) -> ResponseReturnValue:
        if not is_from_here():
            return self._notice("Déconnexion refusée", FOREIGN, 403)
        word = request.cookies.get(COOKIE, "")
        held = self._visits.find(word)
        self._visits.end(word)
        home = self._address(urls.EXPLORE)
        way = self._provider.way_out(held["id_token"], home) if held else home
        answer = self._page("signed_out.html", "", way=way)
        # no redirect: the policy of our pages lets a form lead to this site alone
        answer.headers["Refresh"] = f"0; url={way}"
        answer.delete_cookie(COOKIE, path=cookie_path())
        return answer

    def _journal(self) -> Response:
        if (refusal := self._refusal(Role.PLANNER)) is not None:
            return refusal
        return self._journal_page()

    def _undo(self, number: int) -> ResponseReturnValue:
        if (refusal := self._refusal(Role.OPERATOR)) is not None:
            return refusal
        if not is_from_here():
            return self._notice("Annulation refusée", FOREIGN, 403)
        try:
            self._undoing.undo(number, self.permission.author())
        except (LayerError, StoreError) as error:
            answer = self._journal_page(str(error))
            answer.status_code = 422
            return answer
        return redirect(urls.JOURNAL, 303)

    def _journal_page(self, problem: str = "") -> Response:
        operates = self.permission.has(Role.OPERATOR)
        try:
            lines = self.permission.journal.lines() if operates else ()
            votes = SeenVotes(open_sources(self._settings)).waiting(self._settings.data)
        except LayerError as error:
            return self._notice("Journal indisponible", str(error), 503)
        return self._page(
            "journal.html", urls.JOURNAL, lines=lines, votes=votes, operates=operates,
            problem=problem, labels=LABELS,
        )  # fmt: skip

    def _refusal(self, role: Role) -> Response | None:
        """Return why the reader may not open a page that a role opens; None where they may."""
        if self.permission.has(role):
            return None
        if self._person() is None:
            return self._notice("Connexion demandée", NOT_SIGNED_ON, 401)
        return self._notice("Page réservée", NOT_ALLOWED, 403)

    def _address(self, path: str) -> str:
        return f"{self._settings.public_address}{self._settings.root}{path}"

    def _page(self, template: str, path: str, **values: object) -> Response:
        return Response(self._renderer.render(template, path, **values), mimetype="text/html")

    def _notice(self, title: str, message: str, status: int) -> Response:
        page = self._page("notice.html", "", title=title, message=message)
        page.status_code = status
        return page


def own_path(text: str) -> str:
    """Return an address of this site that one may be sent to; the map for any other text.

    A browser takes two strokes, a stroke and a backslash, or signs of control among them for the
    name of another site.
    """
    strange = any(not sign.isprintable() or sign in "\\ " for sign in text)
    if strange or len(text) > LONGEST or not text.startswith("/") or text.startswith("//"):
        return urls.EXPLORE
    return urls.EXPLORE if urlsplit(text).netloc else text


def is_from_here() -> bool:
    """Tell whether a form was sent by a page of this server, as the browser says."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return is_of_this_site(request.headers.get("Origin", ""))


def _alone(act: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Let no cache keep what an address answers."""

    @wraps(act)
    def answered(**values: int) -> ResponseReturnValue:
        answer = act(**values)
        return private(answer) if isinstance(answer, Response) else answer

    return answered
