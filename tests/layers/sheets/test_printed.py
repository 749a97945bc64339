"""The figures that documents print, on the sheet of the very place they are printed for."""

import pytest

from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.figures.loading import load_figures
from layers.indicators.every import find_indicator
from layers.sheets.printed import THEMES, period_words, printed_themes, sources_of


def figures(catalogue, place):
    themes = printed_themes(catalogue, Perimeter.parse(place))
    return {figure.id: figure for theme in themes for figure in theme.figures}


def test_an_epci_shows_unit_date_and_remark(catalogue):
    shown = figures(catalogue, "epci:200090751")
    assert (shown["apa_beneficiaires"].text, shown["apa_beneficiaires"].period) == (
        "1\u202f671\u00a0bénéficiaires",
        "2022",
    )
    assert any("4 751 €" in note for note in shown["apa_montant"].notes)
    assert shown["rsa_foyers"].period == "mars 2023"
    assert shown["routes_investissement_pluriannuel"].text == "7\u202f332\u202f991,39\u00a0€"
    assert shown["littoral"].text == "près de 22\u00a0km"


def test_every_figure_says_where_it_is_printed_and_both_values(catalogue):
    whole = figures(catalogue, "departement:62")
    assert whole["apa_beneficiaires"].cited == "rapport d’activité 2022, ligne 913"
    both = "Les deux valeurs : 28\u202f841 et 28\u202f818 bénéficiaires."
    assert whole["apa_beneficiaires"].notes[0].endswith(both)
    assert whole["fit_2019_2022"].cited == "délibération n° 2022-317, lignes 123 et 124"
    for place in ("departement:62", "mds:ternois", "epci:200072460"):
        assert all("ligne" in one.cited for one in figures(catalogue, place).values())


def test_the_area_of_the_mds_of_the_ternois_is_told_as_a_guess(catalogue):
    notes = figures(catalogue, "mds:ternois")["apa_beneficiaires"].notes
    assert any("Aucun document ne dit" in note and "965 et 857" in note for note in notes)
    assert "hypothèse" in catalogue.layer("secteurs_mds").remark
    rate = find_indicator(catalogue, "chiffre_apa_beneficiaires_par_habitant")
    assert "hypothèse" in rate.count.notes(catalogue, Level.MDS)[0]


def test_what_is_printed_as_a_slash_stays_one(catalogue):
    slash = figures(catalogue, "territoire:arrageois")["bourg_centre"]
    assert slash.text == "«\u00a0/\u00a0»"
    assert slash.value is None


@pytest.mark.parametrize("level", [Level.TERRITORY, Level.MDS])
def test_every_territory_and_every_mds_area_has_some(catalogue, level):
    for place in catalogue.reference.perimeters(level):
        themes = printed_themes(catalogue, place)
        assert themes
        assert sources_of(catalogue, themes)


def test_every_figure_of_a_place_is_shown_once_under_a_known_theme(catalogue, data):
    held = load_figures(data)
    themes = printed_themes(catalogue, DEPARTEMENT)
    assert {theme.title for theme in themes} <= set(THEMES.values())
    assert sum(len(theme.figures) for theme in themes) == len(held.of(DEPARTEMENT))


def test_figures_of_the_departement_are_attributed_to_no_commune(catalogue):
    assert printed_themes(catalogue, Perimeter(Level.COMMUNE, "62193")) == ()


@pytest.mark.parametrize(
    ("period", "precision", "words"),
    [
        ("2022", "année", "2022"),
        ("2022", "document", "document de 2022"),
        ("2022-10", "document", "document d’octobre 2022"),
        ("2023-12-04", "document", "document du 4 décembre 2023"),
        ("2023-03", "mois", "mars 2023"),
        ("2023-01-01", "jour", "1er janvier 2023"),
        ("2019/2022", "années", "2019-2022"),
        ("2022-09/2023-08", "année scolaire", "année scolaire 2022-2023"),
    ],
)
def test_periods_are_said_in_french(period, precision, words):
    assert period_words(period, precision) == words
