"""OpenStreetMap taken: the whole département, dated, named; a part of it or something else not."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest
import shapely

from app.settings import EMBEDDED_DATA
from geo.background.features import Detail, kilometres, read_background
from geo.perimeter import Level
from layers.connectors.declaration import ConnectorError, Direct, Origin
from layers.connectors.kept import KeptSource
from layers.connectors.openstreetmap.background import CONNECTOR, BackgroundFeed
from layers.connectors.taking import bring
from layers.model.taken import read_taken
from tests.geo.background.extracts import Extract, halls_of, whole_departement
from tests.layers.connectors.official_files import QUICK
from tests.layers.connectors.official_server import Answer, OfficialServer
from tests.layers.connectors.taken_files import facts, take


@pytest.fixture(scope="module")
def pbf(reference, tmp_path_factory):
    path = tmp_path_factory.mktemp("osm") / "nord.osm.pbf"
    return whole_departement(reference).write(path).read_bytes()


def test_a_background_is_taken_whole_dated_and_cited(pbf, reference, tmp_path):
    taken = take(CONNECTOR, pbf, reference, tmp_path)
    assert taken.newest == "2026-11-20"
    assert "km de routes" in taken.told[0]
    assert "© les contributeurs d’OpenStreetMap, ODbL" in taken.told[0]
    background = read_background(facts(tmp_path))
    assert taken.count == round(kilometres(background[Detail.NEAR]))
    zone = reference.outlines(Level.EPCI).geometry.union_all().buffer(2)
    for features in background.values():
        assert shapely.covers(zone, [one.shape for one in features]).all()
    (cited,) = read_taken(facts(tmp_path)).values()
    assert cited.source.licence == "ODbL 1.0"
    assert "20 novembre 2026" in cited.source.vintage


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("highway", "pas de routes"),
        ("waterway", "pas de cours d’eau"),
        ("railway", "pas de voies ferrées"),
        ("landuse", "pas de zones bâties"),
    ],
)
def test_an_extract_that_lacks_a_kind_is_refused(reference, tmp_path, key, said):
    path = across("Arras", reference, but=key).write(tmp_path / "sans.osm.pbf")
    with pytest.raises(ConnectorError, match=said):
        take(CONNECTOR, path.read_bytes(), reference, tmp_path)


def across(town, reference, but=""):
    """Return an extract of one line of each kind through a town, and a block of dwellings."""
    east, north = halls_of(reference)[town]
    extract = Extract()
    ends = [(600_000, north), (720_000, north)]
    block = [(east, north), (east + 900, north), (east, north + 900), (east, north)]
    for xy, key, value in (
        (ends, "highway", "primary"),
        (ends, "waterway", "river"),
        (ends, "railway", "rail"),
        (block, "landuse", "residential"),
    ):
        if key != but:
            extract.way(xy, {key: value})
    return extract


def test_an_extract_of_a_part_of_the_departement_is_refused(reference, tmp_path):
    path = across("Arras", reference).write(tmp_path / "sud.osm.pbf")
    with pytest.raises(ConnectorError, match="pas de route principale dans"):
        take(CONNECTOR, path.read_bytes(), reference, tmp_path)


def test_half_of_the_last_good_one_is_refused_and_the_last_stays(
    pbf, reference, tmp_path, monkeypatch
):
    path = tmp_path / "nord.osm.pbf"
    path.write_bytes(pbf)
    made = CONNECTOR.feed.make(path, CONNECTOR, reference, EMBEDDED_DATA, date(2026, 11, 19))
    assert made.newest == ""  # a day to come dates nothing
    monkeypatch.setattr(BackgroundFeed, "make", lambda *_: made)
    kept = KeptSource(tmp_path / "sources", CONNECTOR)
    twice = Origin("x", "x", "x", "x", "2026-10-01T00:00:00+00:00", "", 13_100, "0" * 64)
    kept.keep({CONNECTOR.feed.files[0]: b"avant"}, twice, "bien")
    said = r"kilomètres pour 13100 auparavant.*sans doute incomplet"
    with pytest.raises(ConnectorError, match=said):
        take(CONNECTOR, pbf, reference, tmp_path)
    assert [path.read_bytes() for path in kept.current().files.values()] == [b"avant"]


def test_the_sum_beside_the_file_holds(tmp_path):
    pbf = b"extrait"
    good = hashlib.md5(pbf, usedforsecurity=False).hexdigest()
    server = OfficialServer({"/fond.osm.pbf": [Answer(pbf)]})
    where = Direct(f"{server.origin}/fond.osm.pbf", (server.origin,), ".md5")
    kept = KeptSource(tmp_path / "sources", replace(CONNECTOR, where=where))
    kept.folder.mkdir(parents=True)
    try:
        server.answers["/fond.osm.pbf.md5"] = [Answer(f"{good}  fond.osm.pbf\n".encode())]
        path = bring(kept, QUICK)
        assert path.read_bytes() == pbf
        for told, said in ((b"0" * 32 + b"  x", "000000000000 attendu"), (b"<html>", "illisible")):
            server.answers["/fond.osm.pbf.md5"] = [Answer(told)]
            with pytest.raises(ConnectorError, match=said):
                bring(kept, QUICK)
    finally:
        server.close()
