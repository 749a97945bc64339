"""Opening: the settings, the logs and the data, as every command wants them."""

from pathlib import Path
from typing import Final

import click
from pydantic import SecretStr

from app.log import set_up_logs
from app.settings import Settings, read_settings
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.connectors.facts import compose_facts
from layers.store.geopackage import GeoPackageStore
from layers.store.protocol import Store, StoreError
from layers.store.waiting import Patience

BACKUPS: Final = "sauvegardes"
COMMAND_SECONDS: Final = 25.0
"""For which a command waits for another program that holds the store."""
NO_PACKAGE: Final = (
    "Réglage ATLAS62_STORE : une base demande le paquet psycopg ; installez-le par : "
    "pip install 'atlas62[postgis]'."
)
FINER_OUTLINES: Final = "contours"
SOURCES: Final = "sources"
FACTS: Final = "faits"


def start() -> Settings:
    """Read the settings and set the logs up accordingly.

    Raises
    ------
    SettingsError
        A variable has a value that cannot be used.
    """
    settings = read_settings()
    set_up_logs(settings.log_level)
    return settings


def open_catalogue(settings: Settings) -> Catalogue:
    """Load the reference and make the catalogue; its layers are read when they are asked for.

    A command that is run where the data are open already (:mod:`app.workshop.work`) is given those.

    Raises
    ------
    DamagedReferenceError
        The reference is missing or damaged.
    """
    context = click.get_current_context(silent=True)
    if context is not None and context.obj is not None:
        opened: Catalogue = context.obj
        return opened
    data = open_facts(settings)
    reference = Reference.load(data / "communes", open_outlines(settings))
    return Catalogue(reference, data, store=open_store(settings))


def open_facts(settings: Settings) -> Path:
    """Return the folder of the facts, with what was taken from official sources in its place."""
    return compose_facts(settings.data, open_sources(settings), settings.cache / FACTS)


def open_sources(settings: Settings) -> Path:
    """Return the folder of what was taken from official sources; it need not exist."""
    return settings.folder / SOURCES


def open_store(settings: Settings, patience: Patience = Patience()) -> Store:  # noqa: B008
    """Return the store of layers that people brought; it is made at the first adoption.

    Parameters
    ----------
    patience
        With which a change waits for another program that holds a file; that of a request by
        default.

    Raises
    ------
    StoreError
        A database is named and what speaks to it is not installed, or it is no such address.
    """
    return open_store_at(settings.store, patience)


def open_store_at(place: Path | SecretStr, patience: Patience = Patience()) -> Store:  # noqa: B008
    """Return the store of a file or of the address of a database; raises as :func:`open_store`."""
    if isinstance(place, Path):
        return GeoPackageStore(place, place.parent / BACKUPS, patience)
    try:
        # nobody who keeps a file waits for it
        from layers.store.postgis.shared import PostgisStore  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise StoreError(NO_PACKAGE) from error
    return PostgisStore(place.get_secret_value())


def open_store_patiently(settings: Settings) -> Store:
    """Return the store for a command, which can wait, and tells so on the terminal."""
    patience = Patience(COMMAND_SECONDS, lambda sentence: click.echo(sentence, err=True))
    return open_store(settings, patience)


def open_outlines(settings: Settings) -> Path:
    """Return the folder of the outlines that the operator brought; it need not exist."""
    return settings.folder / FINER_OUTLINES
