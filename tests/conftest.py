"""What all tests may share: the places and the layers of the data that come with the project."""

import os
from pathlib import Path

import pytest

from app.settings import EMBEDDED_DATA
from geo.reference import Reference
from layers.catalogue import Catalogue


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference.load(EMBEDDED_DATA / "communes")


@pytest.fixture(scope="session")
def catalogue(reference: Reference) -> Catalogue:
    return Catalogue(reference, EMBEDDED_DATA)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Public files that only developers and CI hold: they serve comparisons alone."""
    folder = Path(os.environ.get("ATLAS62_SHARED", EMBEDDED_DATA.parents[1] / "shared"))
    if not folder.is_dir():
        pytest.skip(f"dossier partagé absent : {folder.name} (ATLAS62_SHARED)")
    return folder
