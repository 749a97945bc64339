"""The framework of the contracts: each provision has its words at its line."""

import re

import pytest

from layers.documents.framework import SECTIONS, TABLE, read_framework
from layers.model.schema import LayerError


def test_the_words_of_each_provision_stand_on_its_line(data, originals):
    whole = {name: path.read_text(encoding="utf-8").split("\n") for name, path in originals.items()}
    for row in TABLE.read(data).itertuples():
        printed = " ".join(" ".join(whole[row.document][row.line - 1 : row.line + 11]).split())
        ways = (
            printed,
            re.sub(r"(\w)- (\w)", r"\1\2", printed),
            re.sub(r"(\w)- (\w)", r"\1-\2", printed),
        )
        assert any(row.words.lower() in way.lower() for way in ways), (row.line, row.words)
        assert len(row.words.split()) < 25, row.line


def test_each_number_of_a_provision_is_printed_near_its_line(data, originals):
    whole = {name: path.read_text(encoding="utf-8").split("\n") for name, path in originals.items()}
    for row in TABLE.read(data).itertuples():
        near = "".join(whole[row.document][row.line - 1 : row.line + 30])
        near = re.sub(r"[\s.,]", "", near)
        figures = re.sub(r"\b20[12]\d\b|Ingénierie 62", "", row.text)
        for number in re.findall(r"\d[\d \u00a0\u202f]*(?:,\d+)?", figures):
            assert re.sub(r"[\s,]", "", number) in near, (row.line, number)


def test_every_part_says_something(data):
    told = read_framework(data)
    assert list(told) == list(SECTIONS)
    assert all(told.values())
    topics = [one.topic for one in told["convention"]]
    assert {"Prorata", "Prolongation", "Abandon"} < set(topics)


def test_no_two_provisions_say_the_same(data):
    rows = TABLE.read(data)
    assert not rows.duplicated(["section", "topic"]).any()
    assert not rows.duplicated(["document", "line"]).any()


def test_an_unknown_part_is_refused(tmp_path):
    text = "section,topic,text,document,line,words\nelse,Sujet,Règle,cd62-2022-317,1,mots\n"
    (tmp_path / TABLE.file).write_text(text, encoding="utf-8")
    with pytest.raises(LayerError, match="ligne 2, colonne « section »"):
        read_framework(tmp_path)
