"""Plans de financement as documents lay them out; every table is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.deliberation.fiche.nesting import nest

HEAD = "DEPENSES RECETTES\nNature de la dépense Montant HT Nature de la recette Montant HT\n\n"
TOTALS = "TOTAL 120 000,00 € TOTAL 120 000,00 €"
PLAIN = (
    [("Travaux", "100000.00", None), ("Etudes", "20000.00", None)],
    [("Département / FIT", "50000.00"), ("Fonds propres", "70000.00")],
)


def lines_of(found):
    return (
        [(e.libelle, str(e.montant), e.parent) for e in found.expenses],
        [(r.libelle, str(r.montant)) for r in found.receipts],
    )


LAYOUTS = {
    "side by side": f"""{HEAD}Travaux 100 000,00 € Département / FIT 50 000,00 €
Etudes 20 000,00 € Fonds propres 70 000,00 €
{TOTALS}""",
    "no euro sign": f"""{HEAD}Travaux 100 000,00 Département / FIT 50 000,00
Etudes 20 000,00 Fonds propres 70 000,00
TOTAL 120 000,00 TOTAL 120 000,00""",
    "shares beside": f"""{HEAD}Travaux 100 000,00 € 83,33 % Département / FIT 50 000,00 € 41,67 %
Etudes 20 000,00 € 16,67 % Fonds propres 70 000,00 € 58,33 %
TOTAL 120 000,00 € 100 % TOTAL 120 000,00 € 100 %""",
    "before and after tax": f"""{HEAD.replace("HT Nature", "HT Montant TTC Nature")}
Travaux 100 000,00 € 120 000,00 € Département / FIT 50 000,00 €
Etudes 20 000,00 € 24 000,00 € Fonds propres 70 000,00 €
TOTAL 120 000,00 € 144 000,00 € TOTAL 120 000,00 €""",
    "one column after the other": """DEPENSES
Nature de la dépense
Montant HT
Travaux
Etudes
TOTAL
100 000,00 €
20 000,00 €
120 000,00 €
RECETTES
Nature de la recette
Montant HT
Département / FIT
Fonds propres
TOTAL
50 000,00 €
70 000,00 €
120 000,00 €""",
    "one column above the other": f"""{HEAD}Travaux 100 000,00 €
Etudes 20 000,00 €
TOTAL 120 000,00 €
Département / FIT 50 000,00 €
Fonds propres 70 000,00 €
TOTAL 120 000,00 €""",
    "one cell a line": """DEPENSES RECETTES
Nature de la dépense
Montant HT
Nature de la recette
Montant HT
Travaux
100 000,00 €
Département / FIT
50 000,00 €
Etudes
20 000,00 €
Fonds propres
70 000,00 €
TOTAL
120 000,00 €
TOTAL
120 000,00 €""",
    "labels above amounts": f"""{HEAD}Travaux Département / FIT
100 000,00 € 50 000,00 €
Etudes Fonds propres
20 000,00 € 70 000,00 €
TOTAL TOTAL
120 000,00 € 120 000,00 €""",
    "markdown": """| DEPENSES | | RECETTES | |
|---|---|---|---|
| Nature de la dépense | Montant HT | Nature de la recette | Montant HT |
| Travaux | 100 000,00 € | Département / FIT | 50 000,00 € |
| Etudes | 20 000,00 € | | |
| | | Fonds propres | 70 000,00 € |
| **TOTAL** | **120 000,00 €** | **TOTAL** | **120 000,00 €** |""",
    "second table left out": f"""{HEAD}Travaux 100 000,00 € Département / FIT 50 000,00 €
Etudes 20 000,00 € Fonds propres 70 000,00 €
{TOTALS}
Fonctionnement :
DEPENSES RECETTES
Personnel 10 000,00 € Entrées 10 000,00 €
TOTAL 10 000,00 € TOTAL 10 000,00 €""",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_plan_in_many_layouts(plan, layout):
    found, _ = plan(LAYOUTS[layout])
    assert lines_of(found) == PLAIN
    assert str(found.totals.depenses) == str(found.totals.recettes) == "120000.00"


def test_labels_over_several_lines_find_their_amount(plan):
    found, _ = plan(f"""{HEAD}Aménagement des espaces
