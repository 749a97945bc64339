"""Visitors in a database: each is kept from the others by the server, and a change is whole."""

from contextlib import suppress

import psycopg
import pytest

from app.imports.held import held
from app.imports.limits import BroughtFileError
from app.readers.shared import line
from app.readers.shared.sessions import SharedSessions
from layers.store.protocol import StoreError


@pytest.fixture
def here(tmp_path, database):
    return SharedSessions(tmp_path / "a" / "sessions", database.address())


@pytest.fixture
def there(tmp_path, database):
    return SharedSessions(tmp_path / "b" / "sessions", database.address())


def brought(sessions, text):
    token, session = sessions.start()
    with sessions.changing(session.folder.name):
        (session.folder / "note").write_text(text)
    return token, session


def test_the_server_shows_nobody_a_row_of_another_even_where_nothing_is_asked_for(here, database):
    _, ours = brought(here, "à nous")
    _, theirs = brought(here, "à eux")
    link = here.links.start(theirs.folder.name, "lieux", 1)
    questions = {
        "contenu": "SELECT convert_from(contenu, 'UTF8') FROM atlas62.pieces",
        "fiche": "SELECT nom FROM atlas62.liens",
    }

    def told(visitor, followed=""):
        with psycopg.connect(database.address()) as connection:
            connection.execute(
                "SELECT set_config('atlas62.visiteur', %s, true), "
                "set_config('atlas62.lien', %s, true)",
                (visitor, followed),
            )
            return {
                key: [row[0] for row in connection.execute(asked)]
                for key, asked in questions.items()
            }

    assert told("") == {"contenu": [], "fiche": []}
    assert told(ours.folder.name) == {"contenu": ["à nous"], "fiche": []}
    assert told(theirs.folder.name) == {"contenu": ["à eux"], "fiche": [link.name]}
    assert told(ours.folder.name, link.name) == {"contenu": ["à nous"], "fiche": [link.name]}
    with psycopg.connect(database.address()) as connection:  # the next user of a pooled one
        with connection.transaction():
            connection.execute(
                "SELECT set_config('atlas62.visiteur', %s, true)", (ours.folder.name,)
            )
        assert connection.execute("SELECT count(*) FROM atlas62.pieces").fetchone() == (0,)
        connection.execute("SELECT set_config('atlas62.visiteur', %s, true)", (ours.folder.name,))
        changed = connection.execute("UPDATE atlas62.pieces SET contenu = ''::bytea")
        assert changed.rowcount == 1
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(
                "INSERT INTO atlas62.pieces VALUES (%s, 'x', '', ''::bytea)", (theirs.folder.name,)
            )


def test_an_account_that_no_policy_binds_is_refused(tmp_path, database):
    above = f"postgresql:///atlas?host={database.folder}&user=chef"
    with pytest.raises(BroughtFileError, match="passe outre à la séparation des visiteurs"):
        SharedSessions(tmp_path / "sessions", above).start()


def test_a_change_that_is_cut_off_is_seen_nowhere_and_the_next_begins_from_before(here, there):
    token, session = brought(here, "avant")
    with suppress(KeyError), here.changing(session.folder.name):
        (session.folder / "note").write_text("à moitié")
        (session.folder / "autre").write_text("de trop")
        raise KeyError
    assert (there.find(token).folder / "note").read_text() == "avant"
    assert (here.find(token).folder / "note").read_text() == "avant"
    assert not (session.folder / "autre").exists()


def test_while_the_database_is_away_what_was_seen_stays_and_changes_are_refused(
    here, database, monkeypatch
):
    monkeypatch.setattr(line, "PAUSE", 0.0)
    token, session = brought(here, "avant")
    database.stop()
    try:
        assert (here.find(token).folder / "note").read_text() == "avant"
        with (
            pytest.raises(StoreError, match="ne peuvent pas être gardés"),
            here.changing(session.folder.name),
        ):
            pytest.fail("rien ne doit commencer")
        with pytest.raises(BroughtFileError, match="serveur injoignable"):
            here.start()
    finally:
        database.start()
    with here.changing(session.folder.name):
        (session.folder / "note").write_text("après")
    assert (here.find(token).folder / "note").read_text() == "après"


def test_a_step_that_goes_on_here_keeps_its_files_and_one_removed_elsewhere_is_gone(
    here, there, reference
):
    token, session = here.start()
    with here.changing(session.folder.name):
        job = session.begin(reference)
        (job.folder / "source").write_bytes(b"1")
    found = there.find(token)
    with held(job.folder):
        (job.folder / "summary.json").write_text("{}")
        with there.changing(found.folder.name):
            (found.folder / "note").write_text("x")
        assert (here.find(token).folder / "note").exists()
        assert (job.folder / "summary.json").exists()
    with here.changing(session.folder.name):
        pass
    there.find(token)
    (seen,) = found.jobs(reference)
    assert (seen.folder / "summary.json").exists()
    with held(job.folder):
        (job.folder / "result.json").write_text("{}")
        with there.changing(found.folder.name):
            seen.forget()
        here.find(token)
    with here.changing(session.folder.name):
        pass
    assert not [*session.jobs(reference)]
    there.find(token)
    assert not [*found.jobs(reference)]
