"""What a text may cost: counted in calls, since seconds are those of the machine."""

import random
import sys
from collections import Counter

import pytest

RANDOM = random.Random(62)  # noqa: S311 - the same texts each time
MOST_CALLS = 500_000
"""Of functions, for one text: a quarter of a second on a slow machine."""


def word(size):
    return "".join(RANDOM.choice("abcdefghij") for _ in range(size))


def hostile(reference):
    names = [commune.name for commune in reference.communes.values()]
    near = [name[:2] + "x" + name[3:] for name in names]
    shared = Counter(code for c in reference.communes.values() for code in c.postcodes)
    codes = [code for code, _ in shared.most_common()]
    return {
        "one name again and again": "lens " * 2_000,
        "one name at each comma": "Lens, " * 1_600,
        "words that cut many names short": "sain sa sai " * 800,
        "streets in streets": "rue de lens " * 800,
        "levels": "canton de lens " * 600,
        "all names": ", ".join(names),
        "names with one wrong letter": " ".join(near),
        "all postcodes": " ".join(codes),
        "postcodes elsewhere": "59100 " * 800 + "lens " * 800,
        "many postcodes and no name": " ".join(codes[:19] + [word(4) for _ in range(150)]),
        "letters": "a b " * 2_500,
        "one sign that stands for eighteen": "ﷺ" * 10_000,
        "accents upon accents": "e" + "\u0301\u0302" * 5_000,
        "one word": "a" * 10_000,
        "signs": "-/,;." * 2_000,
        "noise": " ".join(word(3 + n % 9) for n in range(1_200)),
    }


def count_calls(work):
    """Return how many calls a function makes, in Python and in C.

    What some builds of a library tell of their own calls in Cython is not counted.
    """
    calls = 0

    def count(frame, event, _arg):
        nonlocal calls
        within = frame.f_code.co_filename.endswith((".pyx", ".pxd"))
        calls += event in {"call", "c_call"} and not within

    before = sys.getprofile()  # that of whoever measures the tests
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def test_no_text_costs_more_than_so_much(geocoder, reference):
    geocoder.geocode("Lensse")  # what is made once
    texts = hostile(reference)
    counts = {
        kind: count_calls(lambda text=text: geocoder.geocode(text)) for kind, text in texts.items()
    }
    assert {kind: calls for kind, calls in counts.items() if calls > MOST_CALLS} == {}


@pytest.mark.parametrize("kind", ["one name again and again", "one name at each comma"])
def test_a_text_that_is_not_read_whole_is_told(geocoder, reference, kind):
    place = geocoder.geocode(hostile(reference)[kind])
    assert place.commune == "Lens"
    assert "seuls son début et sa fin" in place.remark


def test_a_text_of_honest_length_is_read_whole(geocoder):
    title = "Réhabilitation de la salle des fêtes et de ses abords, phase 2 " * 10 + "à Béthune"
    place = geocoder.geocode(title)
    assert place.commune == "Béthune"
    assert "début" not in place.remark
