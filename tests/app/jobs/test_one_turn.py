"""A turn: one has it, few wait, the others are told when to ask again."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.jobs.one_turn import OneTurn, TurnError


def test_one_has_it_few_wait_the_others_are_refused_in_words():
    turn, go, inside = OneTurn(3, "Redemandez.", 7), threading.Event(), []

    def hold():
        with turn:
            inside.append(None)
            assert go.wait(20)
            assert len(inside) == 1
            inside.pop()

    with ThreadPoolExecutor() as pool:
        held = [pool.submit(hold) for _ in range(3)]
        while turn._places._value:
            pass
        with pytest.raises(TurnError, match="Redemandez") as refused, turn:
            pass
        go.set()
        for each in held:
            each.result()
    assert (refused.value.status, refused.value.headers) == (503, {"Retry-After": "7"})
    with turn:  # who was refused took no place
        assert turn._places._value == 2


def test_who_fails_gives_it_back():
    turn = OneTurn(1, "Redemandez.", 7)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), turn:
            raise ZeroDivisionError


def test_a_page_does_without_its_frame_where_too_many_wait_for_theirs(client, monkeypatch):
    def refuse(*_):
        raise TurnError("Redemandez.", after=5, theirs=False)

    monkeypatch.setattr(OneTurn, "__enter__", refuse)
    page = client.get("/?lieu=commune:62001&methode=jenks&classes=3")
    assert page.status_code == 200
    assert "first-frame" not in page.text.partition("<body")[2].partition("<script")[0]
    card = client.get("/choix/apercu.png?lieu=commune:62001&methode=jenks&classes=3")
    assert (card.status_code, card.headers["Retry-After"]) == (503, "5")
    assert card.headers["Cache-Control"] == "private, no-store"
    assert "Redemandez." in card.text
