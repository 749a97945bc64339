"""What is kept is bounded by its bytes, and made once."""

import pytest

from app.web.kept import Kept
from app.web.static_files import StaticFile


def test_the_last_answers_are_kept_as_far_as_the_bytes_go():
    kept, made = Kept(100_000), []

    def ask(key, size=20_000):
        def make():
            made.append(key)
            return StaticFile("x", b"0" * size)

        return kept.get(key, make)

    assert ask("a") is ask("a")
    for key in "bc":
        ask(key)
    ask("a")
    ask("d")  # b is the oldest now
    assert made == ["a", "b", "c", "d"]
    ask("a")
    assert made[-1] == "d"
    ask("b")
    assert made[-1] == "b"
    ask("whole", 500_000)
    assert kept.bytes <= 100_000
    for number in range(1000):
        ask(number)
    assert 0 < kept.bytes <= 100_000


def test_what_fails_is_not_kept():
    kept = Kept(1000)
    with pytest.raises(KeyError):
        kept.get("a", lambda: {}["x"])
    assert kept.get("a", lambda: StaticFile("x", b"")).body == b""
