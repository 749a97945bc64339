"""Behind a proxy: scheme and names by setting, and nothing of a request's own claims told again."""

import io

import pytest

from app.server import create_app
from app.settings import Settings, SettingsError, read_settings

EVIL = "evil.example"


@pytest.fixture(scope="module")
def make(catalogue):
    def client(**settings):
        return create_app(Settings(**settings), catalogue).server.test_client()

    return client


@pytest.fixture(scope="module")
def behind(make):
    return make(trusted_proxies=1, trusted_hosts="atlas.exemple.fr,.pasdecalais.fr")


def bring(client, **headers):
    file = (io.BytesIO(b"commune;total\nArras;3\n"), "liste.csv")
    return client.post("/donnees/fichiers", data={"fichier": file}, **headers)


def test_a_cookie_is_secure_where_the_proxy_says_https(behind):
    there = {"Host": "atlas.exemple.fr"}
    cookie = bring(behind, headers={**there, "X-Forwarded-Proto": "https"}).headers["Set-Cookie"]
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_nobody_is_believed_unless_the_operator_says_so(client):
    answer = bring(client, headers={"X-Forwarded-Proto": "https", "X-Forwarded-Host": EVIL})
    assert "Secure" not in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    "host", ["atlas.exemple.fr", "carte.pasdecalais.fr", "127.0.0.1", "localhost:80"]
)
def test_its_own_names_are_answered(behind, host):
    assert behind.get("/aide", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", [EVIL, "atlas.exemple.fr.evil.example", "xpasdecalais.fr", "a b", "[::"]
)
def test_other_names_are_refused_in_french(behind, host):
    answer = behind.get("/aide", headers={"Host": host})
    assert answer.status_code == 400
    assert answer.text.startswith("Demande refusée")


@pytest.mark.parametrize(
    "path",
    ["/", "/aide", "//aide", "//evil.example/aide", "/livrets/", "/donnees//fichiers", "/aide/",
     "/livrets/travaux/x", "/qr.svg?adresse=https://evil.example/x"],
)  # fmt: skip
def test_a_name_that_the_client_gives_itself_is_never_told_again(client, path):
    headers = {"Host": EVIL, "X-Forwarded-Host": EVIL, "X-Forwarded-Prefix": f"//{EVIL}",
               "Forwarded": f"host={EVIL}", "X-Original-URL": f"//{EVIL}"}  # fmt: skip
    answer = client.get(path, headers=headers)
    assert EVIL not in answer.headers.get("Location", "")
    assert EVIL not in answer.text.replace("«", "")


def test_a_code_is_drawn_for_the_names_of_the_map_alone(behind):
    def draw(address):
        asked = {"adresse": address}
        return behind.get("/qr.svg", query_string=asked, headers={"Host": "localhost"}).status_code

    assert draw("https://atlas.exemple.fr/?lieu=epci:200090751") == 200
    assert draw(f"https://{EVIL}/?lieu=epci:200090751") == 400


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PREFIX", "atlas"),
        ("PREFIX", "/a b"),
        ("PREFIX", "//evil.example"),
        ("PREFIX", '/"><script>'),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "un"),
        ("TRUSTED_HOSTS", "https://atlas.exemple.fr"),
        ("TRUSTED_HOSTS", "a,,b"),
        ("TRUSTED_HOSTS", "*"),
    ],
)
def test_a_setting_that_cannot_be_is_told(monkeypatch, name, value):
    monkeypatch.setenv(f"ATLAS62_{name}", value)
    with pytest.raises(SettingsError, match=f"ATLAS62_{name} : trouvé"):
        read_settings()
