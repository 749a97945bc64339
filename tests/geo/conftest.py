"""What the tests of places share."""

import shutil

import pytest

from app.settings import EMBEDDED_DATA
from tests.geo.ban.ban_server import BanServer


@pytest.fixture
def folder(tmp_path):
    """A copy of the reference's files, to be damaged."""
    return shutil.copytree(EMBEDDED_DATA / "communes", tmp_path / "communes")


@pytest.fixture
def ban_server():
    server = BanServer()
    yield server
    server.close()
