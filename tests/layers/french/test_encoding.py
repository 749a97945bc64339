"""Bytes become the French text that they were, whatever wrote them, and what was mended is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.french.encoding import NotTextError, decode, decode_cells, is_worn, mend_twice

TEXT = (
    "Nom;Commune;Montant\nCercle du Cœur;Nœux-les-Mines;12,50 €\n"
    "École de Béthune à l’été;Hénin-Beaumont;« oui »\n"
)


def encoded_again(text, times=1):
    for _ in range(times):
        text = "".join(
            bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode("utf-8")
        )
    return text


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
        ("mac_roman", "Mac OS Roman"),
    ],
)
def test_a_french_text_is_read_in_any_usual_encoding(encoding, name):
    decoded = decode(TEXT.encode(encoding))
    assert (decoded.text, decoded.encoding) == (TEXT, name)
    assert (decoded.mixed, decoded.twice, decoded.worn) == ((), (), ())


def test_unix_and_dos_are_told_from_windows():
    unix = TEXT.replace("’", "'")
    assert decode(unix.encode("iso8859_15")).text == unix
    dos = unix.replace("œ", "oe").replace("€", "F")
    assert decode(dos.encode("cp850")).text == dos


@pytest.mark.parametrize(
    "text",
    ["½ journée à Lens\n", "1½ heure, été\n", "Prix : 12 €, tarif réduit\n", "N° 3, 25 m²\n"],
)
def test_halves_and_amounts_stay_what_windows_wrote(text):
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("text", ["BŒUF;ŒUVRES\n", "SŒURS À LENS\n", "Œuvre;Marœuil\n", "30 €\n"])
def test_ligatures_of_unix_are_found_in_capitals_too(text):
    assert decode(text.encode("iso8859_15")).text == text


def test_lines_in_another_encoding_are_read_apart_and_told():
    lines = TEXT.encode().split(b"\n")
    lines[1] = TEXT.split("\n")[1].encode("cp1252")
    decoded = decode(b"\n".join([*lines, *lines]))
    assert decoded.text == f"{TEXT}\n{TEXT}"
    assert decoded.mixed == (2, 6)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_was_encoded_again_is_mended_and_told(times):
    decoded = decode(encoded_again(TEXT, times).encode())
    assert decoded.text == TEXT
    assert decoded.twice == (2, 3)


@pytest.mark.parametrize(
    "text", ["CHÂTEAU", "PÂTE À PAIN", "Âge", "à l’âge", "São Paulo", "Ã", "Håvard Ærø", "À « BÂ »"]
)
def test_what_is_written_so_is_not_mended(text):
    assert mend_twice(text) == text


def test_lost_signs_are_told_and_nothing_is_made_up():
    decoded = decode("Nom\nB\ufffdthune\n".encode())
    assert (decoded.text, decoded.worn) == ("Nom\nB\ufffdthune\n", (2,))
    assert is_worn("BÃ©thune")
    assert not is_worn("Béthune")


def test_cells_of_a_table_are_read_together():
    cells, decoded = decode_cells([t.encode("cp1252") for t in ("École", "", "Nœux")], "utf-8")
    assert (cells, decoded.encoding) == (["École", "", "Nœux"], "Windows-1252")


@pytest.mark.parametrize("content", [bytes(range(256)) * 4, b"a\0b" + b"c" * 100])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(NotTextError):
        decode(content)


@given(st.binary(max_size=200))
def test_no_bytes_break_it(content):
    try:
        decoded = decode(content)
    except NotTextError:
        return
    assert isinstance(decoded.text, str)


@given(
    st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"]), max_size=60)
)
def test_utf8_is_given_back_as_it_was_unless_told(text):
    decoded = decode(text.encode())
    assert decoded.text == text or decoded.twice or "\0" in text
