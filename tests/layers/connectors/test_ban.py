"""The national base of addresses, from its file to what the geocoder reads."""

import pytest

from app.settings import EMBEDDED_DATA
from geo.geocoder.addresses.index import Addresses
from layers.connectors.ban import CONNECTOR, LIEUX_DITS
from layers.connectors.declaration import ConnectorError
from tests.layers.connectors.ban_files import LOCALITIES, as_ban, houses_of
from tests.layers.connectors.taken_files import expecting, facts, take

ARRAS = "62041"


@pytest.fixture
def arras(reference):
    return reference.communes[ARRAS]


def test_the_file_becomes_streets_that_the_facts_hold(arras, reference, tmp_path):
    rows = houses_of(arras, "Rue de la Paix", [2, "2bis", 4]) + houses_of(
        arras, "Rue Haute", [7], kind="segment"
    )
    rows[0] |= {"code_insee": "62041"}
    assert take(expecting(CONNECTOR, 4), as_ban(rows), reference, tmp_path).count == 4
    places = [
        {"nom_lieu_dit": "Le Moulin", "code_insee": ARRAS, "lon": row["lon"], "lat": row["lat"]}
        for row in rows[:3]
    ]
    take(expecting(LIEUX_DITS, 3), as_ban(places, LOCALITIES), reference, tmp_path)
    known = Addresses.open(facts(tmp_path) / "gazetteer")
    (street,) = known.streets(ARRAS)["rue paix"]
    (house,) = known.houses(street, 2, "bis")
    assert (house.lon, house.lat) == (float(rows[1]["lon"]), float(rows[1]["lat"]))
    (other,) = known.streets(ARRAS)["rue haute"]
    assert [known.houses(other, 7, "")[0].along, house.along] == [True, False]
    assert [*known.localities(ARRAS)] == ["moulin"]
    assert not Addresses.open(EMBEDDED_DATA / "gazetteer")


def test_an_old_code_is_that_of_the_commune_of_today(reference, tmp_path):
    today = reference.communes["62447"]
    rows = [{**row, "code_insee": "62549"} for row in houses_of(today, "Rue du Bois", [1, 3])]
    taken = take(expecting(CONNECTOR, 2), as_ban(rows), reference, tmp_path)
    assert taken.count == 2
    assert [*Addresses.open(facts(tmp_path) / "gazetteer").streets("62447")] == ["rue boi"]


def test_what_has_no_point_or_one_elsewhere_is_left_out_and_told(arras, reference, tmp_path):
    rows = houses_of(arras, "Rue de la Paix", range(1, 12))
    rows[3] |= {"lon": "", "lat": ""}
    rows[4] |= {"lon": "0", "lat": "0"}
    rows[5] |= {"lon": "1.2"}
    taken = take(expecting(CONNECTOR, 8), as_ban(rows), reference, tmp_path)
    assert taken.count == 8
    unplaced, far = [told.replace("\N{NO-BREAK SPACE}", " ") for told in taken.told]
    assert unplaced.startswith("2 adresses laissées de côté, sans point")
    assert far.startswith("1 adresse laissée de côté, à plus de 500 m")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lon": "50.29", "lat": "2.77"}, "longitudes et latitudes"),
        ({"lon": "nan", "lat": "inf"}, "aucune adresse"),
        ({"code_insee": "62999"}, "62999"),
        ({}, "incomplet"),
    ],
)
def test_a_file_that_cannot_be_true_is_refused(arras, reference, tmp_path, change, said):
    rows = [row | change for row in houses_of(arras, "Rue de la Paix", range(1, 12))]
    count = 11 if change else 700
    with pytest.raises(ConnectorError, match=said):
        take(expecting(CONNECTOR, count), as_ban(rows), reference, tmp_path)
