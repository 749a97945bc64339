"""What the tests of the layers share: the data folder, and the documents behind it."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from layers.documents.register import DOCUMENTS
from tests.documents import restore

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def data() -> Path:
    return ROOT / "data"


@pytest.fixture(scope="session")
def lines(data: Path) -> Mapping[str, list[str]]:
    """Lines of each registered document, line 1 at index 0; those that no test reads are empty."""
    return {name: restore(name) for name in DOCUMENTS.read(data)["id"]}


@pytest.fixture(scope="session")
def originals(data: Path, shared: Path) -> Mapping[str, Path]:
    """The whole documents, recognised by their digests, on the machines that hold them."""
    files = {
        sha256(path.read_bytes()).hexdigest(): path for path in (shared / "seeds").glob("*.txt")
    }
    digests = DOCUMENTS.read(data).set_index("id")["sha256"]
    missing = [name for name, digest in digests.items() if digest not in files]
    if missing:
        pytest.skip(f"documents partagés absents : {', '.join(missing)}")
    return {str(name): files[digest] for name, digest in digests.items()}
