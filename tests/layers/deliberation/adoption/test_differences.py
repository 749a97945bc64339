"""Differences between two records of a deliberation: each is seen in its line."""

from layers.deliberation.adoption.differences import differ

LONG = "Consolider une stratégie touristique reposant à la fois sur les aménités paysagères, "


def told(adopted, new):
    return [line.replace("\u00a0", " ") for line in differ(adopted, new)]


def test_a_long_text_is_shown_from_where_it_parts():
    (line,) = told({"axe": f"{LONG}le patrimoine et la mer"}, {"axe": f"{LONG}le patrimoine"})
    assert line == (
        "axe : adopté « …gères, le patrimoine et la mer », nouveau « …gères, le patrimoine »"
    )


def test_long_texts_that_part_early_are_cut_at_their_end():
    (line,) = told({"axe": f"Un {LONG}"}, {"axe": f"Le {LONG}"})
    assert line.startswith("axe : adopté « Un Consolider")
    assert "…" in line
    assert "« Le Consolider" in line


def test_lists_of_other_lengths_are_counted_and_nothing_is_said_as_such():
    assert told({"axes": ["a"], "fit": None}, {"axes": ["a", "b"], "fit": "1"}) == [
        "axes : adopté « 1 élément », nouveau « 2 éléments »",
        "fit : adopté « rien », nouveau « 1 »",
    ]


def test_what_is_said_of_a_value_may_change():
    assert told({"fit": "1", "remarques": ["a"]}, {"fit": "1", "remarques": []}) == []
