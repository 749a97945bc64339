"""What the tests of the reader share."""

from collections.abc import Callable

import pytest

from layers.deliberation.draft.model import Draft
from layers.deliberation.fiche.plan import read_plan
from layers.deliberation.reader import read_document
from layers.deliberation.text.reading import Reading
from layers.deliberation.text.source import Document, split_lines


def document_of(text: str) -> Document:
    return Document("essai.txt", "0" * 64, split_lines(text))


@pytest.fixture(scope="session")
def read() -> Callable[[str], Draft]:
    return lambda text: read_document(document_of(text))


@pytest.fixture(scope="session")
def reading() -> Callable[[str], Reading]:
    return lambda text: Reading.of(document_of(text))


@pytest.fixture(scope="session")
def vote_of_2023(lines) -> str:
    """The lines of the vote of 4 December 2023 that say what is read, at their places."""
    return "\n".join(lines["cd62-2023-534"])


@pytest.fixture
def plan(reading):
    def read(text):
        under_way = reading(text)
        return read_plan(under_way, under_way.lines, "Commune de Fiction", "Fiche"), under_way

    return read
