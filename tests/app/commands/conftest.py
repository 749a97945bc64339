"""The command line as a person has it: what was typed gives an exit code and two streams."""

from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from app.__main__ import main
from app.opening import data as opening
from app.settings import EMBEDDED_DATA
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue


@pytest.fixture
def opened_once(monkeypatch, reference, catalogue):
    """Let commands over the project's own data have what is open already, as they never change.

    Copies of the data, finer outlines and layers that were brought are opened as always.
    """

    def load(folder, finer=None):
        own = folder == EMBEDDED_DATA / "communes" and not (finer and finer.is_dir())
        return reference if own else Reference.load(folder, finer)

    def make(places, data, store):
        own = places is reference and data == EMBEDDED_DATA and not store.layers()
        return catalogue if own else Catalogue(places, data, store=store)

    monkeypatch.setattr(opening, "Reference", SimpleNamespace(load=load))
    monkeypatch.setattr(opening, "Catalogue", make)


@pytest.fixture
def atlas62(logs_as_before, opened_once):  # noqa: ARG001 - undone after the command
    """Run the program with the given words."""

    def run(*words: str) -> Result:
        result = CliRunner().invoke(main, list(words), prog_name="atlas62")
        assert "Traceback" not in result.output
        return result

    return run
