"""Official sources on good and bad days: what is taken is whole, else the rows of before stand."""

import errno
import gzip
import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from app.settings import EMBEDDED_DATA
from layers.catalogue.layers import Catalogue
from layers.connectors import kept as kept_module
from layers.connectors.declaration import ConnectorError
from layers.connectors.facts import compose_facts
from layers.connectors.kept import KeptSource
from layers.connectors.taking import bring, origin_of, take_file
from tests.known_totals import ROWS
from tests.layers.connectors.official_files import (
    DATASET,
    FILE,
    FS_HEADER,
    QUICK,
    as_csv,
    described,
)
from tests.layers.connectors.official_server import Answer

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


def take(kept, reference, at=AT):
    path = bring(kept, QUICK)
    taken = take_file(path, kept, reference, EMBEDDED_DATA, at)
    kept.keep(taken.files, origin_of(path, taken, kept, at), "bien")
    return taken


def only(values):
    (value,) = values
    return value


def rows_of(taken):
    return pd.read_csv(io.BytesIO(only(taken.files.values())), dtype=str)


def answers(body, *first, **headers):
    return {DATASET: [described()], FILE: [*first, Answer(body, headers=headers)]}


def test_what_is_taken_is_the_layer_with_its_own_source_and_date(
    serve, fs_csv, reference, tmp_path
):
    _, kept = serve(answers(fs_csv))
    take(kept, reference)
    facts = compose_facts(EMBEDDED_DATA, tmp_path / "sources", tmp_path / "facts")
    catalogue = Catalogue(reference, facts)
    state = catalogue.state("france_services")
    assert (state.rows, state.known_total, state.message) == (ROWS["france_services"],) * 2 + ("",)
    (source,) = catalogue.layer("france_services").sources
    assert source.producer == "Agence nationale de la cohésion des territoires (ANCT)"
    assert source.vintage == "dernière ligne datée du 8 décembre 2023"
    assert "manquent" not in catalogue.layer("france_services").remark
    before = Catalogue(reference, EMBEDDED_DATA).load("france_services")
    after = catalogue.load("france_services")
    shown = ["site_id", "kind", "commune_code", "labelled_on", "geometry"]
    pd.testing.assert_frame_equal(after[shown], before[shown], check_like=True)
    assert not {"mail", "telephone"} & {*after.columns}
    assert "accueil@" not in (facts / "services" / "france_services.csv").read_text("utf-8")


def test_the_directory_gives_the_public_lycees_that_are_open(serve, lycee_csv, reference):
    _, kept = serve({"/lycees": [Answer(lycee_csv)]}, "lycees")
    taken = take(kept, reference)
    assert taken.count == ROWS["lycees"]
    assert not {"0623333A", "0624444B"} & {*rows_of(taken)["uai"]}
    version = kept.current()
    assert version.origin.data_date == "2026-11-12"
    assert version.origin.age(date(2026, 11, 30)) == 18
    assert "12 novembre 2026" in version.origin.vintage


def test_a_day_that_has_not_come_does_not_date_the_data(serve, lycee_rows, reference):
    rows = [{**row} for row in lycee_rows]
    rows[0]["date_maj_ligne"] = "2062-01-01"
    _, kept = serve({"/lycees": [Answer(as_csv([*rows[0]], rows, ";"))]}, "lycees")
    take(kept, reference)
    assert kept.current().origin.data_date == "2026-11-12"


def test_data_without_a_day_are_as_old_as_the_file_that_stays_the_same(serve, lycee_csv, reference):
    today = date(2026, 12, 20)
    server, kept = serve({"/lycees": [Answer(lycee_csv)]}, "lycees")
    undated = KeptSource(kept.folder.parent, replace(kept.connector, dated=""))
    for day in (1, 15):  # the second try finds the same file
        take(undated, reference, AT.replace(month=12, day=day))
    assert undated.current().origin.age(today) == 19
    assert "le même depuis le 1er décembre" in undated.current().origin.vintage
    server.answers["/lycees"] = [Answer(lycee_csv + b"\r\n")]
    take(undated, reference, AT.replace(month=12, day=18))
    assert undated.current().origin.age(today) == 2


def test_a_nature_that_is_not_known_is_left_out_and_told(serve, lycee_rows, reference):
    rows = [*lycee_rows, {**lycee_rows[0], "identifiant_de_l_etablissement": "0625555C"}]
    rows[-1]["libelle_nature"] = "LYCEE SPATIAL"
    _, kept = serve({"/lycees": [Answer(as_csv([*rows[0]], rows, ";"))]}, "lycees")
    taken = take(kept, reference)
    assert taken.count == ROWS["lycees"]
    (told,) = taken.told
    assert "1 établissement laissé de côté" in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "LYCEE SPATIAL" in told


