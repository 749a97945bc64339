"""The cells of a plan: how lines are cut, which side they lean to, what the totals settle."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.deliberation.fiche.cells import Cell, Side, cut_cells, lean, read_header
from layers.deliberation.fiche.sides import part_columns
from layers.deliberation.text.source import Line, split_lines
from layers.french.money import Amount

HEAD = "DEPENSES RECETTES\nNature de la dépense Montant HT Nature de la recette Montant HT\n"
TOTALS = "TOTAL 120 000,00 € TOTAL 120 000,00 €"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("DEPENSES", {"depenses"}),
        ("Recettes", {"recettes"}),
        ("Nature de la dépense", {"nature", "de", "la", "depense"}),
        ("Montants HT en euros", {"montants", "ht", "en", "euros"}),
        ("Montant", {"montant"}),
        ("Nature de la", set()),
        ("Dépenses de plantation", set()),
        ("", set()),
    ],
)
def test_a_header_says_a_side_or_an_amount_and_nothing_else(text, words):
    assert read_header(text) == words


@pytest.mark.parametrize(
    ("text", "labels", "tail"),
    [
        ("Travaux 100,00 € | Région 50,00 €", ["Travaux", "Région"], ""),
        ("TOTAL 100,00 € 50,00 €", ["TOTAL", "TOTAL"], ""),
        ("Travaux 100,00 € 50,00 €", ["Travaux", ""], ""),
        ("TOTAL 100,00 € Région 50,00 €", ["TOTAL", "Région"], ""),
        ("Travaux 100,00 € 83,33 % Région 50,00 € ; dont", ["Travaux", "Région"], "dont"),
    ],
)
def test_a_line_is_cut_at_its_amounts(text, labels, tail):
    found, after = cut_cells(Line(1, text), twice=False)
    assert ([cell.label for cell in found], after) == (labels, tail)


def test_an_amount_printed_again_after_tax_is_left_out():
    found, _ = cut_cells(Line(1, "Travaux 100,00 € 120,00 €"), twice=True)
    assert [(cell.label, cell.amount.value) for cell in found] == [("Travaux", 100)]


def test_words_and_the_empty_cell_beside_make_a_cell_lean():
    (line,) = split_lines("x")
    wide, before, narrow = replace(line, indent=2), replace(line, trail=2), replace(line, indent=1)
    for label in ("Travaux", "Fonds propres", "Département / FIT"):
        assert lean(label, wide) > lean(label, narrow) == lean(label, line) > lean(label, before)
    assert lean("Travaux", line) < 0 < lean("Département / FIT", line)
    assert lean("Travaux", wide) > 0 > lean("Travaux", before)


def cells(*rows):
    """Return cells of which only the leaning is known: label, euros, leaning."""
    return [
        Cell(label, Amount(Decimal(euros), f"{euros} €", 0, 1), Line(number, label), None, leaning)
        for number, (label, euros, leaning) in enumerate(rows, start=1)
    ]


def labels(columns):
    return [[cell.label for cell in column] for column in (columns.expenses, columns.receipts)]


LEANING = [("Travaux", 120, -0.5), ("Subvention", 50, -0.2), ("Solde", 70, 0.1)]


@given(st.permutations(LEANING))
def test_cells_change_side_where_both_totals_want_it_the_least_certain_first(order):
    columns = part_columns(cells(*order, ("Total", 120, 0), ("Total des recettes", 120, 0)))
    expenses, receipts = labels(columns)
    assert (expenses, sorted(receipts)) == (["Travaux"], ["Solde", "Subvention"])
    assert {side.value: cell.label for side, cell in columns.totals.items()} == {
        "dépense": "Total", "recette": "Total des recettes",
    }  # fmt: skip


def test_cells_stay_where_they_lean_when_no_change_gives_the_totals():
    rows = cells(*LEANING, ("Total", 999, 0), ("Total", 1, 0))
    assert labels(part_columns(rows)) == [["Travaux", "Subvention"], ["Solde"]]
    assert labels(part_columns(cells(*LEANING))) == [["Travaux", "Subvention"], ["Solde"]]


def test_of_two_equal_amounts_the_least_certain_changes_side():
    rows = cells(("Sûr", 50, -0.9), ("Douteux", 50, -0.1), ("Total", 50, 0), ("Total", 50, 0))
    assert labels(part_columns(rows)) == [["Sûr"], ["Douteux"]]


def test_a_cell_of_a_group_goes_with_those_whose_side_is_known():
    rows = cells(("Région", 50, 0.0), ("Etat", 20, 0.0), ("Travaux", 70, -1.0))
    rows[0].side, rows[0].group, rows[1].group = Side.RECEIPT, "Aides", "Aides"
    assert labels(part_columns(rows)) == [["Travaux"], ["Région", "Etat"]]


def test_a_subtotal_and_a_total_are_no_lines_of_their_column():
    rows = cells(("Travaux", 70, -1), ("Sous-total", 70, -1), ("Etudes", 5, -1), ("TOTAL", 75, 0))
    assert labels(part_columns(rows)) == [["Travaux", "Etudes"], []]


def test_a_cell_of_a_group_of_expenses_is_one_whatever_its_own_words():
    rows = cells(("Travaux", 50, 0.0), ("Région", 20, 0.5), ("Etat", 70, 3.0))
    rows[0].side, rows[0].group, rows[1].group = Side.EXPENSE, "Lot 1", "Lot 1"
    assert labels(part_columns(rows)) == [["Travaux", "Région"], ["Etat"]]


def test_details_that_do_not_add_up_go_with_the_line_before_once_others_do(plan):
    rows = ["Etudes 20 000,00 €", "- Sol 5 000,00 €", "- Air 6 000,00 €", "Travaux 100 000,00 €",
            "- Lot A 60 000,00 €", "- Lot B 40 000,00 €"]  # fmt: skip
    found, _ = plan(f"{HEAD}\n" + "\n".join(rows) + "\nTOTAL 120 000,00 €")
    assert [(line.libelle, line.parent) for line in found.expenses] == [
        ("Etudes", None), ("Sol", "Etudes"), ("Air", "Etudes"),
        ("Travaux", None), ("Lot A", "Travaux"), ("Lot B", "Travaux"),
    ]  # fmt: skip


def test_what_follows_the_totals_is_not_read_and_a_second_table_is_said(plan):
    first = f"Travaux 120 000,00 € Département / FIT 120 000,00 €\n{TOTALS}"
    found, under_way = plan(f"{HEAD}{first}\nAutre chose 5 000,00 €\n{HEAD}Autre 1 000,00 €")
    assert [line.libelle for line in found.expenses] == ["Travaux"]
    assert [line.libelle for line in found.receipts] == ["Département / FIT"]
    assert len(found.cells) == 4
    assert {name: trace.ligne for name, trace in found.totals.sources.items()} == {
        "depenses": 4, "recettes": 4,
    }  # fmt: skip
    (said,) = [r for r in under_way.remarks if r.regle == "tableau-supplémentaire"]
    assert said.lignes == [8]
    assert said.message == "Fiche : un second tableau, ligne 8, n’est pas repris."


def test_what_is_doubted_is_said_with_its_rule_and_line(plan):
    rows = "Travaux XXX € Région 500 0001 €\n5 000,00 €"
    _, under_way = plan(f"{HEAD}{rows}\nTOTAL 5 000,00 €")
    told = {remark.regle: remark for remark in under_way.remarks}
    assert told["montant-illisible"].lignes == [3]
    assert told["montant-illisible"].niveau == "erreur"
    assert told["appel-de-note"].message.startswith("Fiche, ligne 3 : « 1 » collé")
    assert (
        told["libellé-absent"].message
        == "Fiche, ligne 4 : le montant « 5 000,00 € » n’a pas de libellé."
    )
