import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.perimeter import (
    CODE_FORMS,
    LONGEST_TEXT,
    Level,
    Perimeter,
    UnknownPlaceError,
    shorten,
)

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz-"
perimeters = st.sampled_from(Level).flatmap(
    lambda level: st.builds(
        Perimeter,
        st.just(level),
        st.from_regex(CODE_FORMS[level][0], fullmatch=True, alphabet=ALPHABET),
    )
)


@given(perimeters)
def test_written_form_reads_back_as_the_same_perimeter(perimeter):
    assert Perimeter.parse(str(perimeter)) == perimeter


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("epci:200090751", Level.EPCI, "200090751"),
        ("commune:62193", Level.COMMUNE, "62193"),
        ("territoire:lens-henin", Level.TERRITORY, "lens-henin"),
        ("mds:montreuillois", Level.MDS, "montreuillois"),
        ("canton:6201", Level.CANTON, "6201"),
        (" departement:62\n", Level.DEPARTEMENT, "62"),
    ],
)
def test_each_level_has_its_written_form(text, level, code):
    assert Perimeter.parse(text) == Perimeter(level, code)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "on attend un niveau"),
        ("epci", "on attend un niveau"),
        ("region:32", "departement, territoire, mds, epci, canton, commune"),
        ("epci:20009075", "un numéro SIREN à neuf chiffres"),
        ("epci:٢٠٠٠٩٠٧٥١", "un numéro SIREN"),
        ("commune:59350", "un code Insee à cinq chiffres"),
        ("departement:59", "le code « 62 »"),
        ("territoire:../../etc", "un nom court"),
    ],
)
def test_unreadable_text_says_what_was_expected(text, expected):
    with pytest.raises(UnknownPlaceError, match="illisible") as caught:
        Perimeter.parse(text)
    assert expected in str(caught.value)


@given(st.text())
def test_any_text_is_refused_in_one_printable_line(text):
    assume(":" not in text)
    with pytest.raises(UnknownPlaceError) as caught:
        Perimeter.parse(text)
    assert str(caught.value).isprintable()


@given(st.text(max_size=500))
def test_message_quotes_at_most_sixty_characters(text):
    assert len(shorten(text)) <= LONGEST_TEXT
    assert shorten(text).isprintable()
