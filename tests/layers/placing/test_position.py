"""Every row of every layer is where its source, its words or a person put it, and says how sure."""

import shutil

import pytest

from geo.geocoder.place import Place
from geo.precision import Precision
from layers.catalogue.layers import LAYERS, Catalogue
from layers.model.points import CONFIDENCE, DISTRICT
from layers.model.schema import LayerError
from layers.placing.answers import FILE, all_asked, geocode_asked, given_geocoder, write_answers
from layers.placing.position import chance_of
from layers.placing.words import Asked, words_of
from layers.review.doubts import review

POINTS = [layer for layer in LAYERS if layer.geometry == "point"]


@pytest.fixture
def copied(data, tmp_path):
    """Return a copy of the tables that operations are placed with."""
    for folder in ("contracts", "districts", "gazetteer", "projects", "services"):
        shutil.copytree(data / folder, tmp_path / folder)
    for file in ("documents.csv", "geocoded.csv", "quotations.csv"):
        shutil.copy(data / file, tmp_path)
    return tmp_path


def correct(folder, *rows):
    head = "layer,key,name,longitude,latitude,commune_code,precision,said_by,reason,date"
    (folder / "positions.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")


def test_the_answers_kept_are_those_of_today(catalogue):
    answers = geocode_asked(given_geocoder(catalogue), dict.fromkeys(all_asked(catalogue)))
    kept = (catalogue.data / FILE).read_text(encoding="utf-8")
    assert write_answers(answers) == kept, "atlas62 positions calculer"


@pytest.mark.parametrize("layer", POINTS, ids=lambda layer: layer.id)
def test_every_row_says_how_sure_and_who_says_so(catalogue, layer):
    assert CONFIDENCE in layer.fields
    rows = catalogue.load(layer.id)
    assert rows["confidence"].between(0.5, 1).all()
    assert rows["position_source"].notna().all()
    if DISTRICT in layer.fields:
        assert rows["district"].notna().all()


@pytest.mark.parametrize("layer", POINTS, ids=lambda layer: layer.id)
def test_no_exact_point_of_a_source_is_moved(catalogue, layer):
    given, rows = catalogue.given(layer.id), catalogue.load(layer.id)
    exact = given["precision"] != Precision.COMMUNE
    assert (rows.geometry[exact] == given.geometry[exact]).all()
    assert (rows["commune_code"] == given["commune_code"]).all()


def test_an_operation_stands_at_the_station_that_its_fiche_names(catalogue):
    operation = catalogue.load("operations").set_index("id").loc["2023-534-bethune-bruay-1"]
    station = catalogue.load("gares").set_index("station_code").loc["NOX"]
    assert operation.geometry == station.geometry
    assert operation["precision"] == Precision.SITE
    assert "SNCF" in operation["position_source"]


def test_a_quartier_that_the_words_name_is_told(catalogue):
    operation = catalogue.load("operations").set_index("id").loc["2023-534-grand-calais-1"]
    districts = catalogue.load("qpv").set_index("name").geometry
    assert operation["precision"] == Precision.DISTRICT
    assert operation.geometry.within(districts["Fort Nieulay - Cailloux - Saint-Pierre"])
    assert operation["position_note"] == (
        "Ses mots citent un quartier ; le point est dans ce quartier, non au site : "
        "Quartier Fort Nieulay - Cailloux - Saint-Pierre."
    )
    assert operation["district"].startswith("Dans une commune qui a un QPV")
    assert operation["district"].endswith("(position au quartier près).")


def test_a_street_known_by_a_neighbour_is_better_than_the_town_hall(catalogue):
    row = catalogue.load("hopitaux").set_index("name").loc["Santélys – HAD du Béthunois"]
    assert row["precision"] == Precision.STREET
    assert "rue Delbecque" in row["address"]
    assert "Rue connue" in row["position_note"]


def test_a_correction_wins_and_says_whose_it_is(reference, copied):
    correct(
        copied,
        "operations,2023-534-ternois-1,a,2.34,50.38,62767,site,Mairie,Vu,2026-01-05",
        "operations,2023-534-ternois-1,a,2.3345,50.3802,62767,address,MDADT,Sur place,2026-01-06",
    )
    rows = Catalogue(reference, copied).load("operations").set_index("id")
    row = rows.loc["2023-534-ternois-1"]
    assert (row.geometry.x, row.geometry.y) == (2.3345, 50.3802)
    assert (row["precision"], row["confidence"]) == ("address", 1.0)
    assert row["position_source"] == "MDADT"
    assert row["position_note"] == "Position donnée par MDADT : Sur place."


def test_a_correction_wins_over_the_exact_point_of_a_source(reference, copied):
    rows = Catalogue(reference, copied).load("gares").set_index("station_code")
    assert rows.loc["NOX", "precision"] == Precision.SITE
    correct(copied, "gares,NOX,a,2.66,50.48,62617,street,Mairie,Déplacée,2026-01-05")
    moved = Catalogue(reference, copied).load("gares").set_index("station_code").loc["NOX"]
    assert (moved.geometry.x, moved.geometry.y, moved["precision"]) == (2.66, 50.48, "street")


def test_the_gravest_doubt_is_reviewed_first_and_what_was_corrected_last(reference, copied):
    open_ = review(Catalogue(reference, copied))
    gravity = ["commune", "écart", "point", "imprécise"]
    assert [one.doubt for one in open_] == sorted((o.doubt for o in open_), key=gravity.index)
    assert len({one.doubt for one in open_}) > 1
    first = open_[0]
    correct(
        copied,
        f"{first.layer.id},{first.key},a,2.34,50.38,62767,site,Mairie,Vu,2026-01-05",
    )
    then = review(Catalogue(reference, copied))
    assert {one.correction is None for one in then[:-1]} == {True}
    if len(then) == len(open_):
        assert (then[-1].key, then[-1].correction is not None) == (first.key, True)


def test_a_damaged_correction_is_told_with_its_line(reference, copied):
    correct(copied, "operations,x,a,ici,50.38,62767,site,Mairie,Vu,2026-01-05")
    with pytest.raises(LayerError, match=r"positions\.csv.*ligne 2.*longitude.*« ici »"):
        Catalogue(reference, copied).load("operations")


def test_what_was_not_asked_before_is_asked_now(catalogue, reference, copied):
    (copied / FILE).unlink()
    rows, known = Catalogue(reference, copied).load("operations"), catalogue.load("operations")
    columns = ["commune_code", "precision", "confidence"]
    assert rows[columns].equals(known[columns])


def test_without_a_gazetteer_rows_stay_and_confidence_is_not_known(reference, copied):
    (copied / FILE).unlink()
    shutil.rmtree(copied / "gazetteer")
    rows = Catalogue(reference, copied).load("operations")
    assert rows["confidence"].isna().all()
    assert set(rows["precision"]) == {"commune"}


def test_operations_are_looked_for_in_the_perimeter_of_their_contract(catalogue):
    layer = catalogue.layer("operations")
    asked = words_of(catalogue, layer, catalogue.given(layer.id))
    assert Asked("rue Gobron", "commune:62325") in asked


def test_chance_of_another_commune_is_that_of_the_alternative(geocoder):
    place = geocoder.geocode("Auchy")
    other = place.alternatives[0]
    assert chance_of(place, other.commune_code) == other.confidence
    assert chance_of(Place("x"), "62041") == 0
