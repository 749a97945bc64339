"""Pages that several tests look at, drawn once."""

import datetime as dt
from functools import cache

import pytest

from app.exports.booklet.page import draw_page
from app.exports.booklet.scene.request import PageRequest
from layers.catalogue.selection import find_perimeter


@pytest.fixture(scope="session")
def page_of(catalogue):
    @cache
    def draw(place, **words):
        perimeter, _, contract = find_perimeter(catalogue, place)
        day = dt.date(2026, 1, 15)
        request = PageRequest(perimeter, contract=contract, date=day, **words)
        return draw_page(catalogue, request)

    return draw
