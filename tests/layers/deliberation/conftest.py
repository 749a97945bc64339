"""What the tests of the reader share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from layers.deliberation.model import Draft
from layers.deliberation.reader import read_document
from layers.deliberation.reading import Reading
from layers.deliberation.source import Document, split_lines


def document_of(text: str) -> Document:
    return Document("essai.txt", "0" * 64, split_lines(text))


@pytest.fixture(scope="session")
def read() -> Callable[[str], Draft]:
    return lambda text: read_document(document_of(text))


@pytest.fixture(scope="session")
def reading() -> Callable[[str], Reading]:
    return lambda text: Reading.of(document_of(text))


@pytest.fixture(scope="session")
def seeds(shared) -> dict[str, Path]:
    """The documents, by the digits that begin their names."""
    return {path.name[:3]: path for path in sorted((shared / "seeds").glob("*.txt"))}


@pytest.fixture(scope="session")
def vote_of_2023(seeds) -> Path:
    return seeds["000"]
