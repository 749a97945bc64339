"""What readers see is kept while it is so, and let go when it has changed."""

import gc
from shutil import copyfile
from weakref import ref

from app.readers.context import Readers
from app.readers.sessions import Sessions
from layers.store.edited import EditedStore
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


def test_as_many_readers_as_there_is_room_for_are_kept_the_others_are_let_go(tmp_path, atlas):
    store = GeoPackageStore(tmp_path / "atlas62.gpkg", tmp_path / "sauvegardes")
    sessions = Sessions(tmp_path / "sessions")
    readers = Readers(atlas, store, sessions)
    brought = EditedStore(tmp_path / "brought.gpkg")
    brought.adopt(described(), rows())
    own = []
    for number in range(35):
        _, session = sessions.start()
        copyfile(brought.path, session.store.path)
        own.append(session.folder.name)
        seen = readers.seen_by(session.folder.name)
        assert seen.atlas.added == {"lieux"}
        if number == 1:
            first = ref(readers.seen_by(own[0]))  # asked for again: the second is the oldest now
            second = ref(seen)
        del seen
        if number == 32:
            gc.collect()
            assert first() is not None
            assert second() is None
    gc.collect()
    assert len(readers._own) == 32
    assert first() is None
    made = readers.seen_by(own[0])  # nothing is lost: it is made again
    assert made.atlas.added == {"lieux"}
    assert readers.seen_by(own[0]) is made
    assert readers.seen_by("") is readers.seen_by("")
    assert readers.seen_by("").atlas.added == set()
