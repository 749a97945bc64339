"""What the framework of the contrats de ville says, held against the words of its lines."""

import re

import pytest

from layers.facts.town_framework import TOWN_FRAMEWORK, read_framework

ACT = "cd62-2024-90"


@pytest.fixture(scope="module")
def facts(data):
    return read_framework(data, ACT)


def test_every_number_stands_on_the_lines_that_follow(facts, lines):
    for fact in facts:
        printed = " ".join(lines[ACT][fact.source.line - 1 : fact.source.line + 3])
        for number in re.findall(r"\d+(?:,\d+)?", fact.text):
            assert re.search(rf"(?<!\d){number}(?!\d)", printed), (fact.text, number)


def test_every_axis_is_in_the_words_of_the_text(facts, lines):
    text = " ".join(" ".join(lines[ACT][447:452]).split()).lower()
    axes = [fact.text for fact in facts if fact.topic == "axe"]
    assert len(axes) == 3
    for axis in axes:
        assert axis.lower().removesuffix("des territoires").strip() in text


def test_every_fact_quotes_its_line(facts):
    assert all(fact.source.text for fact in facts)
    assert {fact.topic for fact in facts} == {"vote", "perimetre", "axe", "montant"}


def test_nothing_is_known_of_another_deliberation(data):
    assert read_framework(data, "cd62-2023-534") == ()
    assert set(TOWN_FRAMEWORK.read(data)["document"]) == {ACT}
