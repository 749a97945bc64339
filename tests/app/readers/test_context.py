"""What readers see is kept while it is so, and let go when it has changed."""

import gc
from weakref import ref

from app.readers.context import Readers
from app.readers.sessions import Sessions
from layers.store.geopackage import GeoPackageStore
from tests.layers.store.test_geopackage import described, rows


def test_what_was_seen_before_an_adoption_is_let_go_after_it(tmp_path, atlas):
    store = GeoPackageStore(tmp_path / "atlas62.gpkg", tmp_path / "sauvegardes")
    readers = Readers(atlas, store, Sessions(tmp_path / "sessions"))
    store.adopt(described(), rows())
    before = ref(readers.atlas())
    assert readers.atlas() is before()
    store.remove("lieux")
    assert "lieux" not in readers.added()
    gc.collect()
    assert before() is None
