"""What the tests of the documents share: one server of them, over the project's own data."""

import pytest
from flask.testing import FlaskClient

from tests.app.documents.html_text import Page, serve


@pytest.fixture(scope="session")
def documents(catalogue) -> FlaskClient:
    return serve(catalogue)


@pytest.fixture(scope="session")
def read_page(documents):
    def read(address: str) -> Page:
        answer = documents.get(address)
        assert answer.status_code == 200, address
        return Page(answer.text)

    return read
