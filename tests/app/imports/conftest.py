"""A file brought as the command does, in this process."""

from types import SimpleNamespace

import pytest

from app.imports.brought_file import FileImport
from app.imports.file_folder import SOURCE
from layers.brought.choice import Choice
from tests.app.imports.cases import CASES


@pytest.fixture
def bring(read_here, reference, geocoder, tmp_path):  # noqa: ARG001 - reads in this process
    """Bring a file as the command does: what was read, and the layer made of it."""

    def brought(content, name="liste.csv", part="", heading=None, **roles):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / SOURCE).write_bytes(content)
        job = FileImport(folder, reference)
        job.read(name, part, heading)
        guessed = Choice.guessed(name, job.guess())
        job.choose(Choice(guessed.title, {**guessed.roles, **roles}))
        for _ in job.advance(geocoder):
            pass
        made = job.make("lieux")
        written = {column: str(role) for column, role in guessed.roles.items()}
        return SimpleNamespace(**vars(made), table=job.table, roles=written, job=job)

    return brought


@pytest.fixture
def case(bring):
    def brought(name, **options):
        return bring((CASES / name).read_bytes(), name.partition("-")[2], **options)

    return brought
