"""What all tests may share: the places and the layers of the data that come with the project."""

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
