"""The framework of the contracts: each provision has its words at its line."""

import re

import pytest

from layers.documents import particulars
from layers.documents.framework import SECTIONS, TABLE, read_framework
from layers.model.schema import LayerError

TABLES = pytest.mark.parametrize("table", [TABLE, particulars.TABLE], ids=lambda table: table.file)
REACH = 12
"""Lines over which a document of two columns spreads the words of one quotation."""


def quoted(table, data):
    """Give the document, line and words of each quotation of a table."""
    for row in table.read(data).to_dict("records"):
        yield row["document"], row["line"], row["words"]
        if isinstance(row.get("other_document"), str):
            yield row["other_document"], int(row["other_line"]), row["other_words"]


@TABLES
def test_the_words_of_each_provision_stand_on_its_line(data, lines, table):
    for document, line, words in quoted(table, data):
        printed = " ".join(" ".join(lines[document][line - 1 : line - 1 + REACH]).split())
        ways = (
            printed,
            re.sub(r"(\w)- (\w)", r"\1\2", printed),
            re.sub(r"(\w)- (\w)", r"\1-\2", printed),
        )
        assert any(words.lower() in way.lower() for way in ways), (document, line, words)
        first = words.lower().split()[0][:4]
        assert first in lines[document][line - 1].lower(), (document, line, words)
        assert len(words.split()) < 25, line


@TABLES
def test_each_number_of_a_provision_is_printed_near_its_line(data, originals, table):
    whole = {name: path.read_text(encoding="utf-8").split("\n") for name, path in originals.items()}
    for row in table.read(data).to_dict("records"):
        near = "".join(whole[row["document"]][row["line"] - 1 : row["line"] + 30])
        if isinstance(row.get("other_document"), str):
            other = int(row["other_line"])
            near += "".join(whole[row["other_document"]][other - 1 : other + 30])
        near = re.sub(r"[\s.,]", "", near)
        figures = re.sub(r"\b20[12]\d\b|Ingénierie 62|le 12 décembre", "", row["text"])
        for number in re.findall(r"\d[\d \u00a0\u202f]*(?:,\d+)?", figures):
            assert re.sub(r"[\s,]", "", number) in near, (row["line"], number)


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


def test_what_is_told_is_of_a_contract_or_an_operation(data, catalogue):
    known = {*catalogue.load("contrats")["id"], *catalogue.load("operations")["id"]}
    assert set(particulars.TABLE.read(data)["subject"]) == known


def test_signatories_are_functions(data):
    for contract in ("ct-grand-calais", "ct-fauquembergues"):
        told = particulars.read_particulars(data, contract)["Signataires"]
        assert told[0].text == "Le président du Conseil départemental."
    assert particulars.read_particulars(data, "ct-nowhere") == {}


def test_an_unknown_part_is_refused(tmp_path):
    text = "section,topic,text,document,line,words\nelse,Sujet,Règle,cd62-2022-317,1,mots\n"
    (tmp_path / TABLE.file).write_text(text, encoding="utf-8")
    with pytest.raises(LayerError, match="ligne 2, colonne « section »"):
        read_framework(tmp_path)
