"""Outlines that were brought are shown while they are whole, those of before stay beside them."""

import geopandas as gpd
import pytest
import shapely
from structlog.testing import capture_logs

from app.settings import EMBEDDED_DATA
from geo.outlines.kept import (
    FILES,
    KEPT,
    Origin,
    drop_newest,
    find_kept,
    keep_outlines,
    list_versions,
)
from geo.reference.places import Reference

ORIGIN = Origin("Contours", "IGN", "Licence Ouverte", "communes de 2026")
COMMUNES = EMBEDDED_DATA / "communes"


@pytest.fixture(scope="module")
def frames():
    return {name: gpd.read_parquet(COMMUNES / name) for name in FILES}


@pytest.fixture(scope="module")
def moved(frames):
    """The embedded outlines with one more corner, so that they can be told from them."""
    communes = frames["communes.parquet"]
    denser = shapely.segmentize(communes.geometry.to_numpy(), 200)
    return {
        **frames,
        "communes.parquet": communes.set_geometry(gpd.GeoSeries(denser, crs=communes.crs)),
    }


def load(folder):
    return Reference.load(COMMUNES, folder)


def test_reference_shows_what_was_brought(tmp_path, moved, reference):
    keep_outlines(tmp_path, moved, ORIGIN)
    finer = load(tmp_path)
    assert finer.coverage.origin == ORIGIN
    ours, theirs = (r.coverage.communes(0).count_coordinates().sum() for r in (reference, finer))
    assert theirs > 2 * ours
    assert finer.coverage.embedded.communes(0).count_coordinates().sum() == ours


def test_without_any_the_embedded_are_shown(tmp_path):
    assert load(tmp_path / "rien").coverage.origin is None


@pytest.mark.parametrize("damage", [*FILES, "origine.json"])
@pytest.mark.parametrize("how", ["gone", "cut", "changed"])
def test_damaged_version_is_told_and_the_embedded_are_shown(tmp_path, frames, damage, how):
    path = keep_outlines(tmp_path, frames, ORIGIN).folder / damage
    body = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(body[: len(body) // 2] if how == "cut" else b"[]" + body[2:])
    with capture_logs() as logs:
        assert load(tmp_path).coverage.origin is None
    (line,) = logs
    assert line["sentence"].endswith("ceux du projet sont montrés.")


def test_version_of_other_communes_is_not_shown(tmp_path, frames):
    keep_outlines(tmp_path, frames, ORIGIN)
    assert find_kept(tmp_path, frozenset({"62498"})) is None


def test_some_versions_stay_and_the_one_before_comes_back(tmp_path, frames):
    for year in range(2020, 2020 + KEPT + 2):
        keep_outlines(tmp_path, frames, Origin("Contours", "IGN", "Licence", str(year)))
    assert len(list_versions(tmp_path)) == KEPT
    assert drop_newest(tmp_path)
    assert load(tmp_path).coverage.origin.vintage == str(2020 + KEPT)
    assert not any(path.name.endswith(".part") for path in tmp_path.iterdir())


def test_write_that_fails_leaves_what_was_there(tmp_path, frames):
    kept = keep_outlines(tmp_path, frames, ORIGIN)
    with pytest.raises(KeyError):
        keep_outlines(tmp_path, {"communes.parquet": frames["communes.parquet"]}, ORIGIN)
    assert list(tmp_path.iterdir()) == [kept.folder]
