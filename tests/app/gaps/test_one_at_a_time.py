"""Dear questions: one at a time, once for all who ask the same, few that wait."""

import threading
import time

import pytest

from app.gaps.one_at_a_time import BusyError, OneAtATime


class Search:
    """Looks until it is let go; notes how many did at one time."""

    def __init__(self):
        self.go = threading.Event()
        self.begun = threading.Event()
        self.at_once = self.most = 0
        self.asked = []

    def __call__(self, question):
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.asked.append(question)
        self.begun.set()
        assert self.go.wait(20)
        self.at_once -= 1
        if question == "none":
            raise ValueError(question)
        return question.upper()


def test_the_same_question_is_looked_for_once_and_few_wait(monkeypatch):
    monkeypatch.setattr("app.gaps.one_at_a_time.MOST_WAITING", 3)
    search = Search()
    answer = OneAtATime(search, 8)
    found = []
    threads = [
        threading.Thread(target=lambda asked=asked: found.append(answer(asked)))
        for asked in ("a", "a", "b")
    ]
    for thread in threads:
        thread.start()
    assert search.begun.wait(20)
    until = time.monotonic() + 20
    while answer._turn._places._value and time.monotonic() < until:
        time.sleep(0.01)
    with pytest.raises(BusyError, match="redemandez") as refused:
        answer("a")
    assert refused.value.status == 503
    assert int(refused.value.headers["Retry-After"]) > 0
    search.go.set()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["A", "A", "B"]
    assert sorted(search.asked) == ["a", "b"]
    assert search.most == 1
    assert answer("a") == "A"


def test_what_fails_is_asked_again_and_holds_no_place():
    search = Search()
    search.go.set()
    answer = OneAtATime(search, 8)
    for _ in range(10):
        with pytest.raises(ValueError, match="none"):
            answer("none")
    assert answer("a") == "A"
