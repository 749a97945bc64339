"""A server with a store of its own, and somebody who comes to it."""

import pytest

from app.server import create_app
from app.settings import Settings


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    return tmp_path_factory.mktemp("visiteurs")


@pytest.fixture(scope="module")
def server(room, catalogue):
    settings = Settings(cache=room / "cache", store=room / "atlas62.gpkg", adoption="oui")
    return create_app(settings, catalogue).server


@pytest.fixture
def visitor(server):
    return server.test_client()
