"""Sheets of ODS as people see them: what is written in a cell, hidden, repeated, or failed."""

import pytest

from layers.brought.problems import EMPTIED, NOT_READ, TO_CHECK
from tests.app.imports.cases import told, values
from tests.app.imports.files import ods_of


def cell(shown="", kind="string", value="", more=""):
    said = f' office:value="{value}"' if value else ""
    return (
        f'<table:table-cell office:value-type="{kind}"{said} {more}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def sheet(heading, *numbers, before=""):
    """Write the towns of Lens and Arras, each with a cell of its own."""
    lines = zip(("Lens", "Arras", "Calais"), numbers, strict=False)
    rows = (row(cell(town), number) for town, number in lines)
    return ods_of(f"{before}{row(cell('Ville'), cell(heading))}{''.join(rows)}")


def number(shown, value, kind="float"):
    return cell(shown, kind, value)


@pytest.mark.parametrize(
    ("cells", "found", "unit"),
    [
        ([("27,4 %", "0.274", "percentage"), ("30 %", "0.3", "percentage")], [27.4, 30.0], "%"),
        ([("00123", "123"), ("00045", "45")], ["00123", "00045"], ""),
        ([("45,5 km", "45.5"), ("8 km", "8")], [45.5, 8.0], "km"),
        ([("46 km", "45.7"), ("8 km", "8.3")], [45.7, 8.3], "km"),
        ([("12", "12345"), ("8", "8000")], [12345, 8000], ""),
        ([("012", "12345"), ("008", "8000")], [12345, 8000], ""),
        ([("12 km", "12345"), ("8 km", "8000")], [12345, 8000], ""),
    ],
)
def test_a_number_is_read_as_its_sheet_shows_it(bring, cells, found, unit):
    made = bring(sheet("zag", *(number(*each) for each in cells)), "classeur.ods")
    assert values(made, "zag") == found
    assert next(f.unit for f in made.description.fields if f.name == "zag") == unit


def test_euros_are_those_of_the_cell(bring):
    money = (number(f"{n} €", n, "currency") for n in ("120", "80"))
    made = bring(sheet("zag", *money), "classeur.ods")
    assert next(f.dtype for f in made.description.fields if f.name == "zag") == "money"


def test_a_number_of_twenty_figures_loses_none(bring):
    long = "12345678901234567890"
    made = bring(sheet("zag", number(long, long), number("7", "7")), "classeur.ods")
    assert values(made, "zag")[0] == long


def test_a_formula_that_failed_or_has_no_result_is_told_with_its_line(bring):
    failed = cell("#DIV/0!", more='table:formula="of:=1/0" calcext:value-type="error"')
    unknown = '<table:table-cell table:formula="of:=[.A1]*2"/>'
    made = bring(sheet("zag", failed, unknown, number("3", "3")), "classeur.ods")
    emptied = [(p.line, p.column, p.value) for p in made.problems if p.outcome == EMPTIED]
    assert emptied == [(2, "zag", "#DIV/0!"), (3, "zag", "=[.A1]*2")]


def test_a_cell_that_stands_for_two_and_the_sheet_beside_move_no_mark(bring):
    twice = 'table:number-columns-repeated="2"'
    rows = (
        row(cell("Ville"), cell("zag"), cell("zig"), cell("zog")),
        row(cell("Lens"), cell("x", more=twice), number("27 %", "0.27", "percentage")),
        row(cell("Arras"), cell("x", more=twice), number("30 %", "0.3", "percentage")),
    )
    first = row(number("1 %", "0.01", "percentage"))
    second = f'</table:table><table:table table:name="Autre">{"".join(rows)}'
    made = bring(ods_of(first + second), "classeur.ods")
    assert values(made, "zog") == [27.0, 30.0]
    assert values(made, "ville") == ["Lens", "Arras"]
    assert values(made, "zag") == ["x", "x"]


def test_what_is_hidden_is_read_and_named_where_it_stands(bring):
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = (
        row(cell("Ville"), cell("zag")),
        row(cell("Lens"), number("1", "1"), more='table:number-rows-repeated="2"'),
        row(cell("Arras"), number("2", "2"), more='table:visibility="filter"'),
    )
    made = bring(ods_of(columns + "".join(rows)), "classeur.ods")
    found = told(made, TO_CHECK)
    assert (0, "", "colonnes masquées : zag") in found
    assert (0, "", "lignes masquées : 4") in found


def test_notes_and_links_of_cells_are_named(bring):
    note = "<office:annotation><text:p>à voir</text:p></office:annotation>"
    link = '<text:p><text:a xlink:href="https://exemple.fr/lens">Lens</text:a></text:p>'
    town = f'<table:table-cell office:value-type="string">{note}{link}</table:table-cell>'
    own = '<text:p><text:a xlink:href="https://exemple.fr">https://exemple.fr</text:a></text:p>'
    shown = f'<table:table-cell office:value-type="string">{own}</table:table-cell>'
    rows = row(cell("Ville"), cell("zag")) + row(town, number("1", "1"))
    made = bring(ods_of(rows + row(cell("Arras"), shown)), "classeur.ods")
    found = [value for _, _, value in told(made, NOT_READ)]
    assert found == [
        "commentaires de cellules",
        "liens sous des cellules : https://exemple.fr/lens",
    ]
    assert values(made, "ville") == ["Lens", "Arras"]
