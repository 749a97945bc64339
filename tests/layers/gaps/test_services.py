import pytest

from layers.gaps.presets import PRESETS, find_service, services_of
from layers.gaps.services import ServiceError
from tests.known_totals import ROWS
from tests.layers.three_towns import three_towns


def test_every_point_layer_can_be_asked_about(catalogue):
    points = {layer.id for layer in catalogue.layers.values() if layer.geometry == "point"}
    assert points - set(services_of(catalogue)) == {"sieges_incendie"}


@pytest.mark.parametrize(
    ("service_id", "rows", "left_out"),
    [
        ("colleges_publics", 125, 32),
        ("colleges", ROWS["colleges"], 0),
        ("maisons_departement", 7, 13),
        ("sites_departementaux", 15, 5),
        ("france_services", 47, 3),
        ("centres_incendie", 47, 0),
        ("mairies", ROWS["mairies"], 0),
        ("gares", ROWS["gares"], 0),
        ("hopitaux", 32, 46),
        ("urgences", 11, 67),
        ("lycees", 66, 0),
    ],
)
def test_the_rows_that_count_and_those_left_out(catalogue, service_id, rows, left_out):
    service = find_service(catalogue, service_id)
    assert len(service.rows(catalogue)) == rows
    told = [text for text in service.remarks(catalogue) if "de côté" in text]
    assert len(told) == (1 if left_out else 0)
    if told:
        assert told[0].startswith(f"{left_out}\u00a0lignes laissées de côté sur {rows + left_out}")


def test_headquarters_are_no_fire_station(catalogue):
    rows = find_service(catalogue, "centres_incendie").rows(catalogue)
    assert set(rows["kind"]) == {"centre d’incendie et de secours"}
    with pytest.raises(ServiceError, match="« sieges_incendie » inconnu"):
        find_service(catalogue, "sieges_incendie")


def test_an_incomplete_list_says_so(catalogue):
    for service_id in ("maisons_departement", "sites_departementaux"):
        remarks = find_service(catalogue, service_id).remarks(catalogue)
        assert any("Liste incomplète" in remark for remark in remarks)


def test_positions_known_to_the_commune_are_counted(catalogue):
    (told,) = [
        text
        for text in find_service(catalogue, "centres_incendie").remarks(catalogue)
        if "à la commune près" in text and "lieu" in text
    ]
    assert told.startswith("45\u00a0lieux sur 47 ")


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_a_preset_elides_after_d(preset):
    assert preset.one.startswith(("un ", "une "))


def test_an_unknown_service_is_told_with_those_there_are(catalogue):
    with pytest.raises(ServiceError, match=r"« piscines » inconnu.*colleges_publics.*lycees"):
        find_service(catalogue, "piscines")


def test_a_service_without_a_place_is_a_sentence(reference):
    catalogue = three_towns(reference, lit=())
    with pytest.raises(ServiceError, match="« phares » : la couche « phares » n’en a aucun"):
        find_service(catalogue, "phares").rows(catalogue)
