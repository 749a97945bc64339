"""Écoles, collèges and private lycées, from the ministry's directory."""

import pytest

from app.settings import EMBEDDED_DATA
from layers.catalogue.layers import Catalogue
from layers.colleges import TABLE as COLLEGES
from layers.connectors.declaration import ConnectorError
from layers.connectors.registry import CONNECTORS
from layers.connectors.schools import COLUMNS
from tests.known_totals import ROWS
from tests.layers.connectors.official_files import as_csv
from tests.layers.connectors.taken_files import expecting, shown, take

QUALITIES = {
    "Numéro de rue": "address",
    "Rue": "street",
    "COMMUNE": "commune",
    "Centre de la commune": "commune",
    "": "site",
}


def school(commune, uai, **more):
    return {
        "identifiant_de_l_etablissement": uai,
        "nom_etablissement": "Ecole primaire Jules Ferry",
        "adresse_1": "3 rue des Lilas",
        "code_commune": commune.code,
        "code_postal": commune.postcodes[0],
        "latitude": f"{commune.town_hall.lat}",
        "longitude": f"{commune.town_hall.lon}",
        "libelle_nature": "ECOLE DE NIVEAU ELEMENTAIRE",
        "statut_public_prive": "Public",
        "etat": "OUVERT",
        "date_maj_ligne": "2026-11-12",
    } | more


def as_directory(rows):
    return as_csv([*COLUMNS], rows, ";")


@pytest.fixture
def lens(reference):
    return reference.communes["62498"]


def test_ecoles_are_a_layer_once_they_were_taken(lens, reference, tmp_path):
    rows = [
        school(lens, f"062{number}A", precision_localisation=said, libelle_nature="ECOLE PRIMAIRE")
        for number, said in enumerate(QUALITIES)
    ]
    nursery = {"libelle_nature": "ECOLE MATERNELLE", "statut_public_prive": "Privé"}
    rows += [
        school(lens, "0629B", **nursery),
        rows[0],
        school(lens, "0629C", libelle_nature="ECOLE SPATIALE"),
        school(lens, "0629D", etat="FERME"),
    ]
    count = len(QUALITIES) + 1
    taken = take(expecting(CONNECTORS["ecoles"], count), as_directory(rows), reference, tmp_path)
    assert taken.count == count
    assert "ECOLE SPATIALE" in taken.told[0]
    assert "ecoles" not in Catalogue(reference, EMBEDDED_DATA).layers
    catalogue = shown(reference, tmp_path)
    layer = catalogue.given("ecoles").set_index("site_id")
    assert [*QUALITIES.values(), "site"] == layer["precision"].tolist()
    assert layer.loc["0629B", "kind"] == "école maternelle privée"
    assert layer.loc["0620A", "kind"] == "école primaire publique"
    assert "12 novembre 2026" in catalogue.layer("ecoles").sources[0].vintage


def test_private_lycees_are_told_from_public_ones_and_by_their_contract(lens, reference, tmp_path):
    contracts = {"A": "CONTRAT D'ASSOCIATION TOUTES CLASSES", "B": "HORS CONTRAT", "C": ""}
    rows = [
        school(lens, f"0621{sign}", type_contrat_prive=said, statut_public_prive="Privé")
        for sign, said in contracts.items()
    ]
    rows.append(school(lens, "0621D"))
    connector = expecting(CONNECTORS["lycees-prives"], 3)
    assert take(connector, as_directory(rows), reference, tmp_path).count == 3
    kinds = shown(reference, tmp_path).load("lycees_prives").set_index("site_id")["kind"]
    assert kinds["0621A"] == "lycée privé sous contrat"
    assert kinds["0621B"] == kinds["0621C"] != kinds["0621A"]


def test_colleges_get_new_names_and_points_and_keep_their_pupils(reference, tmp_path):
    known = COLLEGES.texts(EMBEDDED_DATA)
    rows = [
        school(reference.communes[row["commune_code"]], row["uai"], nom_etablissement=row["name"])
        for row in known.to_dict("records")
    ]
    rows[0] |= {"nom_etablissement": "Collège Simone Veil"}
    rows[1] |= {"precision_localisation": "COMMUNE"}
    gone = rows.pop()
    rows.append(school(reference.communes["62498"], "0629999Z", nom_etablissement="Collège neuf"))
    taken = take(CONNECTORS["colleges"], as_directory(rows), reference, tmp_path)
    assert taken.count == ROWS["colleges"]
    new, absent = taken.told
    assert "Collège neuf" in new
    assert gone["nom_etablissement"] in absent
    catalogue = shown(reference, tmp_path)
    before = Catalogue(reference, EMBEDDED_DATA).load("colleges").set_index("uai")
    after = catalogue.load("colleges").set_index("uai")
    assert after["pupils"].equals(before["pupils"])
    first, second = known["uai"].iloc[[0, 1]]
    assert after.loc[first, "name"] == "Collège Simone Veil"
    given = catalogue.given("colleges").set_index("uai")
    assert given.loc[[first, second], "precision"].tolist() == ["site", "commune"]
    pupils, points = catalogue.layer("colleges").sources
    assert pupils.vintage == "rentrée 2022"
    assert points.title == "Annuaire de l’éducation"


def test_half_of_the_directory_is_refused(lens, reference, tmp_path):
    rows = [school(lens, f"062{number}A", libelle_nature="ECOLE PRIMAIRE") for number in range(5)]
    with pytest.raises(ConnectorError, match="incomplet"):
        take(expecting(CONNECTORS["ecoles"], 10), as_directory(rows), reference, tmp_path)
