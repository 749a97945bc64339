"""One client's share: beyond it they are refused in words, and nobody else loses anything."""

import io

import pytest

from app.readers import bringings
from app.readers.quotas import Bounds, QuotaError, Quotas
from app.readers.sessions import Sessions
from app.server import create_app
from app.settings import Settings
from app.web.client import client_of_request
from tests.app.imports import files

WIDE = Bounds(layers=100, megabytes=100, imports=100, megabytes_in_all=100)


@pytest.fixture
def opened(tmp_path, reference):
    """Give quotas of some bounds, and what brings a file of some bytes for a client."""

    def make(**bounds):
        held = Sessions(tmp_path / "sessions")
        account = Quotas(held, tmp_path / "clients", Bounds(**{**asdict(WIDE), **bounds}))

        def bring(client, size=1000):
            account.check(client, size)
            _, session = held.start()  # without a cookie
            job = session.begin(reference)
            account.note(client, session)
            (job.folder / "source").write_bytes(b"0" * size)
            return job

        return account, bring

    return make


def asdict(bounds):
    return {name: getattr(bounds, name) for name in bounds.__slots__}


def test_throwing_the_cookie_away_gives_no_more_layers(opened):
    _, bring = opened(layers=2)
    jobs = [bring("a"), bring("a")]
    with pytest.raises(QuotaError, match=r"Déjà 2\Wfichiers gardés"):
        bring("a")
    bring("b")
    jobs[0].forget()
    bring("a")
    assert jobs[1].folder.exists()


def test_bytes_are_bounded_for_one_and_for_all_and_nobody_is_evicted(opened):
    _, bring = opened(megabytes=2, megabytes_in_all=3)
    theirs = bring("victim", 1_000_000)
    bring("a", 1_500_000)
    with pytest.raises(QuotaError, match="Plus de 2 Mo"):
        bring("a", 600_000)
    with pytest.raises(QuotaError, match="plus de place"):
        bring("c", 600_000)
    assert theirs.folder.exists()


def test_so_many_files_an_hour(opened, monkeypatch):
    account, bring = opened(imports=2)
    for _ in range(2):
        bring("a").forget()
    with pytest.raises(QuotaError, match="en une heure"):
        bring("a")
    bring("b")
    later = bringings.time.time() + 3700
    monkeypatch.setattr(bringings.time, "time", lambda: later)
    bring("a")
    account.sweep()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("2001:db8::1", "2001:db8:0:0:ffff::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
    ],
)
def test_a_client_is_an_address_or_a_network_of_them(application, one, other, same):
    words = []
    for address in (one, other):
        with application.server.test_request_context(environ_base={"REMOTE_ADDR": address}):
            words.append(client_of_request())
            assert address not in words[-1]
    assert (words[0] == words[1]) is same


@pytest.mark.usefixtures("read_here")
def test_a_visitor_beyond_their_share_is_told_so_and_others_go_on(tmp_path, catalogue):
    settings = Settings(cache=tmp_path, store=tmp_path / "a.gpkg", client_imports=1)
    server = create_app(settings, catalogue).server

    def bring(address):
        return server.test_client().post(
            "/donnees/fichiers",
            data={"fichier": (io.BytesIO(files.csv()), "a.csv")},
            environ_base={"REMOTE_ADDR": address},
        )

    assert bring("192.0.2.1").status_code == 303
    refused = bring("192.0.2.1")
    assert refused.status_code == 429
    assert 3500 < int(refused.headers["Retry-After"]) <= 3600
    assert "Déjà 1\u00a0fichier apporté en une heure" in refused.text
    assert bring("192.0.2.2").status_code == 303


@pytest.mark.usefixtures("read_here")
def test_a_full_server_is_told_as_such_and_a_full_visitor_as_theirs(
    tmp_path, catalogue, monkeypatch
):
    settings = Settings(cache=tmp_path, store=tmp_path / "a.gpkg")
    visitor = create_app(settings, catalogue).server.test_client()

    def bring():
        given = {"fichier": (io.BytesIO(files.csv()), "a.csv")}
        return visitor.post("/donnees/fichiers", data=given)

    assert bring().status_code == 303
    monkeypatch.setattr("app.readers.sessions.MOST_FILES", 1)
    refused = bring()
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, False)
    assert "Vous avez déjà apporté" in refused.text
    monkeypatch.setattr("app.readers.sessions.MOST_FILES", 20)
    monkeypatch.setattr("app.imports.turns.MOST_WAITING", 0)
    refused = bring()
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "300")
