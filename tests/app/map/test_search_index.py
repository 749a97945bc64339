"""The search box knows every place and every object, each once."""

import pytest

from app.map.search_index import search_groups
from layers.catalogue.layers import Catalogue
from tests.known_operations import OPERATIONS
from tests.known_totals import ROWS


@pytest.fixture(scope="module")
def groups(catalogue):
    return {group["group"]: group["items"] for group in search_groups(catalogue)}


def test_every_kind_is_complete(groups):
    assert {kind: len(items) for kind, items in groups.items() if kind != "Anciennes communes"} == {
        "Département": 1,
        "Communes": ROWS["communes"],
        "EPCI": ROWS["epcis"],
        "Territoires": ROWS["territoires"],
        "Cantons": ROWS["cantons"],
        "Secteurs des MDS": ROWS["secteurs_mds"],
        "Opérations FIT": len(OPERATIONS),
        "Quartiers prioritaires": ROWS["qpv"],
        "Contrats": 15,
        "Autres projets du Département": ROWS["projets_aides"],
        "Collèges": ROWS["colleges"],
        "Lycées publics": ROWS["lycees"],
        "France services": ROWS["france_services"],
        "Centres d’incendie et de secours (pompiers)": ROWS["centres_incendie"],
        "Établissements de santé": ROWS["hopitaux"],
        "Gares": ROWS["gares"],
        "Sites départementaux": ROWS["sites_departementaux"],
        "Sièges du SDIS": ROWS["sieges_incendie"],
        "Mairies": ROWS["mairies"],
    }


def test_values_are_unique(groups):
    values = [value for items in groups.values() for value, *_ in items]
    assert len(values) == len(set(values))


def test_names_are_in_french_order(groups):
    names = [label for _, label, *_ in groups["Communes"]]
    assert names.index("Écoivres") < names.index("Ecquedecques") < names.index("Étaples")


def test_a_former_commune_leads_to_todays(groups):
    former = {label: (value, detail) for value, label, detail in groups["Anciennes communes"]}
    value, detail = former["Marconne"]
    assert value.startswith("commune:62447#")
    assert "Hesdin-la-Forêt" in detail


def test_contracts_and_districts_are_opened_themselves(groups):
    assert all(value.startswith("contrat:") for value, *_ in groups["Contrats"])
    districts = {value: detail for value, _, detail in groups["Quartiers prioritaires"]}
    assert "Auchel, Calonne-Ricouart, Marles-les-Mines" in districts["qpv:QN06205M"]


def test_communes_carry_their_inhabitants(catalogue, reference):
    (communes,) = (g for g in search_groups(catalogue) if g["group"] == "Communes")
    people = {
        value: weight
        for (value, _, _), weight in zip(communes["items"], communes["weights"], strict=True)
    }
    assert people["commune:62193"] == reference.communes["62193"].population


def test_a_layer_that_fails_leaves_the_other_kinds(reference, tmp_path):
    kinds = {group["group"] for group in search_groups(Catalogue(reference, tmp_path))}
    assert "Communes" in kinds
    assert "Collèges" not in kinds


def test_the_departement_is_found_by_what_it_is(catalogue):
    [group] = [one for one in search_groups(catalogue) if one["group"] == "Département"]
    [(value, label, _, others)] = group["items"]
    assert (value, label) == ("departement:62", "Pas-de-Calais")
    assert "CD62" in others.split("|")
