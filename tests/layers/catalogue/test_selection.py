import pytest

from geo.perimeter import DEPARTEMENT, Level, Perimeter, UnknownPlaceError
from layers.catalogue.selection import find_perimeter, select

CALAIS = Perimeter(Level.EPCI, "200090751")


def chosen(catalogue, layer_id, perimeter):
    layer, rows = catalogue.layer(layer_id), catalogue.load(layer_id)
    return select(layer, rows, perimeter, catalogue.reference)


def test_points_are_those_of_the_communes(catalogue):
    _, rows = chosen(catalogue, "mairies", CALAIS)
    assert sorted(rows["commune_code"]) == list(catalogue.reference.members(CALAIS))


@pytest.mark.parametrize("level", [Level.EPCI, Level.TERRITORY, Level.MDS, Level.CANTON])
def test_the_communes_of_every_perimeter_are_its_members(catalogue, level):
    for perimeter in catalogue.reference.perimeters(level):
        _, rows = chosen(catalogue, "communes", perimeter)
        assert sorted(rows["code"]) == sorted(catalogue.reference.members(perimeter))


def test_a_commune_is_in_one_epci_and_its_cantons(catalogue):
    calais = Perimeter(Level.COMMUNE, "62193")
    assert list(chosen(catalogue, "epcis", calais)[1]["code"]) == ["200090751"]
    assert len(chosen(catalogue, "cantons", calais)[1]) == 3
    assert len(chosen(catalogue, "contrats", calais)[1]) == 1


def test_the_selection_says_where_it_is_and_keeps_its_sources(catalogue):
    layer, _ = chosen(catalogue, "colleges", CALAIS)
    assert layer.title == "Collèges\u00a0: CA Grand Calais Terres & Mers"
    assert layer.sources == catalogue.layer("colleges").sources


def test_the_departement_is_everything(catalogue):
    layer, rows = chosen(catalogue, "gares", DEPARTEMENT)
    assert layer is catalogue.layer("gares")
    assert rows is catalogue.load("gares")


def test_a_contract_stands_for_the_perimeter_of_its_partner(catalogue):
    for row in catalogue.load("contrats").to_dict("records"):
        found = find_perimeter(catalogue, f" contrat:{row['id']}")
        assert (str(found.perimeter), found.contract) == (row["perimeter"], row["id"])


def test_a_former_commune_is_read_as_todays_and_told(catalogue):
    perimeter, remark, _ = find_perimeter(catalogue, "commune:62461")
    assert perimeter.code == "62447"
    assert "62447" in remark or "Hesdin" in remark


@pytest.mark.parametrize("text", ["contrat:nul", "epci:123456789", "", "zzzzqqq", "contrat:"])
def test_what_does_not_exist_is_told(catalogue, text):
    with pytest.raises(UnknownPlaceError, match=r"inconnu|illisible"):
        find_perimeter(catalogue, text)


@pytest.mark.parametrize("text", ["departement", "departement:62", " Pas-de-Calais "])
def test_the_departement_has_several_names(catalogue, text):
    assert find_perimeter(catalogue, text).perimeter == DEPARTEMENT
