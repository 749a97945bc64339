import pytest

from layers.documents.quotations import MOST_WORDS, QUOTATIONS, quote, read_quotations
from layers.model.schema import LayerError


def test_every_quotation_stands_on_its_line(data, lines):
    quotations = read_quotations(data)
    assert quotations
    for (document, line), words in quotations.items():
        assert quote(lines[document][line - 1]) == words


def test_a_quotation_is_short_and_tidy():
    assert quote("  TOTAL   1 234\u00a0567,00 € ") == "TOTAL 1 234 567,00 €"
    words = quote("mot " * 30)
    assert words == "mot " * MOST_WORDS + "[…]"


def test_a_quotation_that_is_too_long_is_refused(tmp_path):
    long = " ".join(["mot"] * (MOST_WORDS + 1))
    table = f"document,line,quotation\ncd62-2023-534,1,{long}\n"
    (tmp_path / QUOTATIONS.file).write_text(table, encoding="utf-8")
    with pytest.raises(LayerError, match="ligne 2, citation trop longue"):
        read_quotations(tmp_path)
