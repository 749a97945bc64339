"""Numbers as printed, and every cited line read again in the documents."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.figures.printed import NUMBER, read_number, rounding_step
from layers.figures.records import Figures
from layers.french.wording import format_number


@pytest.mark.parametrize(
    ("printed", "value", "step"),
    [
        ("4538", "4538", "1"),
        ("1 984,8 km²", "1984.8", "0.1"),
        ("187.4", "187.4", "0.1"),
        ("846 515,75 €", "846515.75", "0.01"),
        ("5 ,9 millions €", "5900000", "100000"),
        ("463,61 M€", "463610000", "10000"),
        ("72,3 M €", "72300000", "100000"),
        ("1,6 M m²", "1600000", "100000"),
        ("1,868 milliard d’euros", "1868000000", "1000000"),
        ("2 087 m2", "2087", "1"),
    ],
)
def test_reads_what_the_documents_print(printed: str, value: str, step: str) -> None:
    assert read_number(printed) == Decimal(value)
    assert rounding_step(printed) == Decimal(step)


def test_a_slash_is_no_number() -> None:
    assert read_number("/") is None


@given(st.decimals(min_value=0, max_value=10**10, places=2))
def test_reads_back_what_is_written_in_french(value: Decimal) -> None:
    assert read_number(format_number(value, 2)) == value


def tidy(lines: Iterable[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_every_figure_stands_at_its_line(figures: Figures, lines: Mapping[str, list[str]]) -> None:
    wrong = []
    for row in figures.rows:
        cited = tidy(lines[row.document][number - 1] for number in row.lines)
        # Whole numbers only: « 450 » is not found in « 1 450 », nor « 3 » in « 30 ».
        numbers = [found.group() for found in NUMBER.finditer(cited)]
        if row.printed not in cited or not set(NUMBER.findall(row.printed)) <= set(numbers):
            wrong.append((row.measure, str(row.perimeter), row.printed, cited))
    assert not wrong


def test_a_figure_printed_again_is_on_each_of_its_lines(
    figures: Figures, lines: Mapping[str, list[str]]
) -> None:
    rows = figures.rows
    cost = [row for row in rows if row.measure == "sdis_fonctionnement" and len(row.lines) > 1]
    assert len(cost) == 1
    assert len(cost[0].lines) == 4
    for number in cost[0].lines:
        assert cost[0].printed in tidy([lines[cost[0].document][number - 1]])


def test_qualifiers_are_printed_before_their_number(
    figures: Figures, lines: Mapping[str, list[str]]
) -> None:
    for row in figures.rows:
        if row.qualifier:
            around = lines[row.document][row.lines[0] - 2 : row.lines[-1]]
            assert row.qualifier in tidy(around).lower(), row


LABELS = {
    "rsa_foyers": "Revenu de Solidarité Active",
    "fsl_accordees": "Aides accordées (Accès à un Logement Identifié",
    "fsl_recevables": "Aides recevables (Accès à un Logement Non Identifié",
    "afase": "(AFASE) accordées",
    "secours_urgence": "Secours d’Urgence (SU)",
    "afp": "Aides Financières Personnalisées",
    "faj": "Fonds d’Aides aux Jeunes",
    "ase_accueil": "Bénéficiaires d’une mesure d’accueil",
    "ase_educatif": "Actions éducatives à Domicile, en Milieu Ouvert",
    "familles_suivies": "Familles suivies",
    "pmi_consultations": "Enfants vus en consultation PMI",
    "pch_beneficiaires": "(PCH)",
    "apa_beneficiaires": "(APA) à domicile",
    "accueils_physiques": "Accueils physiques",
    "accueils_telephoniques": "Accueils téléphoniques",
    "agents_mds": "Agents territoriaux",
    "etp_mds": "(ETP)",
    "communes_farda": "éligibles au FARDA",
    "batiments_departementaux": "âtiments départementaux",
    "routes_departementales": "kilomètres de voiries départementales",
    "densite": "abitants/km²",
    "subventions_versees": "subventions versées",
    "autorisations_voirie": "Autorisations de voirie",
    "alignements": "Alignements délivrés",
    "routes_investissement": "Routes départementales",
    "routes_fonctionnement": "Routes départementales",
    "farda_equipement": "FARDA équipement",
    "bourg_centre": "Bourg-centre",
    "avc": "Aide à la voirie communale",
    "avc_inondations": "AVC inondations",
    "deci": "(DECI)",
    "farda_abribus": "FARDA-Abribus",
    "structures_culturelles": "structures culturelles",
    "projets_culturels": "projets culturels",
    "ecoles_musique": "écoles de musique",
    "sections_sportives": "sections sportives",
    "projets_jeux_olympiques": "projets locaux sportifs innovants",
}


@pytest.mark.parametrize("measure", LABELS)
def test_each_cell_of_a_table_is_beside_its_label(
    measure: str, figures: Figures, lines: Mapping[str, list[str]]
) -> None:
    cells = [
        r
        for r in figures.rows
        if r.measure == measure and r.perimeter.level in {"mds", "territoire"}
    ]
    assert len(cells) in {7, 9}
    for cell in cells:
        assert LABELS[measure] in tidy([lines[cell.document][cell.lines[0] - 1]])


def test_the_nine_tables_follow_the_order_of_the_menu(figures: Figures) -> None:
    order = [row.perimeter.code for row in figures.rows if row.measure == "agents_mds"]
    starts = [row.lines[0] for row in figures.rows if row.measure == "agents_mds"]
    assert order == ["arrageois", "artois", "audomarois", "boulonnais", "calaisis", "henin-carvin",
                     "lens-lievin", "montreuillois", "ternois"]  # fmt: skip
    assert starts == sorted(starts)


def test_quotations_are_short_and_exact(figures: Figures, lines: Mapping[str, list[str]]) -> None:
    for remark in figures.remarks.values():
        assert len(remark.quotation.split()) <= 25
        cited = tidy(lines[remark.document][remark.line - 1 : remark.line + 4])
        assert remark.quotation in cited, remark
        assert re.search(r"\d", remark.quotation)
