"""Districts and contracts: each can be opened, each lies in places that exist."""

import statistics

import pytest

from geo.perimeter import Level, Perimeter, UnknownPlaceError
from layers.catalogue.layers import Catalogue
from layers.sheets.contract import contract_sentence, contract_sheet
from layers.sheets.district import district_sheet
from layers.sheets.subject import Subject, SubjectKind, places_of, subjects
from tests.known_totals import ROWS


def test_every_district_and_every_contract_is_a_subject(catalogue, reference):
    found = subjects(catalogue)
    kinds = [subject.kind for subject in found]
    assert (kinds.count(SubjectKind.DISTRICT), kinds.count(SubjectKind.CONTRACT)) == (
        ROWS["qpv"],
        15,
    )
    assert all(places and all(map(reference.exists, places)) for places in found.values())
    assert all(Subject.parse(str(subject)) == subject for subject in found)


@pytest.mark.parametrize("text", ["epci:200090751", "qpv", "", "volcan:1"])
def test_other_texts_name_no_subject(text):
    assert Subject.parse(text) is None


@pytest.mark.parametrize("text", ["qpv:<script>", "contrat:../../etc", "qpv:", "contrat:é"])
def test_a_code_that_cannot_be_one_is_refused_in_a_sentence(text):
    with pytest.raises(UnknownPlaceError, match="illisible"):
        Subject.parse(text)


def test_an_unknown_subject_is_said(catalogue):
    with pytest.raises(UnknownPlaceError, match="« QN99999Z » inconnu"):
        places_of(catalogue, Subject(SubjectKind.DISTRICT, "QN99999Z"))


def test_a_layer_that_fails_leaves_the_other_subjects(reference, tmp_path, data):
    (tmp_path / "districts").symlink_to(data / "districts")
    kinds = {subject.kind for subject in subjects(Catalogue(reference, tmp_path))}
    assert kinds == {SubjectKind.DISTRICT}


def test_every_district_has_a_sheet_that_cites_its_communes(catalogue):
    districts = [s for s in subjects(catalogue) if s.kind is SubjectKind.DISTRICT]
    for district in districts:
        sheet = district_sheet(catalogue, district.code)
        assert [each.perimeter for each in sheet.communes] == list(places_of(catalogue, district))
        assert district.code in sheet.sentence
        assert sheet.sentence.endswith(".")
        assert sheet.sources


def test_a_district_stands_beside_the_median_of_all(catalogue):
    """Auchel, Calonne-Ricouart and Marles-les-Mines together, not one by one."""
    figures = {one.id: one for one in district_sheet(catalogue, "QN06205M").figures}
    people = [catalogue.reference.communes[code].population for code in ("62048", "62194", "62555")]
    assert figures["population"].value == sum(people)
    assert figures["population"].peers == ROWS["qpv"]
    rows = catalogue.load("qpv")["commune_codes"]
    communes = catalogue.reference.communes
    each = [sum(communes[code].population for code in codes) for codes in rows]
    assert figures["population"].median == statistics.median(each)
    assert figures["fit"].peers < ROWS["qpv"], "where no contract was read, it is unknown"


def test_a_district_of_three_communes_gathers_what_lies_in_them(catalogue):
    sheet = district_sheet(catalogue, "QN06205M")
    assert "d’Auchel, de Calonne-Ricouart et de Marles-les-Mines" in sheet.sentence
    assert {row["commune_code"] for row in sheet.colleges} == {"62048", "62194", "62555"}
    assert [tie.id for tie in sheet.town_contracts] == ["cv-bethune-bruay"]
    assert "QN06205M" not in {row["code"] for row in sheet.neighbours}
    halls = next(group for group in sheet.services if group.layer == "mairies")
    assert len(halls.rows) == 3


def test_the_sentence_of_a_contract_says_its_money(catalogue, reference):
    sheet = contract_sheet(catalogue, "ct-bethune-bruay")
    sentence = contract_sentence(sheet, reference)
    assert "deux opérations soutenues pour 255\u202f000\u00a0€ de FIT" in sentence
    town = contract_sentence(contract_sheet(catalogue, "cv-marquise"), reference)
    assert "sans détail pour celui-ci" in town


def test_the_zoom_of_a_booklet_is_told_with_its_line(catalogue):
    (zoom,) = contract_sheet(catalogue, "ct-ternois").words.zoom
    assert zoom.text.startswith("Réhabilitation de l’ancienne gare d’Auxi-le-Château")
    assert zoom.source.line
    assert contract_sheet(catalogue, "ct-aire-sur-la-lys").words.zoom == ()


def test_a_subject_lies_in_its_first_commune_first(catalogue):
    places = places_of(catalogue, Subject(SubjectKind.DISTRICT, "QN06209M"))
    assert places == (Perimeter(Level.COMMUNE, "62119"), Perimeter(Level.COMMUNE, "62848"))


def test_a_district_says_who_lives_in_it_and_what_is_not_published(catalogue):
    sheet = district_sheet(catalogue, "QN06202M")
    assert "1\u202f575\u00a0habitants en 2020" in sheet.sentence
    shown = {one.id: one for one in sheet.people}
    assert shown["population"].number == "1\u202f575"
    assert shown["social_housing"].number == "584"
    assert shown["poverty_rate_60"].value is None
    assert shown["poverty_rate_60"].number == "secret statistique ou non publié"
    assert shown["poverty_rate_60"].peers == 62
    assert all(figure.meaning for figure in sheet.people)
    assert {source.producer for source in sheet.sources} >= {
        "Insee, RPLS et CNAF, réunis par l’ANCT"
    }


def test_the_median_of_a_district_figure_is_over_what_is_published(catalogue):
    rows = catalogue.load("qpv")
    shown = {one.id: one for one in district_sheet(catalogue, "QN06201M").people}
    known = sorted(rows["poverty_rate_60"].dropna())
    assert shown["poverty_rate_60"].median == (known[30] + known[31]) / 2
