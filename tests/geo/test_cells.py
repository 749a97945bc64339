import re
import unicodedata

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from geo.cells import bare_text, guard_formula

SIGNS = "=+-@\t\r\n＝＋－＠"
DROPPED = [" ", "\u00a0", "\u202f", "\u3000", "\ufeff", "\u200b", "\x00", "\x1f", "\t", "\n"]
LOOKS_HARMLESS = st.text(st.sampled_from(DROPPED), max_size=3)


def begins_dangerously(text: str) -> bool:
    """Say it apart from the code: what is left after blanks, controls and invisible signs."""
    seen = "".join(
        c for c in text if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf"}
    )
    return seen.startswith(tuple("=+-@＝＋－＠﹦﹢﹣﹫")) or text.lstrip(" ")[:1] in {
        "\t",
        "\r",
        "\n",
    }


MAY_RUN = (
    "=1+1", "+33 3 21 00", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n", "  =1", "＝1+1",
    "\ufeff=1", "\u00a0@A1", "\x00=1", " ＠A1", "﹣1+A1", "-", "-12 €", "-1\n", "--1",
)  # fmt: skip


@pytest.mark.parametrize("text", MAY_RUN)
def test_what_a_spreadsheet_may_run_is_guarded(text):
    assert guard_formula(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-12", "+12,5", "-0.5", "Lens", "", "a=b", "1-2", "L’Œuf", "'", "− 3", "« =1 »", " "]
)
def test_numbers_and_plain_words_are_left_alone(text):
    assert guard_formula(text) == text


@given(LOOKS_HARMLESS, st.sampled_from(SIGNS), st.text())
@example("", "-", "1")
def test_nothing_leaves_that_begins_like_a_formula(dropped, sign, rest):
    guarded = guard_formula(f"{dropped}{sign}{rest}")
    assert not begins_dangerously(guarded) or re.fullmatch(r"[+-][0-9]+([.,][0-9]+)?", guarded)


@given(st.text() | st.builds("{}{}".format, st.sampled_from(["", "'", *SIGNS]), st.text()))
def test_guarding_twice_is_guarding_once_and_what_it_adds_comes_off(text):
    guarded = guard_formula(text)
    assert guarded in {text, f"'{text}"}
    assert guard_formula(guarded) == guarded
    assert bare_text(guarded) in {text, text.removeprefix("'")}
    if not text.startswith("'"):
        assert bare_text(guarded) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_a_number_stays_a_number(number):
    assert guard_formula(f"{number:f}".replace(".", ",")) == f"{number:f}".replace(".", ",")


def test_an_apostrophe_of_a_word_stays():
    assert bare_text("'s Gravenhage") == "'s Gravenhage"