@pytest.mark.parametrize(
    "first",
    [
        Answer(status=429, headers={"Retry-After": "0"}),
        Answer(status=429, headers={"Retry-After": "Mon, 30 Nov 2026 12:00:00 GMT"}),
        Answer(status=503),
        Answer(status=500),
    ],
)
def test_a_server_that_is_busy_is_asked_again(serve, fs_csv, reference, first):
    server, kept = serve(answers(fs_csv, first))
    assert take(kept, reference).count == ROWS["france_services"]
    assert [path for path, _ in server.asked].count(FILE) == 2


def test_a_stream_that_is_cut_goes_on_where_it_was(serve, france_services_rows, reference):
    whole = as_csv(FS_HEADER, [*france_services_rows, *france_services_rows[:1] * 3000], ",")
    cut = Answer(whole, headers={"ETag": '"a"'}, cut=len(whole) // 2)
    server, kept = serve(answers(whole, cut, ETag='"a"'))
    assert take(kept, reference).count == ROWS["france_services"]
    (_, first), (_, second) = [one for one in server.asked if one[0] == FILE]
    assert "Range" not in first
    begun = int(second["Range"].removeprefix("bytes=").rstrip("-"))
    assert len(whole) // 4 < begun <= len(whole) // 2


def test_a_file_that_changed_meanwhile_is_begun_anew(serve, fs_csv, reference):
    old = Answer(b"x" * len(fs_csv), headers={"ETag": '"a"'}, cut=10)
    _, kept = serve(answers(fs_csv, old, ETag='"b"'))
    assert take(kept, reference).count == ROWS["france_services"]


def test_gzip_and_a_lone_table_in_an_archive_are_read(serve, fs_csv, reference):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("liste.csv", fs_csv)
        file.writestr("lisez-moi.txt", "rien")
    for body in (gzip.compress(fs_csv), archive.getvalue()):
        _, kept = serve(answers(body))
        assert take(kept, reference).count == ROWS["france_services"]


def half(rows):
    return as_csv(FS_HEADER, rows[: len(rows) // 2], ",")


def swapped(rows):
    return as_csv(
        FS_HEADER,
        [{**row, "latitude": row["longitude"], "longitude": row["latitude"]} for row in rows],
        ",",
    )


def renamed(rows):
    return as_csv(FS_HEADER, rows, ",").replace(b"insee_com", b"code_insee", 1)


def elsewhere(rows):
    return as_csv(FS_HEADER, [{**row, "insee_com": "62999"} for row in rows], ",")


def packed(_rows):
    return gzip.compress(b"id_fs," + b"0" * 600_000_000, 1)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (half, "incomplet"),
        (swapped, "longitudes et latitudes"),
        (renamed, "« insee_com » absente"),
        (elsewhere, "62999"),
        (lambda _: b"<!DOCTYPE html><html>Maintenance</html>", "page web"),
        (lambda _: b"", "absente"),
        (lambda rows: as_csv(FS_HEADER, rows, ",")[:-200], "coupé"),
        (lambda rows: as_csv(FS_HEADER, rows, ",").decode().encode("utf-16"), "UTF-8"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_and_the_rows_of_before_stand(
    serve, france_services_rows, reference, make, said
):
    good_then_bad = [as_csv(FS_HEADER, france_services_rows, ","), make(france_services_rows)]
    _, kept = serve({DATASET: [described()], FILE: [Answer(body) for body in good_then_bad]})
    take(kept, reference)
    good = kept.current()
    with pytest.raises(ConnectorError, match=said):
        take(kept, reference, AT.replace(hour=13))
    assert kept.current() == good
    assert (
        len(only(good.files.values()).read_text("utf-8").splitlines())
        == 1 + ROWS["france_services"]
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({DATASET: [Answer(b"{}")]}, "illisible"),
        ({DATASET: [Answer(status=404)]}, "404"),
        ({DATASET: [described(title="autre chose")], FILE: [Answer(b"")]}, "titre"),
        ({DATASET: [described()]}, "réponse 404"),
        ({DATASET: [described(licence="cc-by-nc")]}, "licence « cc-by-nc »"),
        (
            {
                DATASET: [described()],
                FILE: [Answer(status=302, headers={"Location": "http://192.0.2.1/x"})],
            },
            "serveur attendu",
        ),
        (
            {DATASET: [described()], FILE: [Answer(status=302, headers={"Location": FILE})]},
            "renvois",
        ),
        (
            {
                DATASET: [described(checksum={"type": "sha256", "value": "0" * 64})],
                FILE: [Answer(b"id_fs")],
            },
            "somme de contrôle",
        ),
    ],
)
def test_a_server_that_answers_otherwise_is_told(serve, given, said):
    _, kept = serve(given)
    with pytest.raises(ConnectorError, match=said):
        bring(kept, QUICK)
    assert kept.current() is None


def test_identifiers_of_files_may_change_and_a_checksum_holds(serve, fs_csv, reference):
    sum_ = {"type": "sha1", "value": hashlib.sha1(fs_csv, usedforsecurity=False).hexdigest()}
    path = "/api/1/datasets/r/new-one"
    moved = Answer(status=302, headers={"Location": "/fichiers/liste.csv"})
    _, kept = serve(
        {
            DATASET: [described(id="new-one", checksum=sum_)],
            path: [moved],
            "/fichiers/liste.csv": [Answer(fs_csv)],
        }
    )
    assert take(kept, reference).count == ROWS["france_services"]


def test_more_bytes_than_the_file_can_have_are_not_taken(serve):
    server, kept = serve(answers(b"x" * 2_000_000))
    small = KeptSource(kept.folder.parent, replace(kept.connector, most_bytes=1_000_000))
    with pytest.raises(ConnectorError, match="plus de 1 Mo"):
        bring(small, QUICK)
    assert server.asked


def test_a_point_that_is_none_becomes_the_town_hall(serve, france_services_rows, reference):
    rows = [dict(row) for row in france_services_rows]
    rows[1] |= {"latitude": "0", "longitude": "0"}
    rows[2] |= {"latitude": "", "longitude": ""}
    _, kept = serve(answers(as_csv(FS_HEADER, rows, ",")))
    placed = rows_of(take(kept, reference))
    assert placed["position_quality"].value_counts().to_dict() == {
        "given_by_source": ROWS["france_services"] - 2,
        "town_hall_of_commune": 2,
    }


def test_going_back_shows_the_version_of_before_then_the_embedded_rows(
    serve, fs_csv, reference, tmp_path
):
    _, kept = serve(answers(fs_csv))
    take(kept, reference)
    first = kept.current()
    take(kept, reference, AT.replace(day=29, month=12))
    assert kept.current() != first
    assert kept.go_back()
    assert kept.current() == first
    assert kept.go_back()
    assert kept.current() is None
    assert not kept.go_back()
    assert compose_facts(EMBEDDED_DATA, tmp_path / "sources", tmp_path / "facts") == EMBEDDED_DATA


def test_three_versions_are_kept_and_no_more(serve, fs_csv, reference):
    _, kept = serve(answers(fs_csv))
    for month in (8, 9, 10, 11):
        take(kept, reference, AT.replace(month=month, day=1))
    assert len([path for path in kept.folder.iterdir() if path.is_dir()]) == 3
    assert kept.current().origin.taken.startswith("2026-11-01")


@pytest.mark.parametrize("step", range(3))
def test_what_dies_in_the_middle_has_changed_nothing(serve, fs_csv, reference, monkeypatch, step):
    _, kept = serve(answers(fs_csv))
    take(kept, reference)
    good = kept.current()
    write, left = kept_module.write_whole, [step]

    def die(path, content):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        write(path, content)

    monkeypatch.setattr(kept_module, "write_whole", die)
    with pytest.raises(KeyboardInterrupt):
        take(kept, reference, AT.replace(hour=14))
    monkeypatch.undo()
    assert kept.current() == good
    take(kept, reference, AT.replace(hour=14))
    assert kept.current() != good


def test_a_disk_that_is_full_is_told_and_what_was_in_use_stays(
    serve, fs_csv, reference, monkeypatch
):
    _, kept = serve(answers(fs_csv))
    take(kept, reference)
    good = kept.current()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("geo.download._take", full)
    with pytest.raises(ConnectorError, match="plus de place sur le disque"):
        take(kept, reference, AT.replace(hour=14))
    assert kept.current() == good


def test_two_runs_at_once_do_not_meet(serve):
    _, kept = serve({})
    with kept.alone(), pytest.raises(ConnectorError, match="en cours"), kept.alone():
        pass


def test_what_a_person_corrects_is_written_to_their_own_facts(serve, fs_csv, reference, tmp_path):
    _, kept = serve(answers(fs_csv))
    take(kept, reference)
    facts = compose_facts(EMBEDDED_DATA, tmp_path / "sources", tmp_path / "facts")
    assert (facts / "positions.csv").resolve() == (EMBEDDED_DATA / "positions.csv").resolve()
    assert compose_facts(EMBEDDED_DATA, tmp_path / "sources", tmp_path / "facts") == facts
