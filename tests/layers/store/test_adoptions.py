"""Who adopted a layer, and who may replace it: a title, and its identifier, say neither."""

import sqlite3
from contextlib import closing

import pytest

from layers.store.protocol import StoreError
from tests.layers.store.test_geopackage import described, ids, rows, store  # noqa: F401 - a fixture


def test_one_more_layer_has_an_identifier_of_its_own(store):  # noqa: F811
    assert store.add(described(), rows(), source="aa").id == "lieux"
    assert store.add(described(), rows(1), source="bb").id == "lieux_2"
    assert store.add(described(), rows(2), taken={"lieux_3"}).id == "lieux_4"
    assert [len(layer.read(None, None)) for layer in store.layers()] == [3, 1, 2]
    told = [(each.source, each.rows) for each in store.adoptions().values()]
    assert told == [("aa", 3), ("bb", 1), ("", 2)]


def test_only_who_adopted_it_and_the_operator_replace_a_layer(store):  # noqa: F811
    store.add(described(), rows(), source="aa")
    for layer_id in ("lieux", "inconnue"):
        with pytest.raises(StoreError, match=r"seul l’exploitant.*Rien n’est changé"):
            store.adopt(described(layer_id), rows(1), replace=True, source="bb")
    assert ids(store) == ["lieux"]
    replaced = store.adopt(described(title="Revus"), rows(2), replace=True, source="aa")
    assert (replaced.description.title, replaced.rows) == ("Lieux", 3)
    assert "« Lieux » (lieux, 3 lignes, adoptée le " in replaced.told
    assert store.adopt(described(title="Encore"), rows(1), replace=True).source == "aa"
    with pytest.raises(StoreError):  # it is the operator's now
        store.adopt(described(), rows(1), replace=True, source="aa")


def test_a_store_of_a_former_version_is_read_and_gets_its_new_columns(store):  # noqa: F811
    store.adopt(described(), rows())
    with closing(sqlite3.connect(store.path)) as database, database:
        for column in ("origine", "adoptee"):
            database.execute(f"ALTER TABLE atlas62_couches DROP COLUMN {column}")
    (held,) = store.adoptions().values()
    assert (held.source, held.moment, held.told) == ("", "", "« Lieux » (lieux, 3 lignes)")
    assert store.add(described(), rows(1), source="aa").id == "lieux_2"
    assert [each.source for each in store.adoptions().values()] == ["", "aa"]