extérieurs 100 000,00 € Département / FIT 50 000,00 €
Direction régionale des
affaires culturelles
Etudes et 20 000,00 € (DRAC) 30 000,00 €
frais annexes
Reste à charge MO 40 000,00 €
{TOTALS}""")
    expenses, receipts = lines_of(found)
    assert [label for label, _, _ in expenses] == [
        "Aménagement des espaces extérieurs",
        "Etudes et frais annexes",
    ]
    assert [label for label, _ in receipts] == [
        "Département / FIT",
        "Direction régionale des affaires culturelles (DRAC)",
        "Reste à charge MO",
    ]


def test_lone_lines_go_where_the_totals_agree(plan):
    found, _ = plan(f"""{HEAD}Travaux 100 000,00 € Département / FIT 50 000,00 €
Etudes 20 000,00 €
Mécénat 10 000,00 €
Amis du moulin 60 000,00 €
{TOTALS}""")
    expenses, receipts = lines_of(found)
    assert len(expenses) == 2
    assert receipts[1:] == [("Mécénat", "10000.00"), ("Amis du moulin", "60000.00")]


NESTED = f"""{HEAD}Voirie 345 000,00 € Département / FIT 200 000,00 €
Travaux 316 383,60 € Etat 281 374,20 €
Maitrise d’œuvre 22 228,77 €
Autre 6 387,63 €
Effacement 124 774,20 €
Travaux 118 875,00 €
Maitrise d’œuvre 5 899,20 €
Défense 11 600,00 €
TOTAL 481 374,20 € TOTAL 481 374,20 €"""


@pytest.mark.parametrize("text", [NESTED, NESTED.replace("316 383,60", "916 383,60")])
def test_details_have_the_line_that_they_detail(plan, text):
    expenses, _ = lines_of(plan(text)[0])
    parents = [parent for _, _, parent in expenses]
    assert parents == [None, "Voirie", "Voirie", "Voirie", None, "Effacement", "Effacement", None]


SUPPOSED = f"""{HEAD}Voirie 30 000,00 € Département / FIT 20 000,00 €
Eclairage 10 000,00 € Fonds propres 10 000,00 €
Plantations 20 000,00 €
TOTAL 30 000,00 € TOTAL 30 000,00 €"""


def test_details_that_only_their_amounts_tell_are_to_be_looked_at(plan):
    found, under_way = plan(SUPPOSED)
    (remark,) = under_way.remarks
    assert (remark.niveau, remark.regle) == ("avertissement", "détail-supposé")
    assert remark.lignes == [4, 5, 6]
    assert "« Voirie » (30 000,00 €)" in remark.message.replace("\u202f", " ").replace("\xa0", " ")
    assert "« Eclairage » et « Plantations »" in remark.message
    assert confidences(found) == [{0.85}, {0.98}]
    _, twice = plan(NESTED)
    assert [remark.lignes for remark in twice.remarks] == [[4, 5, 6, 7], [8, 9, 10]]


@pytest.mark.parametrize("mark", ["- ", "dont "])
def test_details_that_are_printed_as_such_are_not_doubted(plan, mark):
    marked = SUPPOSED.replace("Eclairage", f"{mark}Eclairage").replace(
        "Plantations", f"{mark}Plantations"
    )
    found, under_way = plan(marked)
    assert [line.parent for line in found.expenses] == [None, "Voirie", "Voirie"]
    assert under_way.remarks == []
    assert confidences(found) == [{0.98}, {0.98}]


def test_titles_without_amount_and_marks_of_detail(plan):
    found, _ = plan(f"""{HEAD}Travaux :
- Gros œuvre 60 000,00 € Département / FIT 50 000,00 €
- Second œuvre 40 000,00 €
Etudes 20 000,00 € Fonds propres 70 000,00 €
dont diagnostic 5 000,00 €
dont relevés 15 000,00 €
{TOTALS}""")
    expenses, receipts = lines_of(found)
    assert [(label, parent) for label, _, parent in expenses] == [
        ("Gros œuvre", "Travaux"),
        ("Second œuvre", "Travaux"),
        ("Etudes", None),
        ("dont diagnostic", "Etudes"),
        ("dont relevés", "Etudes"),
    ]
    assert len(receipts) == 2


def test_the_number_of_a_lot_is_given_back_when_the_total_asks_for_it(plan):
    found, _ = plan(f"""{HEAD}Lot 1 100 000 € Département / FIT 50 000 €
