"""Sharing without adopting: secret links to a layer, made, shown, opened, revoked."""

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Response, request

from app.imports.brought_file import FileImport
from app.imports.limits import BroughtFileError
from app.readers.context import Readers
from app.readers.secret_links import DURATIONS, MOST_LINKS, SecretLink
from app.readers.sessions import Session
from app.web import addresses as urls
from app.web.prefix import cookie_path
from app.web.private import COOKIE
from geo.perimeter import Level
from layers.french.wording import format_date
from layers.indicators.brought import first_indicator
from layers.model.layer import Layer
from layers.model.measures import DISTRICT

OVER: Final = "Ce partage n’existe pas, n’existe plus, ou sa durée est passée."
PARIS: Final = ZoneInfo("Europe/Paris")


def share(readers: Readers, session: Session, job: FileImport, days: str) -> None:
    """Make a link to the layer of a file.

    Raises
    ------
    BroughtFileError
        There is no layer yet, the time is none that is offered, or there are too many links.
    """
    links = readers.sessions.links
    if job.result is None:
        raise BroughtFileError("Ce fichier n’est pas encore placé : il n’y a rien à partager.")
    if days not in DURATIONS:
        raise BroughtFileError("Durée du partage : trouvé une durée qui n’est pas proposée.")
    if len(links.of_owner(session.folder.name)) >= MOST_LINKS:
        raise BroughtFileError(f"Déjà {MOST_LINKS} liens en cours : révoquez-en un d’abord.")
    try:
        links.start(session.folder.name, job.layer_id, int(days))
    except OSError as error:
        raise BroughtFileError("Le serveur ne peut garder aucun lien.") from error


def sharing_page(readers: Readers, session: Session, job: FileImport) -> dict[str, Any]:
    """Return what the page of a layer says of its links."""
    ours = readers.sessions.links.of_owner(session.folder.name)
    return {
        "durations": DURATIONS,
        "links": [
            (link.name, urls.shared_url(link.word), _day(link))
            for link in ours
            if link.layer_id == job.layer_id
        ],
    }


def opened_page(readers: Readers, session: Session | None) -> list[tuple[str, str, str, str]]:
    """Return the layers that links show to a visitor: link, title, end, address of the map."""
    if session is None:
        return []
    links = readers.sessions.links
    return [
        (link.name, layer.title, _day(link), map_of(layer))
        for link in links.opened(session.folder)
        for layer in links.layers([link])
    ]


def find_shared(readers: Readers, word: str) -> tuple[SecretLink, Layer] | None:
    """Return the link of an address and the layer that it shows, None where there is none."""
    links = readers.sessions.links
    link = links.find(word)
    layer = next(links.layers([link]), None) if link else None
    return (link, layer) if link and layer else None


def map_of(layer: Layer) -> str:
    """Return the address of the map of a layer: painted by its first number where it has one."""
    if layer.joining is None or layer.joining.level == DISTRICT:
        return urls.layer_url(layer.id)
    if not layer.joining.measures or layer.joining.year:
        return urls.EXPLORE
    first = first_indicator(layer.id, layer.joining)
    return urls.indicator_url(first, Level(layer.joining.level))


def shared_page(link: SecretLink, layer: Layer) -> dict[str, Any]:
    """Return what the page of a link speaks of."""
    return {"layer": layer, "until": _day(link), "address": urls.shared_url(link.word)}


def remember(answer: Response, token: str) -> Response:
    """Give a visitor the cookie of their folder."""
    answer.set_cookie(
        COOKIE, token, httponly=True, samesite="Lax", secure=request.is_secure, path=cookie_path()
    )
    return answer


def _day(link: SecretLink) -> str:
    return format_date(datetime.fromtimestamp(link.until, PARIS).date())
