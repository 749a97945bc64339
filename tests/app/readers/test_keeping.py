"""What every keeping of visitors' files does: on one disk, or in a database that machines share."""

import pytest

from app.readers import sessions as rules
from app.readers.secret_links import LAYERS
from app.readers.sessions import CLIENT, Account, Sessions
from app.readers.shared.sessions import SharedSessions
from layers.store.edited import EditedStore
from layers.store.edits import Edit
from tests.layers.store.test_geopackage import described, rows


@pytest.fixture(params=["disk", "database"])
def machine(request, tmp_path):
    """Return what opens the visitors of a machine: of two names only where a database is shared."""
    if request.param == "disk":
        return lambda _name: Sessions(tmp_path / "sessions")
    address = request.getfixturevalue("database").address()
    return lambda name: SharedSessions(tmp_path / name / "sessions", address)


def change(sessions, session, make):
    with sessions.changing(session.folder.name):
        make(session.folder)


def test_what_is_brought_on_one_machine_is_found_on_the_other_and_so_is_each_change(
    machine, reference
):
    here, there = machine("a"), machine("b")
    token, session = here.start()
    with here.changing(session.folder.name):
        job = session.begin(reference)
        (job.folder / "source").write_bytes(b"1;2\n")
        (job.folder / "places").mkdir()
        (job.folder / "places" / "0.parquet").write_bytes(b"\0PAR")
    found = there.find(token)
    (seen,) = found.jobs(reference)
    assert (seen.folder / "source").read_bytes() == b"1;2\n"
    assert (seen.folder / "places" / "0.parquet").read_bytes() == b"\0PAR"
    with there.changing(found.folder.name):
        (seen.folder / "source").write_bytes(b"3;4\n")
        (seen.folder / "places" / "0.parquet").unlink()
    assert here.find(token) is not None
    assert (job.folder / "source").read_bytes() == b"3;4\n"
    assert not [*job.folder.glob("places/*")]
    with here.changing(session.folder.name):
        job.forget()
    assert not [*there.find(token).jobs(reference)]


def test_a_layer_and_its_edits_are_those_of_the_machine_that_changed_them_last(machine):
    here, there = machine("a"), machine("b")
    token, session = here.start()
    change(here, session, lambda folder: adopt(folder, 3))
    found = there.find(token)
    (layer,) = found.store.layers()
    assert len(layer.load(None, None)) == 3
    before = found.store.version()
    change(here, session, lambda folder: adopt(folder, 5))
    again = there.find(token).store
    assert len(again.layers()[0].load(None, None)) == 5
    assert again.version() != before
    title = Edit(
        "describe",
        {"title": "Autres lieux", "remark": "", "producer": "", "licence": "", "vintage": ""},
    )
    change(there, found, lambda folder: EditedStore(folder / LAYERS).edit(layer.id, title))
    assert here.find(token).store.layers()[0].title == "Autres lieux"
    with here.changing(session.folder.name):
        session.store.remove(layer.id)
    assert there.find(token).store.layers() == ()


def adopt(folder, count):
    EditedStore(folder / LAYERS).adopt(described(), rows(count), replace=True, source="")


def test_a_made_up_word_opens_nothing(machine):
    here = machine("a")
    here.start()
    assert here.find("x" * 43) is None
    assert here.find("../x") is None
    assert here.find(None) is None


def test_accounts_and_hours_count_what_came_in_on_any_machine(machine, reference, tmp_path):
    here, there = machine("a"), machine("b")
    for sessions, size in ((here, 1000), (there, 500)):
        _, session = sessions.start()
        with sessions.changing(session.folder.name):
            job = session.begin(reference)
            (job.folder / "source").write_bytes(b"0" * size)
            (session.folder / CLIENT).write_text("c")
        sessions.bringings(tmp_path / "clients").note("c")
    assert sorted(here.accounts(), key=lambda one: one.bytes) == [
        Account("c", 1, 501),
        Account("c", 1, 1001),
    ]
    ages = there.bringings(tmp_path / "clients").ages("c")
    assert len(ages) == 2
    assert all(0 <= age < 60 for age in ages)
    assert there.bringings(tmp_path / "clients").ages("d") == []


def test_what_was_not_used_goes_everywhere_but_for_what_a_link_shows(machine, monkeypatch):
    here, there = machine("a"), machine("b")
    tokens = []
    for _ in range(2):
        token, session = here.start()
        change(here, session, lambda folder: (folder / "note").write_text("x"))
        assert there.find(token)
        tokens.append(token)
    link = here.links.start(session.folder.name, "lieux", 1)
    there.sweep()
    assert all(map(there.find, tokens))
    monkeypatch.setattr(rules, "LIFETIME", -1)
    there.sweep()
    assert [one.find(token) is None for one in (here, there) for token in tokens] == [
        True, False, True, False,
    ]  # fmt: skip
    here.links.revoke(link.owner, link.name)
    there.sweep()
    assert here.find(tokens[1]) is None


def test_a_link_shows_a_layer_until_its_owner_revokes_it_and_nobody_else_can(machine):
    here, there = machine("a"), machine("b")
    _, owner = here.start()
    change(here, owner, lambda folder: adopt(folder, 3))
    guest_token, guest = there.start()
    with here.changing(owner.folder.name):  # as a form does
        link = here.links.start(owner.folder.name, "lieux", 7)
    found = there.links.find(link.word)
    assert found == link
    with there.changing(guest.folder.name):
        there.links.open(guest.folder, found)
    (shown,) = here.links.layers(here.links.opened(here.find(guest_token).folder))
    assert shown.id == link.shown_id
    assert len(shown.load(None, None)) == 3
    assert there.links.of_owner(guest.folder.name) == []
    there.links.revoke(guest.folder.name, link.name)
    assert here.links.of_owner(owner.folder.name) == [link]
    with there.changing(owner.folder.name):
        there.links.revoke(owner.folder.name, link.name)
    assert here.links.find(link.word) is None
    assert here.links.opened(guest.folder) == []
