"""One travel model of the département for all tests of gaps: its times are searched once."""

import pytest

from geo.travel.line import StraightLine
from layers.gaps.journeys import Journeys


@pytest.fixture(scope="session")
def journeys(catalogue):
    return Journeys(catalogue, StraightLine())
