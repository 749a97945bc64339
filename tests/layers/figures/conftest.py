"""The printed figures, and the lines of the documents that print them."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from shutil import copy, copytree

import pytest

from layers.documents import DOCUMENTS
from layers.figures import Figures, load_figures


@pytest.fixture(scope="session")
def figures(data: Path) -> Figures:
    return load_figures(data)


@pytest.fixture(scope="session")
def lines(data: Path, shared: Path) -> Mapping[str, list[str]]:
    """Lines of each registered document, recognised by its digest; line 1 at index 0."""
    texts = {
        sha256(raw).hexdigest(): raw.decode()
        for raw in (path.read_bytes() for path in (shared / "seeds").glob("*.txt"))
    }
    register = DOCUMENTS.read(data)
    found = {row["id"]: texts.get(row["sha256"]) for _, row in register.iterrows()}
    missing = [name for name, text in found.items() if text is None]
    if missing:
        pytest.skip(f"documents partagés absents : {', '.join(missing)}")
    return {name: text.split("\n") for name, text in found.items() if text is not None}


@pytest.fixture
def damaged(data: Path, tmp_path: Path) -> Path:
    """A copy of the figures and of what they are confronted with, to be spoiled."""
    for part in ("figures", "colleges"):
        copytree(data / part, tmp_path / part)
    copy(data / "documents.csv", tmp_path)
    return tmp_path
