"""Two machines with folders of their own, one queue, one folder of results."""

import secrets
from dataclasses import replace

import pytest

from app.jobs.order import Order, Phase
from app.jobs.queue_place import QueuePlace
from app.jobs.register import Jobs
from app.jobs.workshop import Workshop
from tests.app.workshop.test_left import until

VERSION = Order("Version", ("--version",), "", "said")


@pytest.fixture
def machines(tmp_path, database, monkeypatch):
    """Give the jobs of two machines, of which nobody has opened the workshop yet."""
    secret = tmp_path / "secret"
    secret.write_bytes(secrets.token_bytes(32))
    monkeypatch.setenv("ATLAS62_QUEUE", database.address())
    monkeypatch.setenv("ATLAS62_QUEUE_SECRET", str(secret))
    made = []
    for name in ("un", "deux"):
        place = QueuePlace(tmp_path / name / "file.sqlite3", database.address(), secret)
        made.append(Jobs(tmp_path / "commun", Workshop(tmp_path / name, place)))
    yield made
    for jobs in made:
        jobs.workshop.close()


def test_what_is_asked_of_one_is_done_by_the_other_and_fetched_from_both(
    machines, tmp_path, monkeypatch
):
    one, other = machines
    with monkeypatch.context() as patch:
        patch.setattr(one.workshop, "wake", lambda: None)  # it has no room
        one.start(VERSION, ("a", "1"))
        assert one.state(VERSION.id).phase is Phase.WAITING
        with monkeypatch.context() as there:
            there.setenv("ATLAS62_CACHE", str(tmp_path / "deux"))
            other.workshop.wake()
        until(lambda: one.state(VERSION.id).phase is Phase.DONE, 120)
    assert other.state(VERSION.id).phase is Phase.DONE
    assert other.is_wanted_by(VERSION.id, "a")
    assert one.file(VERSION.id) == other.file(VERSION.id)
    assert "Atlas 62" in one.file(VERSION.id).read_text()
    until(lambda: one.workshop.jobs() == other.workshop.jobs() == {})


def test_what_shows_a_visitor_s_own_layers_waits_where_these_are(machines, monkeypatch):
    monkeypatch.setattr(Workshop, "wake", lambda _: None)
    one, other = machines
    own = replace(VERSION, owner="v", layers=("lieux",))
    for order in (VERSION, own):
        one.start(order, ("a", "1"))
    assert set(one.workshop.jobs()) == {VERSION.id, own.id}
    assert set(other.workshop.jobs()) == {VERSION.id}
    assert other.workshop.find(own) is None


def test_one_visitor_has_one_share_whatever_the_machine(machines, monkeypatch):
    monkeypatch.setattr(Workshop, "wake", lambda _: None)
    one, other = machines
    for number in range(3):
        one.start(replace(VERSION, title=f"d’un autre {number}"), ("b", "2"))
    other.start(VERSION, ("a", "1"))
    assert other.state(VERSION.id).message == "2ᵉ de la file d’attente."