Lot 2 20 000 € Fonds propres 70 000 €
TOTAL 120 000 € TOTAL 120 000 €""")
    assert lines_of(found)[0] == [("Lot 1", "100000.00", None), ("Lot 2", "20000.00", None)]


def test_an_unreadable_amount_is_an_error_with_its_line_never_a_zero(plan):
    found, under_way = plan(LAYOUTS["side by side"].replace("100 000,00", "1OO 000,00"))
    assert found.expenses[0].montant is None
    (remark,) = under_way.remarks
    assert (remark.niveau, remark.regle, remark.lignes) == ("erreur", "montant-illisible", [4])
    assert "« 1OO 000,00 € »" in remark.message


def test_a_glued_footnote_is_told(plan):
    found, under_way = plan(
        LAYOUTS["side by side"].replace("Etudes 20 000,00", "Etudes 20 000,001")
    )
    assert lines_of(found) == PLAIN
    assert [remark.regle for remark in under_way.remarks] == ["appel-de-note"]


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=12))
def test_lines_that_sum_as_they_stand_are_left_flat(amounts):
    assert nest(amounts, sum(amounts)) == [None] * len(amounts)


@given(st.lists(st.lists(st.integers(1, 10**9), min_size=2, max_size=4), min_size=1, max_size=5))
def test_groups_followed_by_their_details_are_found(groups):
    amounts = [value for group in groups for value in (sum(group), *group)]
    parents = nest(amounts, sum(map(sum, groups)))
    own = [value for value, parent in zip(amounts, parents, strict=True) if parent is None]
    assert sum(own) == sum(map(sum, groups))


def confidences(found):
    return [
        {line.sources["montant"].confiance for line in column}
        for column in (found.expenses, found.receipts)
    ]


def test_a_column_is_trusted_as_far_as_its_lines_give_its_total(plan):
    sure, alike = confidences(plan(LAYOUTS["side by side"])[0])
    untold, _ = confidences(plan(LAYOUTS["side by side"].replace(TOTALS, ""))[0])
    wrong, right = confidences(plan(LAYOUTS["side by side"].replace("Etudes 20", "Etudes 21"))[0])
    unread, _ = confidences(plan(LAYOUTS["side by side"].replace("Etudes 20", "Etudes 2O"))[0])
    assert sure == alike == right == {0.98}
    assert untold == unread == {0.85}
    assert wrong == {0.4}


def test_a_column_with_details_is_trusted_for_the_lines_that_stand_alone(plan):
    text = LAYOUTS["side by side"].replace(
        "Etudes", "dont Terrassement 60 000,00 €\ndont Bâtiment 40 000,00 €\nEtudes"
    )
    found, _ = plan(text)
    assert {line.libelle: line.parent for line in found.expenses} == {
        "Travaux": None, "dont Terrassement": "Travaux", "dont Bâtiment": "Travaux", "Etudes": None,
    }  # fmt: skip
    assert confidences(found) == [{0.98}, {0.98}]


@pytest.mark.parametrize(
    ("amounts", "total", "parents"),
    [
        ([100, 60, 40, 20], 120, [None, 0, 0, None]),
        ([100, 60, 40, 20], 220, [None, None, None, None]),
        ([20, 100, 60, 40], 120, [None, None, 1, 1]),
        ([100, 60, 40, 20], None, [None, 0, 0, None]),
        ([100, 30, 30, 20], 120, [None, 0, 0, None]),
        # that two amounts are the same proves no detail
        ([100, 100, 20], 120, [None, None, None]),
        ([13_100, 100, 100, 100, 100], 13_400, [None, None, None, None, None]),
        ([100, None, 20], 120, [None, None, None]),
        ([0, 0, 0], 7, [None, None, None]),
        ([100, 60, 40, 50, 30, 20], 150, [None, 0, 0, None, 3, 3]),
    ],
)
def test_lines_detail_another_where_the_total_says_so(amounts, total, parents):
    assert nest(amounts, total) == parents


def test_a_single_line_that_is_marked_may_detail_the_one_before_it():
    assert nest([100, 100, 20], 120, marked=[1]) == [None, 0, None]
    assert nest([100, 100, 20], 120, marked=[2]) == [None, None, None]
