"""Texts from elsewhere are set as French prints them."""

import pytest

from app.parts.typography import typeset


@pytest.mark.parametrize(
    ("given", "set_"),
    [
        ("l'Artois", "l’Artois"),
        ("un mot ; un autre", "un mot\u202f; un autre"),
        ("ici : là", "ici\u00a0: là"),
        ("« mot »", "«\u00a0mot\u00a0»"),
        ("<b onclick='x'>", "<b onclick='x'>"),
    ],
)
def test_spaces_and_apostrophes(given, set_):
    assert typeset(given) == set_


def test_setting_twice_changes_nothing():
    once = typeset("L'un : « deux » ; trois ?")
    assert typeset(once) == once
