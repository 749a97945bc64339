"""The territory sheet: sentences read and approved, and what stands beside them."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from geo.perimeter import DEPARTEMENT, Level, Perimeter, UnknownPlaceError
from layers.catalogue.layers import Catalogue
from layers.sheets.contract_ties import Relation, contract_ties
from layers.sheets.sentences import counted, named
from layers.sheets.territory import profile
from tests.documents import read_kept
from tests.known_operations import OPERATIONS
from tests.known_totals import FIT, ROWS

SENTENCES = Path(__file__).parent / "data" / "sentences.csv"


def approved() -> list[tuple[str, str]]:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return [(row["perimeter"], row["sentence"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def calais(catalogue):
    return profile(catalogue, Perimeter.parse("epci:200090751"))


def test_no_contract_is_said_to_be_signed_since_the_act_only_allows_it(catalogue):
    """Line 71 authorises the signature; no document held gives its date."""
    line = read_kept("cd62-2023-534")[71]
    assert line.startswith("D’autoriser le Président du Conseil départemental à signer")
    for text in catalogue.load("contrats")["perimeter"]:
        said = profile(catalogue, Perimeter.parse(text)).sentence
        assert "signé" not in said
        assert "voté" in said


@pytest.mark.parametrize(("place", "sentence"), approved())
def test_the_sentence_is_the_approved_one(catalogue, place, sentence):
    assert profile(catalogue, Perimeter.parse(place)).sentence == sentence


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.COMMUNE])
def test_every_sentence_begins_with_a_capital_ends_with_a_stop_and_keeps_its_spaces(
    catalogue, level
):
    for perimeter in catalogue.reference.perimeters(level):
        text = profile(catalogue, perimeter).sentence
        assert text[0].isupper()
        assert text.endswith(".")
        assert "  " not in text
        assert "'" not in text
        assert "nan" not in text.casefold()


def test_grand_calais_has_its_contract_its_operation_and_its_sites(calais):
    assert (calais.name, calais.kind) == (
        "CA Grand Calais Terres & Mers", "Communauté d’agglomération",
    )  # fmt: skip
    assert [(tie.period, tie.relation, len(tie.axes)) for tie in calais.contracts] == [
        ("2023-2026", Relation.OWN, 4)
    ]
    assert [row["fit"] for row in calais.operations] == [Decimal(500_000)]
    assert {row["code"] for row in calais.districts} == {"QN06253M", "QN06254M"}
    assert [str(parent) for parent in calais.parents] == [
        "departement:62", "territoire:calaisis", "mds:calaisis",
    ]  # fmt: skip


def test_key_figures_stand_beside_the_departement_and_their_peers(calais):
    fit = next(figure for figure in calais.figures if figure.id == "fit")
    assert (fit.value, fit.departement) == (Decimal(500_000), FIT)
    assert fit.text == "500\u202f000\u00a0€"
    assert fit.peers_text == "4 sur 20", "Saint-Omer is known in part: it is no peer"
    assert fit.median == 258_930
    assert fit.why == ""


def test_sheets_of_the_territories_share_out_the_whole(catalogue):
    whole = profile(catalogue, DEPARTEMENT)
    parts = [profile(catalogue, p) for p in catalogue.reference.perimeters(Level.TERRITORY)]
    assert (len(whole.districts), len(whole.colleges)) == (ROWS["qpv"], ROWS["colleges"])
    assert len(whole.operations) == len(OPERATIONS)
    assert sum(len(part.colleges) for part in parts) == ROWS["colleges"]
    assert sum(len(part.operations) for part in parts) == len(OPERATIONS)
    assert {row["code"] for part in parts for row in part.districts} == {
        row["code"] for row in whole.districts
    }
    counts = {group.layer: len(group.rows) for group in whole.services}
    assert counts["france_services"] == 50
    assert counts["mairies"] == 886


def test_a_district_lies_in_every_commune_that_it_touches(catalogue):
    for code in ("62119", "62848"):  # Béthune, Verquin
        rows = profile(catalogue, Perimeter(Level.COMMUNE, code)).districts
        assert "QN06209M" in {row["code"] for row in rows}


def test_a_commune_lies_in_the_contract_of_its_epci(catalogue):
    marck = Perimeter(Level.COMMUNE, "62548")
    ties = contract_ties(catalogue, "contrats", marck)
    assert [(tie.id, tie.relation) for tie in ties] == [("ct-grand-calais", Relation.INSIDE)]


def test_a_commune_leads_with_the_contract_of_its_agglomeration(catalogue):
    """180 000 € and 75 000 € (000:3706, 3942) are for the whole agglomeration."""
    bethune = profile(catalogue, Perimeter.parse("commune:62119"))
    assert bethune.lead == "CA de Béthune-Bruay : 255\u202f000\u00a0€ de FIT, 2\u00a0opérations"
    assert [(one.title, one.text) for one in bethune.headlines] == [
        ("FIT, CA de Béthune-Bruay", "255\u202f000\u00a0€"),
        ("FIT par habitant, CA de Béthune-Bruay", "0,93\u00a0€/hab."),
        ("Population", "25\u202f224\u00a0habitants"),
    ]
    own = {one.title: one.text for one in bethune.figures}
    assert own["FIT des opérations situées ici"] == "0\u00a0€"
    assert own["FIT par habitant"] == "sans objet"


def test_no_commune_of_a_funded_epci_shows_a_large_zero(catalogue):
    for row in catalogue.load("contrats").itertuples():
        for code in catalogue.reference.members(Perimeter.parse(row.perimeter))[:12]:
            sheet = profile(catalogue, Perimeter(Level.COMMUNE, code))
            assert not [one for one in sheet.headlines if one.id == "fit" and not one.value], code


def test_labourse_is_associated_by_the_words_of_the_document(catalogue):
    labourse = profile(catalogue, Perimeter.parse("commune:62480"))
    (found,) = labourse.associations
    assert (found.operation, found.commune) == ("2023-534-bethune-bruay-1", "Nœux-les-Mines")
    assert "« Communes de Nœux-les-Mines et Labourse », ligne 3649" in found.sentence
    assert "l’aire de covoiturage de Labourse », ligne 3602" in found.sentence
    kept = read_kept("cd62-2023-534")
    assert "Labourse" in kept[3602]
    assert "Labourse" in kept[3649]
    assert profile(catalogue, Perimeter.parse("commune:62617")).associations == ()


def test_the_departement_says_of_what_its_rate_is(catalogue):
    rate = next(one for one in profile(catalogue, DEPARTEMENT).figures
                if one.id == "fit_par_habitant")  # fmt: skip
    assert rate.departement_text == "4,17\u00a0€/hab."
    assert rate.partial.startswith("territoires dont le contrat est connu : 6 sur 22")


def test_a_territory_with_no_contract_read_says_so_and_cites_what_was_read(catalogue):
    sheet = profile(catalogue, Perimeter.parse("epci:246200729"))
    assert sheet.contracts == ()
    assert any("inconnue" in remark for remark in sheet.remarks)
    assert any("2023-534" in source.title for source in sheet.sources)
    fit = next(figure for figure in sheet.figures if figure.id == "fit")
    assert (fit.value, fit.text) == (None, "non disponible")
    assert "n’est pas nulle" in fit.why


@pytest.mark.parametrize(("code", "outside"), [("200069672", "1"), ("245900758", "4")])
def test_an_epci_that_crosses_the_border_says_so(catalogue, code, outside):
    sheet = profile(catalogue, Perimeter(Level.EPCI, code))
    assert "dans le Pas-de-Calais)" in sheet.sentence
    assert any(f"{outside}\u00a0commune" in remark for remark in sheet.remarks)


def test_sources_are_each_said_once(calais):
    assert len(set(calais.sources)) == len(calais.sources)
    assert {source.licence for source in calais.sources} >= {"Licence Ouverte", "ODbL 1.0"}


def test_unknown_values_of_rows_are_none(calais):
    values = [value for row in (*calais.operations, *calais.colleges) for value in row.values()]
    assert None in values
    assert not any(value != value for value in values)  # noqa: PLR0124 - NaN alone differs from itself


def test_a_layer_that_fails_leaves_the_others(reference, tmp_path, data):
    (tmp_path / "colleges").mkdir()
    table = (data / "colleges" / "colleges.csv").read_text(encoding="utf-8")
    hostile = table.replace("Collège Jean Monnet", '"<script>=cmd()"')
    (tmp_path / "colleges" / "colleges.csv").write_text(hostile, encoding="utf-8")
    sheet = profile(Catalogue(reference, tmp_path), Perimeter.parse("epci:200090751"))
    assert "<script>=cmd()" in {row["name"] for row in sheet.colleges}
    assert any(remark.startswith("Couche « Contrats de territoire »") for remark in sheet.remarks)
    assert sheet.operations == ()
    population = next(figure for figure in sheet.figures if figure.id == "population")
    assert population.value == 98_895


def test_an_unknown_perimeter_is_refused(catalogue):
    with pytest.raises(UnknownPlaceError):
        profile(catalogue, Perimeter(Level.EPCI, "000000000"))


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("commune:62826", "la commune du Touquet-Paris-Plage"),
        ("commune:62043", "la commune des Attaques"),
        ("territoire:artois", "le territoire de l’Artois"),
        ("territoire:lens-henin", "le territoire de Lens-Hénin"),
        ("mds:henin-carvin", "le secteur MDS d’Hénin-Carvin"),
        ("epci:246200299", "la CA d’Hénin-Carvin"),
        ("departement:62", "le Pas-de-Calais"),
    ],
)
def test_places_are_named_with_their_article(catalogue, place, words):
    assert named(Perimeter.parse(place), catalogue.reference) == words


def test_small_counts_are_spelt():
    assert counted(1, "opération", feminine=True) == "une opération"
    assert counted(2, "contrat") == "deux contrats"
    assert counted(12, "opération", feminine=True) == "12\u00a0opérations"
