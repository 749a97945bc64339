"""When the data changed: one answer for all, and only data count."""

import datetime as dt
import os

from app.exports.moment import last_change
from layers.catalogue.layers import Catalogue

OLD, NEW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def written(path, moment):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"")
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_it_is_the_newest_file(reference, tmp_path):
    written(tmp_path / "a.csv", OLD)
    written(tmp_path / "folder" / "b.csv", NEW)
    assert last_change(Catalogue(reference, tmp_path)) == NEW


def test_what_python_compiles_beside_the_data_is_no_change_of_them(reference, tmp_path):
    written(tmp_path / "a.csv", OLD)
    written(tmp_path / "__pycache__" / "make.cpython-311.pyc", NEW)
    assert last_change(Catalogue(reference, tmp_path)) == OLD


def test_who_asks_later_is_told_the_same(reference, tmp_path):
    catalogue = Catalogue(reference, tmp_path)
    written(tmp_path / "a.csv", OLD)
    first = last_change(catalogue)
    written(tmp_path / "b.csv", NEW)
    assert last_change(catalogue) == first
