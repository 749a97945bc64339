"""What the tests of the page share: one atlas and one application over the project's own data."""

import pytest
from flask.testing import FlaskClient

from app.imports import brought_file as job
from app.imports import steps
from app.imports.file_kind import read_table
from app.imports.kept import keep_table, load_table
from app.imports.limits import BroughtFileError
from app.map.atlas import Atlas
from layers.brought.outlines import settle_all
from layers.brought.problems import BroughtError
from tests.app.documents.html_text import Page, serve


@pytest.fixture(scope="session")
def atlas(catalogue) -> Atlas:
    return Atlas(catalogue)


@pytest.fixture
def client(application) -> FlaskClient:
    return application.server.test_client()


@pytest.fixture
def read_here(monkeypatch):
    """Read, place and make in this process: to start another for each takes a second."""

    def read(path, name, folder, part="", heading=None):
        keep_table(read_table(path, name, part, heading), folder)
        return load_table(folder)

    def run(step, _name, arguments, **_):
        try:
            steps.STEPS[step](*arguments)
        except BroughtError as error:
            raise BroughtFileError(str(error)) from error

    monkeypatch.setattr(steps, "settle_within", settle_all)
    monkeypatch.setattr(job, "read_apart", read)
    monkeypatch.setattr(job, "run_apart", run)


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
