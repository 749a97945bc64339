"""First frames of views, drawn on the project's own data."""

import pytest

from app.first_frame.drawing import Draughtsman
from app.gaps.calculator import GapCalculator
from app.readers.answers import Answers


@pytest.fixture(scope="session")
def draughtsman(atlas) -> Draughtsman:
    return Draughtsman(atlas)


@pytest.fixture(scope="session")
def answers(atlas, catalogue, draughtsman) -> Answers:
    return Answers(atlas, GapCalculator(catalogue), draughtsman=draughtsman)


@pytest.fixture(scope="session")
def frame(answers):
    def draw(query=""):
        return answers.first_frame("/", query)

    return draw
