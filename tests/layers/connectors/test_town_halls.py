"""Town halls, from the directory of the administration: one for each commune, none invented."""

import json

import pytest

from layers.connectors.declaration import ConnectorError
from layers.connectors.registry import CONNECTORS
from layers.french.opening_hours import say_hours
from tests.known_totals import ROWS
from tests.layers.connectors.official_files import as_csv
from tests.layers.connectors.taken_files import shown, take

CONNECTOR = CONNECTORS["mairies"]
WEEK = {
    "nom_jour_debut": "Lundi",
    "nom_jour_fin": "Vendredi",
    "valeur_heure_debut_1": "08:30:00",
    "valeur_heure_fin_1": "12:00:00",
    "valeur_heure_debut_2": "14:00:00",
    "valeur_heure_fin_2": "17:00:00",
    "commentaire": "",
}
SATURDAY = {"nom_jour_debut": "Samedi", "valeur_heure_debut_1": "09:00:00"} | {
    "valeur_heure_fin_1": "11:45:00"
}


def hall(commune, name="", *, code="", kind="mairie", site="", **place):
    """Return a row as the export has it: objects as JSON in strings."""
    point = commune.town_hall
    where = {
        "type_adresse": "Adresse",
        "numero_voie": "1 place de la Mairie",
        "code_postal": commune.postcodes[0],
        "nom_commune": commune.name,
        "longitude": f"{point.lon}",
        "latitude": f"{point.lat}",
    } | place
    return {
        "nom": name or f"Mairie - {commune.name}",
        "code_insee_commune": code or commune.code,
        "pivot": json.dumps([{"type_service_local": kind, "code_insee_commune": [commune.code]}]),
        "adresse": json.dumps([{"type_adresse": "Adresse postale", "numero_voie": "BP 1"}, where]),
        "telephone": json.dumps([{"valeur": "03 21 00 00 00", "description": ""}]),
        "site_internet": json.dumps([{"libelle": "", "valeur": site}]) if site else "",
        "plage_ouverture": json.dumps([WEEK]),
        "date_modification": "12/11/2026 10:21:15",
    }


def as_directory(rows):
    return as_csv([*CONNECTOR.columns], rows, ";")


@pytest.fixture(scope="module")
def halls(reference):
    """All of them, by commune, and one of another département."""
    other = {**hall(reference.communes["62041"]), "code_insee_commune": "59350"}
    return {code: hall(one) for code, one in reference.communes.items()} | {"": other}


@pytest.fixture(scope="module")
def town_halls(halls, reference, tmp_path_factory):
    """The layer, of a directory with what goes wrong in it, and what was told."""
    communes, folder = reference.communes, tmp_path_factory.mktemp("halls")
    lens, arras = communes["62498"], communes["62041"]
    rows = {code: row for code, row in halls.items() if code != "62001"}
    rows["62002"] = hall(communes["62002"], longitude="", latitude="")
    rows["62041"] = hall(arras, longitude="2.1", latitude="50.9")
    rows["62498"] = hall(lens, site="https://villedelens.fr", numero_voie="17 place Jean-Jaurès")
    rows["62003"] = hall(communes["62003"], site="javascript:alert(1)")
    second = hall(lens, f"Mairie déléguée - {lens.name}", numero_voie="9 rue d’à côté")
    office = hall(lens, "Maison de justice", kind="maison_justice", numero_voie="2 rue du Palais")
    taken = take(CONNECTOR, as_directory([second, office, *rows.values()]), reference, folder)
    catalogue = shown(reference, folder)
    return taken, catalogue, catalogue.given("mairies").set_index("commune_code")


