"""A list geocoded by several processes has the answers of one, whatever becomes of the others."""

import os
import signal

import pytest

from app.imports import divided
from app.imports.divided import DividedGeocoder


@pytest.fixture
def texts(reference):
    named = [f"{n} rue de la Gare, {c.name}" for n, c in enumerate(reference.communes.values())]
    return [*named[:150], "", "nulle part", *named[:150]]


@pytest.fixture
def quick(geocoder, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    with divided.divided(geocoder) as found:
        assert isinstance(found, DividedGeocoder)
        yield found


def test_a_divided_list_has_the_answers_of_one_process_in_its_order(quick, geocoder, texts):
    told = []
    found = quick.geocode_many(texts, progress=lambda *step: told.append(step))
    assert found == geocoder.geocode_many(texts)
    assert told == [(302, 302)]
    assert not quick.alone


def test_a_helper_that_is_ended_costs_no_answer(quick, geocoder, texts):
    quick.geocode_many(texts)
    for process in quick.helpers._processes.values():
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    assert quick.geocode_many(texts) == geocoder.geocode_many(texts)
    assert quick.alone


def test_one_processor_and_what_asks_a_service_are_not_divided(geocoder, monkeypatch):
    service = object()
    with divided.divided(service) as found:
        assert found is service
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    with divided.divided(geocoder) as found:
        assert found is geocoder
