"""Tables by commune, EPCI or territory: each row finds its perimeter, each number its map."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from geo.perimeter import Level, Perimeter
from layers.brought.choice import Choice
from layers.brought.guess import guess_roles
from layers.brought.joined_layer import make_joined
from layers.brought.joining import join_rows
from layers.brought.problems import LEFT_OUT, MENDED, TO_CHECK, BroughtError
from layers.brought.roles import Role
from layers.brought.units import guess_rows
from layers.catalogue.layers import Catalogue
from layers.indicators.every import find_indicator, list_indicators
from layers.indicators.states import State
from layers.population.cars import read_households
from layers.store.geopackage import GeoPackageStore

CASES = Path(__file__).parents[2] / "fixtures" / "cases"
CALAISIS = {"62193": "90000", "62239": "12000", "62548": "1000"}


def table(columns):
    frame = pd.DataFrame(columns, dtype=object)
    frame.index += 2
    return frame


@pytest.fixture(scope="module")
def guess(reference):
    def guessed(columns):
        frame = table(columns)
        guesses = guess_roles(frame, reference)
        roles = {column: one.role for column, one in guesses.items()}
        return Choice.guessed("t.csv", guesses, *guess_rows(frame, roles, reference, placed=False))

    return guessed


@pytest.fixture(scope="module")
def make(reference, guess):
    def made(columns, **changes):
        choice = guess(columns)
        choice = Choice.from_record({**choice.to_record(), **changes})
        choice.check(placed=False)
        frame = table(columns)
        joined = join_rows(frame, choice, reference)
        return make_joined(frame, joined, choice, reference, layer_id="chiffres", name="t.csv")

    return made


@pytest.fixture
def seen(make, reference, catalogue, tmp_path):
    """Return what is known, in a catalogue with the layer, of an indicator of it and a place."""

    def read(columns, **changes):
        made = make(columns, **changes)
        store = GeoPackageStore(tmp_path / "s.gpkg")
        store.adopt(made.description, made.rows, replace=True)
        return Catalogue(reference, catalogue.data, store=store)

    return read


def ask(catalogue, indicator, place):
    return find_indicator(catalogue, indicator).reading(catalogue, Perimeter.parse(place))


def outcomes(made):
    return [(p.line, p.outcome) for p in made.problems]


WHAT_ROWS_ARE = {
    "codes of communes": ({"code": ["62041", "62498"], "valeur": ["10,5", "11"]}, "commune"),
    "names of communes": ({"nom": ["Arras", "LENS"], "valeur": ["1", "2"]}, "commune"),
    "SIREN": ({"SIREN": ["200018083", "200033579"], "nb": ["31", "46"]}, "epci"),
    "EPCI by name": ({"Interco": ["CC du Ternois", "CU d'Arras"], "nb": ["1", "2"]}, "epci"),
    "cantons": ({"Canton": ["Arras-1", "Lens"], "nb": ["1", "2"]}, "canton"),
    "territories": ({"zone": ["Calaisis", "Lens-Hénin"], "nb": ["1", "2"]}, "territoire"),
    "MDS": ({"Secteur MDS": ["Ternois", "Lens-Liévin"], "nb": ["1", "2"]}, "mds"),
    "communes of one EPCI": (
        {"c": ["62041", "62498", "62193"], "EPCI": ["CU d'Arras"] * 3, "nb": ["1", "2", "3"]},
        "commune",
    ),
    "EPCIs and their seats": (
        {"EPCI": ["CC du Ternois", "CU d'Arras"], "Siège": ["Arras", "Lens"], "nb": ["1", "2"]},
        "epci",
    ),
    "addresses": (
        {"Adresse": ["1 rue X", "2 rue Y"], "Ville": ["Arras", "Lens"], "nb": ["1", "2"]}, "",
    ),
    "places with names": (
        {"Nom": ["Piscine", "Stade"], "Ville": ["Arras", "Lens"], "nb": ["1", "2"]}, "",
    ),
    "grants, several to a commune": (
        {"Ville": ["Arras", "Arras", "Arras", "Lens"], "Montant": ["1 €", "2 €", "3 €", "4 €"]}, "",
    ),
    "no number": ({"code": ["62041", "62498"], "Maire": ["A", "B"]}, ""),
}  # fmt: skip


@pytest.mark.parametrize(("columns", "level"), WHAT_ROWS_ARE.values(), ids=WHAT_ROWS_ARE.keys())
def test_what_a_row_is_is_told_by_its_values(guess, columns, level):
    assert guess(columns).level == level


def test_a_table_of_all_france_is_joined_by_its_rows_of_here(make):
    codes = ["01001", "2A004", "59350", "75056", "80021", "62041", "62498"]
    made = make({"CODGEO": codes, "tx": ["1"] * 7})
    assert made.rows["perimeter_name"].tolist() == ["Arras", "Lens"]
    assert made.left_out == (2, 3, 4, 5, 6)


KINDS = {
    "taux de chômage": (["10,5", "3"], ("rate", "")),
    "Part des propriétaires (%)": (["10", "3"], ("rate", "%")),
    "nb de places": (["10", "3"], ("total", "")),
    "Surface (m²)": (["10,5", "3,2"], ("total", "m²")),
    "Subventions": (["10 €", "3 €"], ("total", "€")),
    "valeur": (["10,5", "3"], ("rate", "")),
    "x": (["10", "3"], ("total", "")),
    "avancement": (["10 %", "3 %"], ("rate", "%")),
    "Revenu médian (€)": (["21 000", "19 000"], ("rate", "€")),
    "rang": (["1", "2"], None),
    "Année": (["2021", "2021"], None),
}


@pytest.mark.parametrize(("heading", "told"), KINDS.items(), ids=KINDS.keys())
def test_what_adds_up_and_what_does_not(guess, heading, told):
    values, expected = told
    measures = guess({"code": ["62041", "62498"], heading: values}).measures
    assert [(one.kind, one.unit) for one in measures] == ([expected] if expected else [])


def test_64_a_rate_by_commune_stays_that_of_its_commune(seen):
    columns = pd.read_csv(CASES / "64-communes.csv", sep=";", dtype=str).to_dict("list")
    catalogue = seen(columns)
    assert ask(catalogue, "apport__chiffres__valeur", "commune:62041").value == Decimal("10.5")
    absent = ask(catalogue, "apport__chiffres__valeur", "commune:62765")
    assert absent.state is State.UNKNOWN
    assert "pas de ligne" in absent.why
    indicator = find_indicator(catalogue, "apport__chiffres__valeur")
    assert indicator.levels == (Level.COMMUNE,)
    assert "ne se moyenne pas" in ask(catalogue, indicator.id, "epci:200033579").why


def test_64_a_number_by_epci_adds_up_to_territories_and_is_told_by_inhabitant(seen):
    columns = pd.read_csv(CASES / "64-epci.csv", sep=";", dtype=str).to_dict("list")
    catalogue = seen(columns)
    nb = "apport__chiffres__nb"
    assert ask(catalogue, nb, "territoire:calaisis").value == 14 + 15 + 23
    assert ask(catalogue, nb, "commune:62193").state is State.UNKNOWN
    rate = find_indicator(catalogue, f"{nb}__par_habitants")
    arras = catalogue.reference.population(Perimeter.parse("epci:200033579"))
    assert rate.title == "Nombre pour 10\u202f000 habitants"
    assert rate.value(catalogue, Perimeter.parse("epci:200033579")) == Decimal(460_000) / arras
    (note,) = find_indicator(catalogue, nb).notes(catalogue, Level.EPCI)
    assert "CC Flandre Lys" in note
    assert "ne dit pas s’il les compte en entier" in note


def test_a_total_is_whole_only_where_each_commune_is_known(seen, reference):
    members = reference.members(Perimeter.parse("epci:200090751"))
    columns = {"code": [*members, "62041"], "places": ["2"] * len(members) + [None]}
    catalogue = seen(columns)
    whole = ask(catalogue, "apport__chiffres__places", "epci:200090751")
    assert (whole.state, whole.value) == (State.KNOWN, 2 * len(members))
    part = ask(catalogue, "apport__chiffres__places", "territoire:calaisis")
    assert (part.state, part.part, part.value) == (State.PARTIAL, 2 * len(members), None)
    assert "14 communes sur 52" in part.why.replace("\u00a0", " ")
    assert ask(catalogue, "apport__chiffres__places", "commune:62041").state is State.UNKNOWN


def test_a_rate_of_two_columns_divides_their_sums(seen, reference):
    members = reference.members(Perimeter.parse("epci:200090751"))
    wide = ["1"] + ["0"] * (len(members) - 1)
    columns = {"code": [*members], "beneficiaires": wide, "demandeurs": ["10"] * len(members)}
    measures = [
        {"column": "beneficiaires", "kind": "total", "per": "demandeurs"},
        {"column": "demandeurs", "kind": "total"},
    ]
    catalogue = seen(columns, measures=measures)
    rate = find_indicator(catalogue, "apport__chiffres__beneficiaires__par_demandeurs")
    assert rate.unit == "%"
    place = Perimeter.parse("epci:200090751")
    assert rate.value(catalogue, place) == Decimal(100) / (10 * len(members))
    assert rate.value(catalogue, Perimeter(Level.COMMUNE, members[1])) == 0


def test_states_are_kept_and_none_is_zero(seen):
    columns = {
        "code": ["62041", "62498", "62193", "62119", "62160"],
        "menages": ["12", "0", "s", "sans objet", "n.d."],
    }
    catalogue = seen(columns)
    states = [
        ask(catalogue, "apport__chiffres__menages", f"commune:{code}").state
        for code in columns["code"]
    ]
    assert states == [
        State.KNOWN, State.ZERO, State.WITHHELD, State.WITHOUT_OBJECT, State.UNKNOWN,
    ]  # fmt: skip


def test_two_rows_of_one_commune_that_differ_are_told_and_give_no_value(make, seen):
    columns = {
        "code": [*CALAISIS, "62193", "62239", "62041"],
        "x": [*CALAISIS.values(), "5", "12000", "1"],
    }
    told = make(columns, level="commune").problems
    assert [(p.line, p.outcome, p.expected[-9:]) for p in told] == [
        (5, TO_CHECK, "(ligne 2)"), (6, TO_CHECK, "(ligne 3)"),
    ]  # fmt: skip
    catalogue = seen(columns, level="commune")
    both = ask(catalogue, "apport__chiffres__x", "commune:62193")
    assert both.state is State.UNKNOWN
    assert "deux valeurs" in both.why
    assert ask(catalogue, "apport__chiffres__x", "commune:62239").value == 12000


FORMER = ("62447", "62461", "62549", "62743")
"""Hesdin, Huby-Saint-Leu, Marconne, Sainte-Austreberthe: one commune since 2025."""


def test_former_communes_add_up_to_that_of_today_once_all_are_there(make, seen):
    columns = {"code": [*FORMER, "62041"], "x": ["1", "2", "3", "4", "9"]}
    made = make(columns)
    assert outcomes(made) == [(3, MENDED), (4, MENDED), (5, MENDED)]
    assert "partie d’Hesdin-la-Forêt" in made.problems[0].expected
    assert ask(seen(columns), "apport__chiffres__x", "commune:62447").value == 10
    columns = {"code": ["62447", "62549", "62041"], "x": ["1", "3", "9"]}
    part = ask(seen(columns), "apport__chiffres__x", "commune:62447")
    assert (part.state, part.part) == (State.PARTIAL, 4)
    assert "Huby-Saint-Leu et Sainte-Austreberthe" in part.why


def test_rates_of_former_communes_are_not_averaged(seen):
    columns = {"code": [*FORMER], "taux": ["1", "2", "3", "4"]}
    reading = ask(seen(columns), "apport__chiffres__taux", "commune:62447")
    assert reading.state is State.UNKNOWN
    assert "ne s’en calcule pas" in reading.why


def test_what_names_nothing_is_left_out_and_told(make):
    codes = ["62041", "62498", "62193", "62119", "75056"]
    made = make({"code": codes, "x": ["1", "2", "3", "4", "5"]})
    assert outcomes(made) == [(6, LEFT_OUT)]
    assert made.left_out == (6,)
    assert "1 ligne écartée sur 5" in made.description.remark.replace("\u00a0", " ")
    assert "4 communes sur 887" in made.description.remark.replace("\u00a0", " ")


def test_a_code_and_a_name_that_differ_are_believed_no_more_than_each_other(make):
    made = make({
        "Code Insee": ["62041", "62498", "62100", "99999"],
        "Commune": ["Arras", "Arras", "Calais", "Lens"],
        "x": ["1", "2", "3", "4"],
    }, level="commune")  # fmt: skip
    assert made.left_out == (3,)
    assert made.rows["perimeter_name"].tolist() == ["Arras", "Calais", "Lens"]
    assert outcomes(made) == [(0, MENDED), (3, LEFT_OUT), (5, TO_CHECK)]


def test_years_among_the_rows_are_an_indicator_each(seen):
    columns = {
        "code": ["62041", "62041", "62498", "62498"],
        "annee": ["2020", "2021", "2020", "2021"],
        "x": ["1", "2", "3", "4"],
    }
    catalogue = seen(columns)
    assert ask(catalogue, "apport__chiffres__x__2020", "commune:62041").value == 1
    latest = find_indicator(catalogue, "apport__chiffres__x__2021")
    assert (latest.title, latest.dated) == ("X en 2021", "2021")
    assert latest.value(catalogue, Perimeter.parse("commune:62498")) == 4


def test_a_row_that_says_where_it_is_by_nothing_is_refused(guess, reference):
    columns = {"code": ["62041", "62498"], "x": ["1", "2"]}
    with pytest.raises(BroughtError, match="rôle « epci »"):
        Choice.from_record({**guess(columns).to_record(), "level": "epci"}).check(placed=False)
    with pytest.raises(BroughtError, match="« planete »"):
        Choice.from_record({**guess(columns).to_record(), "level": "planete"}).check(placed=False)
    choice = guess(columns)
    frame = table({"code": ["1", "2"], "x": ["1", "2"]})
    joined = join_rows(frame, choice, reference)
    with pytest.raises(BroughtError, match=r"aucune des 2\Wlignes ne nomme un territoire"):
        make_joined(frame, joined, choice, reference, layer_id="a", name="a.csv")


def test_a_catalogue_without_the_layer_has_none_of_its_indicators(seen, catalogue):
    with_it = seen({"code": ["62041", "62498"], "x": ["1", "2"]})
    assert "apport__chiffres__x" in with_it.derive_own(list_indicators)
    assert "apport__chiffres__x" not in catalogue.derive_own(list_indicators)
    own = catalogue.with_layers([with_it.layers["chiffres"]])
    assert "apport__chiffres__x" in own.derive_own(list_indicators)
    assert "apport__chiffres__x" not in own.derive(list_indicators)


def test_roles_of_perimeters_are_texts_of_a_list_of_places(reference):
    columns = {
        "Nom": ["A", "B"],
        "EPCI": ["CU d'Arras", "CC du Ternois"],
        "Ville": ["Arras", "Lens"],
    }
    roles = [guess.role for guess in guess_roles(table(columns), reference).values()]
    assert roles == [Role.NAME, Role.EPCI, Role.COMMUNE]


def test_a_rate_by_household_divides_by_the_households_of_the_census(seen, catalogue):
    found = seen(
        {"code": ["62041", "62498"], "Places": ["480", "300"]},
        measures=[
            {"column": "Places", "kind": "total", "per": "menages", "unit": "", "title": "P"}
        ],
    )
    one = find_indicator(found, "apport__chiffres__places__par_menages")
    rate = one.reading(found, Perimeter.parse("commune:62041")).value
    homes = read_households(catalogue.reference, catalogue.data).loc["62041", "households"]
    assert one.unit == "pour 100 ménages"
    assert float(rate) == pytest.approx(480 * 100 / float(homes))
    assert "ménages de 2022" in one.vintage
    assert one.reading(found, Perimeter.parse("commune:62193")).state is State.UNKNOWN


def test_a_homonym_elsewhere_is_joined_to_nothing(make):
    names, numbers = ["Saint-Omer", "Saint-Omer", "Richebourg"], ["1", "2", "3"]
    for said in (["14220", "62500", "78550"], ["14", "62", "78"]):
        heading = "CP" if len(said[0]) > 2 else "Département"
        made = make({"Commune": names, heading: said, "nb": numbers}, level="commune")
        assert made.rows["nb"].tolist() == [2]
        assert outcomes(made) == [(2, LEFT_OUT), (4, LEFT_OUT)]
    made = make({"Commune": ["14220 Saint-Omer", "62000 Arras", "Lens"], "nb": numbers})
    assert made.rows["nb"].tolist() == [2, 3]


def test_a_code_of_here_is_joined_whatever_the_postcode_of_its_office(make):
    made = make({"code": ["62498", "62041"], "CP": ["59000", "62000"], "nb": ["1", "2"]})
    assert made.rows["nb"].tolist() == [1, 2]


@pytest.mark.parametrize("heading", ["Date", "coord_x_l93", "Dossier", "Article", "fid"])
def test_figures_that_say_when_where_or_which_are_mapped_by_nothing(guess, heading):
    choice = guess({"code": ["62041", "62498"], heading: ["45292", "45383"], "nb": ["1", "2"]})
    assert [measure.column for measure in choice.measures] == ["nb"]
