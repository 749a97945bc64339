"""A file of a source, taken as the command takes it, without a network."""

from dataclasses import replace
from datetime import UTC, datetime

from app.settings import EMBEDDED_DATA
from layers.catalogue.layers import Catalogue
from layers.connectors.facts import compose_facts
from layers.connectors.kept import KeptSource
from layers.connectors.taking import origin_of, take_file

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


def expecting(connector, count):
    """Return a connector of which so many rows are usual."""
    return replace(connector, feed=replace(connector.feed, about=count))


def take(connector, content, reference, tmp_path):
    """Return what a file of these bytes becomes; it is in use from then on."""
    kept = KeptSource(tmp_path / "sources", connector)
    kept.folder.mkdir(parents=True, exist_ok=True)
    path = kept.folder / "fichier"
    path.write_bytes(content)
    taken = take_file(path, kept, reference, EMBEDDED_DATA, AT)
    kept.keep(taken.files, origin_of(path, taken, kept, AT), "bien")
    return taken


def facts(tmp_path):
    return compose_facts(EMBEDDED_DATA, tmp_path / "sources", tmp_path / "facts")


def shown(reference, tmp_path):
    """Return the catalogue over what was taken."""
    return Catalogue(reference, facts(tmp_path))
