"""Which of four positions a row has, and in which words: rows and answers of a few lines each."""

import math
from dataclasses import replace
from types import SimpleNamespace

import pytest

from geo.geocoder.location import REFERENCE
from geo.geocoder.place import Place
from geo.precision import Precision
from layers.placing.corrections import Correction
from layers.placing.position import _choose

ARRAS, LENS = "62041", "62498"
HOSPITAL = SimpleNamespace(
    id="hopitaux",
    sources=(SimpleNamespace(producer="FINESS"),),
    title_of=lambda row: row["name"],
)
OPERATION = SimpleNamespace(**{**vars(HOSPITAL), "id": "operations"})
AT_TOWN_HALL = {
    "name": "Clinique", "commune_code": ARRAS, "commune": "Arras", "lon": 2.77, "lat": 50.29,
    "precision": "commune", "position_note": None,
}  # fmt: skip
AT_SOURCE = {**AT_TOWN_HALL, "precision": "site", "position_note": "Point du répertoire."}
STREET = Place(
    "rue X", Precision.STREET, 0.9, 2.78, 50.3, ARRAS, "Arras", label="Rue X", source="BAN"
)


@pytest.fixture
def choose(reference):
    def chosen(row, place=None, correction=None, layer=HOSPITAL):
        return _choose(row, place, correction, layer, reference)

    return chosen


def test_a_sharper_point_of_the_same_commune_is_taken(choose):
    found = choose(AT_TOWN_HALL, STREET)
    assert (found.lon, found.lat, found.precision) == (2.78, 50.3, "street")
    assert (found.commune_code, found.commune) == (ARRAS, "Arras")
    assert found.position_source == "BAN"
    assert found.position_note == "Adresse trouvée : Rue X."


@pytest.mark.parametrize(
    "place",
    [
        replace(STREET, commune_code=LENS),
        replace(STREET, precision=Precision.COMMUNE),
        replace(STREET, commune_code=LENS, precision=Precision.COMMUNE),
    ],
)
def test_a_point_of_another_commune_or_as_vague_is_not(choose, place):
    found = choose(AT_TOWN_HALL, place)
    assert (found.lon, found.lat, found.precision) == (2.77, 50.29, "commune")
    assert found.position_source == REFERENCE
    assert found.position_note is None


def test_the_point_of_a_source_stays_with_its_note(choose):
    found = choose(AT_SOURCE, STREET)
    assert (found.lon, found.lat, found.precision) == (2.77, 50.29, "site")
    assert (found.position_source, found.position_note) == ("FINESS", "Point du répertoire.")
    assert choose({**AT_SOURCE, "position_note": float("nan")}, STREET).position_note is None


def test_without_an_answer_the_row_stays_and_its_confidence_is_not_known(choose):
    found = choose({**AT_TOWN_HALL, "position_note": "À la mairie."})
    assert (found.precision, found.position_source) == ("commune", REFERENCE)
    assert found.position_note == "À la mairie."
    assert math.isnan(found.confidence)


def test_each_witness_makes_a_commune_surer(choose):
    doubtful = replace(STREET, confidence=0.5)
    words = choose(AT_TOWN_HALL, doubtful, layer=OPERATION).confidence
    commune = choose(AT_TOWN_HALL, doubtful).confidence
    point = choose(AT_SOURCE, doubtful).confidence
    assert words == 0.5, "the commune of an operation is read from the words: no witness"
    assert words < commune < point <= 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"precision": Precision.SITE, "point_remark": "Sûr."},
            "Placé d’après ses mots : Rue X. Sûr.",
        ),
        ({"precision": Precision.SITE}, "Placé d’après ses mots : Rue X."),
        (
            {"precision": Precision.DISTRICT},
            "Ses mots citent un quartier ; le point est dans ce quartier, non au site : Rue X.",
        ),
        ({"point_remark": "Rue connue."}, "Rue connue."),
    ],
)
def test_what_was_found_is_told(choose, change, told):
    assert choose(AT_TOWN_HALL, replace(STREET, **change)).position_note == told


def test_words_that_name_no_known_point_are_told_beside_the_note_of_the_source(choose):
    vague = replace(STREET, precision=Precision.COMMUNE, point_remark="Rue inconnue.")
    row = {**AT_TOWN_HALL, "position_note": "À la mairie."}
    assert choose(row, vague).position_note == "À la mairie. Rue inconnue."
    assert choose(AT_TOWN_HALL, vague).position_note == "Rue inconnue."
    assert choose(row, replace(vague, commune_code=LENS)).position_note == "À la mairie."
    assert choose(row, replace(vague, text="Clinique, rue X")).position_note == "À la mairie."


def test_a_correction_names_who_gave_it_and_the_commune_of_today(choose):
    given = Correction(
        "hopitaux", "1", "Clinique", 2.45, 50.63, "62110", "address", "MDADT",
        "Vu sur place...", "2026-01-05",
    )  # fmt: skip
    found = choose(AT_SOURCE, STREET, given)
    assert (found.lon, found.lat, found.precision, found.confidence) == (2.45, 50.63, "address", 1)
    assert (found.commune_code, found.commune) == ("62473", "Isbergues")
    assert found.position_source == "MDADT"
    note = found.position_note
    assert note.startswith("Position donnée par MDADT : Vu sur place. ")
    assert "Berguette" in note
    same = choose(AT_SOURCE, STREET, replace(given, commune_code=LENS))
    assert same.position_note == "Position donnée par MDADT : Vu sur place."
