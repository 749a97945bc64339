"""A draft is a file that anybody may have written: what could hurt is refused in words."""

import pytest

from layers.deliberation.draft.files import DraftError, parse_draft


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x [1, 2]\nb: *x\n", "renvois"),
        ("[" * 100_000, "l’un dans l’autre"),
        ("- " * 50_000 + "x", "l’un dans l’autre"),
        ("a: b: c", "pas du YAML lisible"),
        ("- a\n- b\n", "un brouillon de délibération est attendu"),
    ],
    ids=["alias", "brackets", "dashes", "damaged", "list"],
)
def test_what_is_no_draft_is_refused_in_words(text, said):
    with pytest.raises(DraftError, match=said) as refusal:
        parse_draft(text, "vote.yaml")
    assert str(refusal.value).startswith("vote.yaml : ")


def test_a_day_without_quotes_is_the_text_that_it_is():
    with pytest.raises(DraftError, match="trouvé « 2025-03-24 »"):
        parse_draft("inconnu: 2025-03-24\n", "vote.yaml")
