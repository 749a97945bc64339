"""The search box knows every place and every object, each once."""

import pytest

from app.search_index import search_groups


@pytest.fixture(scope="module")
def groups(catalogue):
    return {group["group"]: group["items"] for group in search_groups(catalogue)}


def test_every_kind_is_complete(groups):
    assert {kind: len(items) for kind, items in groups.items() if kind != "Anciennes communes"} == {
        "Communes": 887,
        "EPCI": 20,
        "Territoires": 7,
        "Cantons": 39,
        "Secteurs des MDS": 9,
        "Opérations FIT": 7,
        "Quartiers prioritaires": 64,
        "Collèges": 157,
    }


def test_values_are_unique(groups):
    values = [value for items in groups.values() for value, _, _ in items]
    assert len(values) == len(set(values))


def test_names_are_in_french_order(groups):
    names = [label for _, label, _ in groups["Communes"]]
    assert names.index("Écoivres") < names.index("Ecquedecques") < names.index("Étaples")


def test_a_former_commune_leads_to_todays(groups):
    former = {label: (value, detail) for value, label, detail in groups["Anciennes communes"]}
    value, detail = former["Marconne"]
    assert value.startswith("commune:62447#")
    assert "Hesdin-la-Forêt" in detail
