"""``atlas62 servir``: opens the map to browsers."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Final

import click
import structlog
from flask import Flask

from app.commands.travel import open_model
from app.opening.data import open_catalogue, start
from app.opening.travel_models import is_extract
from app.web.addresses import EXPLORE, GAPS
from app.web.memory import bound_arenas
from app.web.page_address import layout_url
from app.web.serving import is_private, open_port, serve
from geo.travel.roads import Roads

LINKS: Final = re.compile(r'(?:src|href|data-\w+-scripts)="(/[^"]+)"')
"""Addresses in the page; an attribute of scripts that come later holds several."""
FIRST_GESTURES: Final = re.compile(
    r'"([\w/-]*/geometrie/(?:search|commune|epci|departement)-[^"]+)"'
)
"""Addresses in the layout of what a reader fetches by searching or by zooming in."""
OPEN_TO_ALL: Final = (
    "Attention\u00a0: ATLAS62_HOST={host} ouvre la carte à tout le réseau, sans chiffrement. Pour "
    "le public, gardez 127.0.0.1 et mettez un serveur mandataire devant (SECURITY.md)."
)
"""Said when others than this machine can reach the server."""


@click.command("servir")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="NUMÉRO",
    help="Port d’écoute, à la place du réglage.",
)
def serve_map(port: int | None) -> None:
    """Ouvrir la carte : affiche son adresse, répond jusqu’à Ctrl+C.

    L’adresse et le port viennent des réglages ATLAS62_HOST et ATLAS62_PORT.
    """
    bound_arenas()
    settings = start()
    if port is not None:
        settings = settings.model_copy(update={"port": port})
    with open_port(settings.host, settings.port) as listener:
        from app.server import ASIDE, create_app  # noqa: PLC0415 - Dash takes a second to import

        if settings.travel_file and is_extract(settings.travel_file):
            open_model(Roads.id, settings.travel_file)  # shows how far it is; later it is there
        application = create_app(settings, open_catalogue(settings)).server
        application.extensions[ASIDE].open()
        _warm_up(application, settings.root)
        serve(
            application,
            listener,
            settings.workers,
            when_ready=lambda: _announce(settings.host, settings.port),
        )


def _warm_up(application: Flask, root: str) -> None:
    """Make and compress what the first readers ask for, before the server divides.

    Compressing leaves the interpreter to others: on two cores it takes half the time.
    """

    def ask(address: str) -> None:
        application.test_client().get(address, headers={"Accept-Encoding": "br"}).close()

    reader = application.test_client()
    layout = reader.get(f"{root}{layout_url(EXPLORE, '')}").text
    linked = unescape(" ".join(LINKS.findall(reader.get(f"{root}{EXPLORE}").text))).split()
    with ThreadPoolExecutor() as pool:
        pool.submit(ask, root + layout_url(GAPS, ""))
        list(pool.map(ask, [*linked, *FIRST_GESTURES.findall(layout)]))


def _announce(host: str, port: int) -> None:
    if not is_private(host):
        click.echo(OPEN_TO_ALL.format(host=host), err=True)
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    shown = f"[{shown}]" if ":" in shown else shown
    click.echo(f"Atlas 62 est ouvert : http://{shown}:{port}  (Ctrl+C pour fermer)")
    structlog.get_logger("app").debug("serving", host=host, port=port)
