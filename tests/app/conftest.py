"""What the tests of the page share: one atlas and one application over the project's own data."""

import pytest
from dash import Dash
from flask.testing import FlaskClient

from app.atlas import Atlas
from app.server import create_app
from app.settings import Settings


@pytest.fixture(scope="session")
def atlas(catalogue) -> Atlas:
    return Atlas(catalogue)


@pytest.fixture(scope="session")
def application(catalogue) -> Dash:
    return create_app(Settings(), catalogue)


@pytest.fixture
def client(application) -> FlaskClient:
    return application.server.test_client()
