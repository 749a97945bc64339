"""Bounds are read as a person writes them, and refused in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drawing.bounds_text import write_bounds
from app.view.class_choice import (
    LONGEST_BOUNDS,
    MOST_CLASSES,
    ClassChoiceError,
    format_bounds,
    parse_bounds,
)

BOUNDS = st.lists(
    st.integers(-(10**12), 10**12).map(lambda n: n / 1000),
    min_size=2,
    max_size=MOST_CLASSES + 1,
    unique=True,
).map(sorted)


@given(BOUNDS)
def test_bounds_written_for_an_address_or_for_a_person_are_read_back(bounds):
    assert parse_bounds(format_bounds(tuple(bounds))) == tuple(bounds)
    assert parse_bounds(write_bounds(bounds)) == tuple(bounds)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("0 ; 10 ; 20,5", (0, 10, 20.5)),
        ("0 10 20,5", (0, 10, 20.5)),
        ("0, 10, 20", (0, 10, 20)),
        ("0,10,20", (0, 10, 20)),
        ("1 000 ; 2\u202f000 €", (1000, 2000)),
        ("20\n10\t5", (5, 10, 20)),
        ("[0,5 ; 10[\n[10 ; 20]", (0.5, 10, 20)),
        ("−5;5", (-5, 5)),
    ],
)
def test_bounds_are_read_as_people_write_them(text, bounds):
    assert parse_bounds(text) == bounds


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "0 valeur "),
        ("5 ; 5", "1 valeur différente trouvée"),
        (";".join(map(str, range(9))), "9 valeurs"),
        ("1;<script>", "<script>"),
        ("1;=2+3", "=2+3"),
        ("1;nan", "nan"),
        ("1;٥", "٥"),
        ("1;9999999999999", "trop grande"),
        ("1;" * LONGEST_BOUNDS, "trop longues"),
    ],
)
def test_what_cannot_be_a_bound_is_refused_in_a_sentence(text, word):
    with pytest.raises(ClassChoiceError, match=r"^Borne.*\.$") as refused:
        parse_bounds(text)
    assert word in str(refused.value)


@given(st.text(max_size=2 * LONGEST_BOUNDS))
def test_any_text_gives_bounds_or_a_sentence(text):
    bounds, sentence = (0.0, 1.0), "."
    try:
        bounds = parse_bounds(text)
    except ClassChoiceError as error:
        sentence = str(error)
    assert list(bounds) == sorted(set(bounds))
    assert sentence.isprintable()
    assert len(sentence) < 200
