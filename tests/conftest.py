"""What all tests may share: the places and the layers of the data that come with the project."""

import logging
import os
import socket
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import brotli
import pandas as pd
import pytest
import structlog
from dash import Dash
from hypothesis import settings

from app import server
from app.log import ROOMS
from app.map.atlas import Atlas
from app.server import create_app
from app.settings import EMBEDDED_DATA, Settings
from geo.geocoder.lookup import Geocoder
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.catalogue.sites import read_sites
from layers.model.tables import Table
from tests.postgresql import Cluster
from tests.small_background import take_background

settings.register_profile("atlas62", deadline=None)  # a busy machine is no failure
settings.load_profile("atlas62")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest: one that is begun last keeps a core waiting for the other."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session", autouse=True)
def own_store(tmp_path_factory):
    """Keep the tests away from the layers of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATLAS62_STORE", str(tmp_path_factory.mktemp("magasin") / "atlas62.gpkg"))
        patch.setenv("ATLAS62_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def compressed_once():
    """Compress the same bytes once, however many applications of this session serve them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(brotli, "compress", lru_cache(maxsize=4096)(brotli.compress))
        yield


@pytest.fixture(scope="session", autouse=True)
def drawn_once():
    """Draw the map of the same layers once, however many applications of this session show it."""
    drawn: dict[tuple[int, str], Atlas] = {}

    def atlas_of(catalogue: Catalogue, base_map: str) -> Atlas:
        known = drawn.get((id(catalogue), base_map))  # kept with its catalogue: no number twice
        return known or drawn.setdefault((id(catalogue), base_map), Atlas(catalogue, base_map))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "Atlas", atlas_of)
        yield


@pytest.fixture(scope="session", autouse=True)
def typed_once():
    """Type the same rows once, in however many copies of the project's data a test reads them."""
    type_rows, known = Table._typed, {}

    def typed(table: Table, data: Path, names: tuple[str, ...]) -> pd.DataFrame:
        path = data / table.file
        if not path.is_file():
            return type_rows(table, data, names)
        key = (table, names, blake2b(path.read_bytes()).digest())
        if key not in known:
            known[key] = type_rows(table, data, names)
        return known[key].copy()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Table, "_typed", typed)
        yield


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference.load(EMBEDDED_DATA / "communes")


@pytest.fixture(scope="session")
def catalogue(reference: Reference) -> Catalogue:
    return Catalogue(reference, EMBEDDED_DATA)


@pytest.fixture(scope="session")
def grounded(reference: Reference, tmp_path_factory) -> Catalogue:
    """Give the catalogue once a background of OpenStreetMap was taken."""
    return Catalogue(reference, take_background(tmp_path_factory.mktemp("fond")))


@pytest.fixture(scope="session")
def application(catalogue: Catalogue) -> Dash:
    """Give the application over the project's own data: one, as to lay it out takes seconds."""
    return create_app(Settings(), catalogue)


@pytest.fixture(scope="session")
def geocoder(reference: Reference, catalogue: Catalogue) -> Geocoder:
    return Geocoder.load(reference, EMBEDDED_DATA / "gazetteer", read_sites(catalogue))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Give a PostgreSQL of the tests' own, or skip by name where there is none."""
    made = Cluster()
    made.make_base()
    yield made
    made.close()


@pytest.fixture
def database(cluster: Cluster) -> Cluster:
    """Give that server with nothing of a store in it."""
    cluster.empty()
    return cluster


@pytest.fixture(scope="session")
def shared() -> Path:
    """Public files that only developers and CI hold: they serve comparisons alone."""
    folder = Path(os.environ.get("ATLAS62_SHARED", EMBEDDED_DATA.parents[1] / "shared"))
    if not folder.is_dir():
        pytest.skip(f"dossier partagé absent : {folder.name} (ATLAS62_SHARED)")
    return folder


@pytest.fixture
def port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def logs_as_before():
    """Undo what the program's own setting up of logs does to the process."""
    root = logging.getLogger()
    handlers = root.handlers
    levels = {log: log.level for log in (root, *map(logging.getLogger, ROOMS))}
    yield
    root.handlers = handlers
    for log, level in levels.items():
        log.setLevel(level)
    structlog.reset_defaults()