def test_each_commune_has_one_as_the_directory_says_it(town_halls, reference):
    taken, catalogue, rows = town_halls
    assert rows.index.is_unique
    assert len(rows) == taken.count == len(reference.communes) == ROWS["mairies"] + 1
    assert catalogue.state("mairies").message == ""
    lens = rows.loc["62498"]
    assert (
        lens["address"] == f"17 place Jean-Jaurès, {reference.communes['62498'].postcodes[0]} Lens"
    )
    assert (lens["phone"], lens["website"]) == ("03 21 00 00 00", "https://villedelens.fr")
    assert lens["opening_hours"] == "du lundi au vendredi 8 h 30 – 12 h et 14 h – 17 h"
    assert (lens["precision"], lens["name"]) == ("site", "Mairie – Lens")
    assert "ne dit pas la qualité" in lens["position_note"]
    assert not isinstance(rows.loc["62003", "website"], str)
    embedded, directory = catalogue.layer("mairies").sources
    assert "2020" in embedded.vintage
    assert directory.vintage == "dernière ligne datée du 12 novembre 2026"


def test_one_without_a_point_or_with_one_elsewhere_stands_where_it_was(town_halls, reference):
    _, _, rows = town_halls
    for code, said in (("62002", "ne donne pas de point"), ("62041", "écarté")):
        known = reference.communes[code].town_hall
        row = rows.loc[code]
        assert (row.geometry.x, row.geometry.y) == pytest.approx((known.lon, known.lat), abs=1e-5)
        assert row["precision"] == "commune"
        assert said in row["position_note"]


def test_a_commune_that_is_not_listed_keeps_what_was_known_and_it_is_said(town_halls, reference):
    taken, _, rows = town_halls
    known = reference.communes["62001"].town_hall
    row = rows.loc["62001"]
    assert (row["address"], row["phone"]) == (known.address, known.phone)
    assert row["precision"] == known.precision == "site"
    assert row["position_note"].endswith("telle que le projet l’avait.")
    absent, pointless, others = (text.replace("\u00a0", " ") for text in taken.told)
    assert absent.startswith("1 commune sans mairie")
    assert "Ablain-Saint-Nazaire" in absent
    assert pointless.startswith("1 mairie sans point")
    assert "Ablainzevelle" in pointless
    assert others.startswith("1 site laissé de côté")
    assert "9 rue d’à côté" in others


def test_a_commune_without_an_address_that_nobody_knew_is_left_out(halls, reference, tmp_path):
    unknown = next(one for one in reference.communes.values() if one.town_hall.address is None)
    rows = {**halls, unknown.code: {**halls[unknown.code], "adresse": ""}}
    taken = take(CONNECTOR, as_directory(rows.values()), reference, tmp_path)
    assert taken.count == ROWS["mairies"]
    assert any("sans adresse" in told for told in taken.told)


def test_of_a_commune_that_was_two_the_town_hall_of_today_is_taken(halls, reference, tmp_path):
    former = "62110"
    today, _ = reference.resolve_code(former)
    assert today != former
    old = hall(reference.communes[today], code=former, numero_voie="3 rue d’avant")
    taken = take(CONNECTOR, as_directory([old, *halls.values()]), reference, tmp_path)
    rows = shown(reference, tmp_path).given("mairies").set_index("commune_code")
    assert "d’avant" not in rows.loc[today, "address"]
    assert any("d’avant" in told for told in taken.told)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows[: len(rows) // 2], "incomplet"),
        (lambda rows: [*rows, {**rows[0], "adresse": "1 place de la Mairie"}], "« adresse »"),
        (lambda rows: [*rows, {**rows[0], "pivot": '["mairie"]'}], "« pivot »"),
        (lambda rows: [*rows, {**rows[0], "code_insee_commune": "62999"}], "62999"),
    ],
)
def test_a_directory_that_is_not_what_it_was_is_refused(halls, reference, tmp_path, change, said):
    with pytest.raises(ConnectorError, match=said):
        take(CONNECTOR, as_directory(change([*halls.values()])), reference, tmp_path)


def test_opening_hours_that_are_none_are_left_out():
    broken = {"nom_jour_debut": "Mardi", "valeur_heure_debut_1": "matin", "valeur_heure_fin_1": "x"}
    assert say_hours([SATURDAY, broken, {}]) == "samedi 9 h – 11 h 45"
