"""Workbooks as people see them: what is written in a cell, hidden, merged, or failed."""

import io
import zipfile
from datetime import time

import openpyxl
import pytest

from layers.brought.problems import EMPTIED, MENDED, TO_CHECK
from tests.app.imports.cases import told, values


def workbook(*rows, formats=None, change=lambda _: None):
    """Write rows as XLSX, with the format of each column that is named by its letter."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for letter, code in (formats or {}).items():
        for cell in sheet[letter][1:]:
            cell.number_format = code
    change(sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("code", ["0%", "0.0%", "0.00 %", '0.0" "%', "[Red]0%;-0%"])
def test_a_share_that_is_shown_as_a_percentage_is_one(bring, code):
    rows = (("Commune", "Taux"), ("Lens", 0.274), ("Arras", 0.3))
    made = bring(workbook(*rows, formats={"B": code}), "classeur.xlsx")
    assert values(made, "taux") == [27.4, 30.0]
    assert next(f.unit for f in made.description.fields if f.name == "taux") == "%"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("00000", ["00123", "00045"]),
        ('0#" "##" "##', ["000123", "000045"]),
        ("0", [123, 45]),
        ("#,##0", [123, 45]),
        ("0.00", [123, 45]),
    ],
)
def test_zeros_that_the_sheet_shows_before_figures_are_kept(bring, code, shown):
    rows = (("Ville", "zag"), ("Lens", 123), ("Arras", 45))
    made = bring(workbook(*rows, formats={"B": code}), "classeur.xlsx")
    assert values(made, "zag") == shown


def test_hidden_rows_and_columns_are_read_and_named(bring):
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet.column_dimensions["H"].hidden = True

    rows = (("Nom", "Ville", "Note"), ("A", "Lens", "x"), ("B", "Arras", "y"))
    made = bring(workbook(*rows, change=hide), "classeur.xlsx")
    assert values(made, "nom") == ["A", "B"]
    assert told(made, TO_CHECK) == [
        (0, "", "colonnes masquées : Note"),
        (0, "", "lignes masquées : 3"),
    ]


def test_a_formula_that_failed_is_told_and_its_cell_is_empty(bring):
    rows = (("Ville", "Nombre"), ("Lens", "#N/A"), ("Arras", 2), ("Calais", "#DIV/0!"))
    made = bring(workbook(*rows), "classeur.xlsx")
    assert values(made, "nombre") == [None, 2, None]
    assert told(made, EMPTIED) == [(2, "Nombre", "#N/A"), (4, "Nombre", "#DIV/0!")]


def test_a_row_of_units_under_the_names_joins_them(bring):
    rows = (("Ville", "Surface", "Pop."), (None, "ha", "hab."), ("Lens", 1170, 3), ("Arras", 9, 4))
    made = bring(workbook(*rows), "classeur.xlsx")
    assert list(made.table.frame) == ["Ville", "Surface (ha)", "Pop. (hab.)"]
    assert values(made, "surface_ha") == [1170, 9]
    assert (2, "", "ha | hab.") in told(made, MENDED)


def test_words_over_figures_that_are_no_units_stay_a_row(bring):
    rows = (("Ville", "zag"), ("Lens", "sans"), ("Arras", 9), ("Calais", 4))
    assert len(bring(workbook(*rows), "classeur.xlsx").table.frame) == 3


def test_a_name_on_the_first_of_two_rows_is_kept_where_the_second_has_none(bring):
    rows = (
        ("Commune", "Population", None, "Logements", None),
        (None, "2015", "2021", "2015", "2021"),
        ("Lens", 1, 2, 3, 4),
        ("Arras", 5, 6, 7, 8),
    )
    made = bring(workbook(*rows), "classeur.xlsx")
    assert list(made.table.frame)[:2] == ["Commune", "Population – 2015"]


def test_an_hour_alone_stays_what_it_is(bring):
    rows = (("Ville", "Ouverture"), ("Lens", time(9, 30)), ("Arras", time(14)))
    assert values(bring(workbook(*rows), "classeur.xlsx"), "ouverture") == ["09:30:00", "14:00:00"]


def test_a_formula_without_a_kept_result_is_told(bring):
    made = bring(workbook(("Nom", "Commune", "Total"), ("A", "Lens", "=1+1"), ("B", "Arras", 5)))
    assert told(made, EMPTIED) == [(2, "Total", "=1+1")]


@pytest.mark.parametrize("name", ["lieux.xlsx", "lieux.geojson"])
def test_letters_by_their_codes_are_read_in_any_file(bring, name):
    content = workbook(("Nom", "Commune"), ("Caf&eacute; &amp; Th&eacute;", "B&eacute;thune"))
    if name.endswith("json"):
        properties = '{"Nom": "Caf&eacute; &amp; Th&eacute;", "Commune": "B&eacute;thune"}'
        content = f'{{"type": "Feature", "properties": {properties}, "geometry": null}}'.encode()
    made = bring(content, name)
    assert values(made, "nom") == ["Café & Thé"]
    assert values(made, "commune") == ["Béthune"]
    assert told(made, MENDED)[0][2].startswith("Caf&eacute; &amp; Th&eacute;")


def test_an_amount_of_a_merged_cell_is_counted_once_and_a_name_in_each_row(bring):
    def merge(sheet):
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("C2:C3")

    rows = (("Porteur", "Commune", "Montant"), ("CALL", "Lens", 10), (None, "Avion", None))
    made = bring(workbook(*rows, change=merge))
    assert values(made, "porteur") == ["CALL", "CALL"]
    assert [*map(str, values(made, "montant"))] == ["10.00", "None"]
    assert told(made, TO_CHECK) == [(3, "Montant", "10")]


def test_a_page_of_explanations_is_not_the_table(bring):
    def explain(sheet):
        book = sheet.parent
        page = book.create_sheet("Lisez-moi", 0)
        page.append(["Ce classeur contient"])
        page.append(["les équipements"])

    made = bring(workbook(("Nom", "Commune"), ("A", "Lens"), change=explain))
    assert made.table.part == "Sheet"


def test_comments_and_links_under_cells_are_named(bring):
    def mark(sheet):
        sheet["A2"].hyperlink = "https://www.lens.fr/salle"
        sheet["B2"].comment = openpyxl.comments.Comment("fermé", "M")

    made = bring(workbook(("Nom", "Commune"), ("A", "Lens"), change=mark))
    found = [value for *_, value in told(made)]
    assert found == [
        "commentaires de cellules",
        "liens sous des cellules : https://www.lens.fr/salle",
    ]


@pytest.mark.parametrize(
    ("code", "dtype", "unit"),
    [
        ("#,##0.00 €", "money", "€"),
        ('0.0" m²"', "float", "m²"),
        ('#,##0.0," k€"', "float", ""),
        ('0.0" M€"', "float", ""),
    ],
)
def test_a_unit_that_the_sheet_shows_is_that_of_the_column(bring, code, dtype, unit):
    rows = (("Commune", "Zag"), ("Lens", 12.5), ("Arras", 7.25))
    made = bring(workbook(*rows, formats={"B": code}))
    field = next(field for field in made.description.fields if field.name == "zag")
    assert (field.dtype, field.unit) == (dtype, unit)


def test_a_number_longer_than_a_number_may_be_stays_as_the_file_writes_it(bring):
    content = workbook(("Nom", "Commune", "N°"), ("A", "Lens", 4242), ("B", "Lens", 12))
    long = b"<v>12345678901234567890</v>"
    made = bring(_with(content, b"<v>4242</v>", long))
    assert values(made, "n")[0] == "12345678901234567890"


def _with(content, old, new):
    copied = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(copied, "w") as copy:
        for name in book.namelist():
            copy.writestr(name, book.read(name).replace(old, new))
    return copied.getvalue()
