"""Which backups are kept: by day, week and month, and the last changes of each source."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.store.backups import Backup, Backups, kept
from tests.layers.store.test_geopackage import described, rows, store  # noqa: F401 - a fixture

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
SOURCES = ("", "aa", "bb", "cc", "dd")
MOST = 120

changes = st.lists(
    st.tuples(st.sampled_from(SOURCES), st.integers(0, 20 * 24 * 60)), min_size=1, max_size=80
)


def lived(steps):
    """Make backups at moments that go on, and keep what is kept after each; all and the kept."""
    now, made, held = START, [], set()
    for number, (source, minutes) in enumerate(steps):
        now += timedelta(minutes=minutes, microseconds=1)
        backup = Backup(now, source, f"{number}.gpkg")
        made.append(backup)
        held = set(kept({*held, backup}, now))
    return made, held


@given(changes)
def test_the_newest_of_each_of_the_last_days_weeks_and_months_stays(steps):
    made, held = lived(steps)
    for most, period in (
        (7, lambda b: b.moment.date()),
        (5, lambda b: b.moment.isocalendar()[:2]),
        (12, lambda b: (b.moment.year, b.moment.month)),
    ):
        newest = {period(backup): backup for backup in made}
        assert {*[*newest.values()][-most:]} <= held


@given(changes)
def test_the_last_changes_of_each_source_stay_whatever_the_others_do(steps):
    made, held = lived(steps)
    for source in SOURCES:
        assert {*[backup for backup in made if backup.source == source][-3:]} <= held


@given(changes)
def test_they_are_never_more_than_so_many(steps):
    assert len(lived(steps)[1]) <= MOST


def test_a_thousand_posts_of_a_thousand_visitors_leave_the_days_before_and_the_operator():
    steps = [("", 600), ("", 24 * 60), *[(f"v{n}", 1) for n in range(1_000)]]
    made, held = lived(steps)
    assert {*made[:2]} <= held
    assert len(held) <= 40


def test_what_a_day_began_with_stays():
    made, held = lived([("", 0), *[("aa", 1)] * 200])
    assert made[0] in held


def test_a_clock_that_was_wrong_takes_nothing_away():
    now = START + timedelta(days=400)
    made = [Backup(now - timedelta(days=n), "", f"{n}") for n in range(7)]
    wrong = [Backup(now + timedelta(days=900 + n), "aa", f"f{n}") for n in range(40)]
    held = kept({*made, *wrong}, now)
    assert {*made} <= held
    assert len(held) <= MOST
    early = kept({*made, *wrong}, START - timedelta(days=9_000))  # the clock is wrong today
    assert {*made} <= early


def test_names_tell_moment_and_source_those_of_former_versions_too(tmp_path):
    backups = Backups(tmp_path, "atlas62", lambda: datetime(2026, 12, 1, tzinfo=UTC))
    for name in (
        "atlas62-2026-11-30T101500.000000Z.gpkg",
        "atlas62-2026-11-30T111500.000000Z-3f2a.gpkg",
        "atlas62-2031-01-01T000000.000000Z.gpkg",
        "atlas62-2026-13-30T101500.000000Z.gpkg",
        "atlas62-autre.gpkg",
        "atlas62-2026-11-30T101500.000000Z.gpkg.endommage",
    ):
        (tmp_path / name).touch()
    told = [(b.moment.year, b.moment.hour, b.source) for b in backups.all()]
    assert told == [(2026, 11, "3f2a"), (2026, 10, ""), (2031, 0, "")]
    assert [backups.is_ahead(backup) for backup in backups.all()] == [False, False, True]


def test_the_store_keeps_the_backups_of_others_while_one_visitor_adopts(store):  # noqa: F811
    store.adopt(described("premier"), rows(1))
    store.adopt(described("second"), rows(1))  # its backup holds the first
    store.add(described(), rows(1), source="aa")
    before = store.backups()
    for _ in range(4):
        store.add(described(), rows(1), source="bb")
    assert {*before} <= {*store.backups()}
    store.restore(before[-1])
    assert [layer.id for layer in store.layers()] == ["premier"]


@pytest.mark.parametrize("moved", [timedelta(days=-3_000), timedelta(days=3_000)])
def test_adopting_and_restoring_go_on_under_a_wrong_clock(store, moved):  # noqa: F811
    store.adopt(described("premier"), rows(1))
    store.adopt(described("second"), rows(1))
    held = store.backups()
    store.kept = Backups(store.kept.folder, "atlas62", lambda: datetime.now(UTC) + moved)
    store.adopt(described("troisieme"), rows(1))
    store.restore(held[0])
    assert [layer.id for layer in store.layers()] == ["premier"]
    assert {*held} <= {*store.backups()}
