"""What the tests of the page share: one atlas and one application over the project's own data."""

from functools import lru_cache
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.imports import brought_file as job
from app.imports import steps
from app.imports.file_kind import read_table
from app.imports.kept import keep_table, load_table
from app.imports.limits import BroughtFileError
from app.map.atlas import Atlas
from geo.reference.places import Reference
from layers.brought.outlines import settle_all
from layers.brought.positions import Ground
from layers.brought.problems import BroughtError
from tests.app.documents.html_text import Page, serve


@pytest.fixture(scope="session")
def atlas(catalogue) -> Atlas:
    return Atlas(catalogue)


@pytest.fixture
def client(application) -> FlaskClient:
    return application.server.test_client()


@lru_cache(maxsize=4)
def places(communes: str, finer: str) -> tuple[Reference, Ground]:
    """Open the places of two folders once, which each process of a step does for itself."""
    reference = Reference.load(Path(communes), Path(finer) if finer else None)
    return reference, Ground(reference)


@pytest.fixture
def read_here(monkeypatch):
    """Read, place and make in this process: to start another for each takes a second."""

    def again(folder, *where):
        return job.FileImport(Path(folder), places(*where)[0])

    def ground_of(reference):
        known, ground = places(*job.FileImport(Path(), reference)._places())
        return ground if known.communes == reference.communes else Ground(reference)

    def read(path, name, folder, part="", heading=None):
        keep_table(read_table(path, name, part, heading), folder)
        return load_table(folder)

    def run(step, _name, arguments, **_):
        try:
            steps.STEPS[step](*arguments)
        except BroughtError as error:
            raise BroughtFileError(str(error)) from error

    monkeypatch.setattr(steps, "_job", again)
    monkeypatch.setattr(job, "Ground", ground_of)
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
