"""Signing on at a provider: who comes in, with which role, for how long, and who does not."""

import base64
import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jwt

from app.settings import SettingsError, read_settings
from app.sign_on.routes import own_path

COOKIE = "atlas62-connexion"


def role(visitor):
    text = visitor.get("/connexion/compte").text
    words = ("lecteur", "chargé de mission", "exploitant")
    return next((word for word in words if f", {word}.</p>" in text), None)


def test_somebody_signs_on_and_goes_where_they_were(visitor, provider):
    answer = visitor.sign_on("/positions?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/positions?x=1")
    account = visitor.get("/connexion/compte")
    assert "Ada Dupont" in account.text
    assert "a.dupont@exemple.fr" in account.text
    assert account.headers["Cache-Control"] == "private, no-store"
    assert role(visitor) == "chargé de mission"
    assert provider.asked["code_challenge_method"] == "S256"
    assert provider.asked["redirect_uri"] == "http://atlas.test/connexion/retour"
    assert len(provider.asked["nonce"]) >= 16


def test_the_cookies_are_closed_to_scripts_and_to_other_sites(visitor, provider):
    sent = visitor.get("/connexion")
    back = visitor.come_back(provider.authorize(sent.headers["Location"]))
    for answer in (sent, back):
        for cookie in answer.headers.getlist("Set-Cookie"):
            if "Expires=Thu, 01 Jan 1970" not in cookie:
                assert "HttpOnly" in cookie
                assert "SameSite=Lax" in cookie


def test_over_https_the_cookies_are_for_https_alone(make, browse, provider):
    server = make(address="https://atlas.test")
    visitor = browse(server)
    sent = visitor.client.get("/connexion", base_url="https://atlas.test")
    assert "Secure" in sent.headers["Set-Cookie"]
    back = provider.authorize(sent.headers["Location"]).removeprefix("https://atlas.test")
    came = visitor.client.get(back, base_url="https://atlas.test")
    assert came.status_code == 303
    assert all("Secure" in one for one in came.headers.getlist("Set-Cookie") if COOKIE in one)


@pytest.mark.parametrize(
    ("person", "claim", "expected"),
    [
        ({"email": "inconnu@exemple.fr"}, "aucun", "lecteur"),
        ({"email": "AUTRE@exemple.fr"}, "aucun", "chargé de mission"),
        ({"email": "chef@exemple.fr"}, "aucun", "exploitant"),
        ({"email": "chef@exemple.fr", "email_verified": False}, "aucun", "lecteur"),
        ({"email": "chef@exemple.fr.pirate.example"}, "aucun", "lecteur"),
        ({"email": ["chef@exemple.fr"]}, "aucun", "lecteur"),
        ({"roles": ["autre", "exploitant"]}, "roles", "exploitant"),
        ({"email": "x@y.fr", "roles": "charge-de-mission"}, "roles", "chargé de mission"),
        ({"email": "x@y.fr", "roles": ["exploitant"]}, "aucun", "lecteur"),
        ({"email": "x@y.fr", "roles": {"exploitant": True}}, "roles", "lecteur"),
    ],
)  # fmt: skip
def test_the_role_comes_from_a_claim_or_from_a_list(make, browse, person, claim, expected):
    visitor = browse(make(oidc_claim=claim))
    visitor.provider.person |= person
    assert visitor.sign_on().status_code == 303
    assert role(visitor) == expected


def test_a_provider_that_signs_who_somebody_is_apart_is_understood(visitor, provider, foreign_key):
    email = provider.person.pop("email")  # as ProConnect: the first word has the identifier alone
    provider.told = {"email": email}
    provider.userinfo_signed_by = provider.key
    assert visitor.sign_on().status_code == 303
    assert role(visitor) == "chargé de mission"
    provider.userinfo_signed_by = foreign_key
    assert visitor.sign_on().status_code == 403


def unsigned(claims):
    def part(content):
        return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims)}."


HOSTILE = {
    "another issuer": {"iss": "https://ailleurs.example"},
    "another audience": {"aud": "un-autre"},
    "another audience, for us it says": {"aud": ["un-autre"], "azp": "atlas62-essai"},
    "another nonce": {"nonce": "un autre"},
    "no nonce": {"nonce": None},
    "over": {"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200},
    "no end": {"exp": None},
    "nobody": {"sub": None},
}


@pytest.mark.parametrize("claims", HOSTILE.values(), ids=HOSTILE)
def test_a_word_that_is_not_for_us_now_is_refused(visitor, provider, claims):
    provider.claims = claims
    answer = visitor.sign_on()
    assert answer.status_code == 403
    assert "refusée" in answer.text
    assert visitor.client.get_cookie(COOKIE, domain="atlas.test") is None
    assert role(visitor) is None


def test_a_word_without_a_true_signature_is_refused(visitor, provider, foreign_key, shared_secret):
    header = {"alg": "RS256", "kid": "essai"}
    for sign in (
        unsigned,
        lambda claims: jwt.encode(header, claims, foreign_key),
        # the secret that we share, as if it were a key: an old confusion
        lambda claims: jwt.encode({"alg": "HS256"}, claims, shared_secret, algorithms=["HS256"]),
        lambda _: "pas.un.jeton",
    ):
        provider.sign = sign
        assert visitor.sign_on().status_code == 403
        assert role(visitor) is None


def test_a_provider_that_names_another_issuer_or_tells_of_somebody_else(visitor, provider):
    provider.told = {"sub": "quelqu’un d’autre", "email": "chef@exemple.fr"}
    assert visitor.sign_on().status_code == 403
    provider.told = {"email": "chef@exemple.fr"}  # what is signed holds, whatever is told beside it
    visitor.sign_on()
    assert role(visitor) == "chargé de mission"


def test_metadata_of_another_issuer_send_nobody(make, browse, provider):
    provider.metadata = {"issuer": "https://ailleurs.example"}
    answer = browse(make()).get("/connexion")
    assert answer.status_code == 503
    assert "Location" not in answer.headers


def test_a_provider_that_is_down_is_told_in_a_sentence(make, browse):
    visitor = browse(make(oidc="http://127.0.0.1:9"))
    answer = visitor.get("/connexion")
    assert answer.status_code == 503
    assert "fournisseur d’identité" in answer.text


def test_a_provider_that_does_not_answer_is_not_asked_again_at_once(make, browse, monkeypatch):
    visitor = browse(make(oidc="http://127.0.0.1:9"))
    asked = []

    def ask(*_, **__):
        asked.append(1)
        raise requests.ConnectionError

    monkeypatch.setattr(requests.Session, "send", ask)
    for _ in range(3):
        assert visitor.get("/connexion").status_code == 503
    assert len(asked) == 1


def test_a_way_back_that_this_browser_did_not_begin_is_refused(browse, provider):
    attacker, victim = browse(), browse()
    back = provider.authorize(attacker.leave_for_provider())
    assert victim.come_back(back).status_code == 403
    assert role(victim) is None
    assert attacker.come_back(back).status_code == 303
    assert attacker.come_back(back).status_code == 403  # once only


def test_a_state_that_was_changed_is_refused(visitor, provider):
    back = provider.authorize(visitor.leave_for_provider())
    state = parse_qs(urlsplit(back).query)["state"][0]
    assert visitor.come_back(back.replace(state, "un-autre")).status_code == 403
    assert visitor.come_back("/connexion/retour?error=access_denied&state=x").status_code == 403


@pytest.mark.parametrize(
    "text",
    ["//ailleurs.example", "///ailleurs.example", "////ailleurs.example",
     "https://ailleurs.example", "/\\ailleurs.example", "\\\\ailleurs",
     "javascript:x", "/\t/ailleurs.example", "/a\nLocation: x", "ailleurs.example", "",
     "/" + "a" * 3000],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(visitor, text):
    assert own_path(text) == "/"
    assert visitor.sign_on(text).headers["Location"] == "/"


def test_signing_out_ends_it_here_and_there(visitor, provider):
    visitor.sign_on()
    word = visitor.client.get_cookie(COOKIE, domain="atlas.test").value
    for origin in ("https://ailleurs.example", "http://[", "null"):
        assert visitor.post("/connexion/fin", origin=origin).status_code == 403
    assert role(visitor) == "chargé de mission"
    answer = visitor.post("/connexion/fin")
    assert answer.status_code == 200  # a form of ours may lead to no other site
    where = urlsplit(answer.headers["Refresh"].removeprefix("0; url="))
    asked = parse_qs(where.query)
    assert f"{where.scheme}://{where.netloc}{where.path}" == f"{provider.root}/end"
    assert asked["post_logout_redirect_uri"] == ["http://atlas.test/"]
    assert asked["id_token_hint"][0].count(".") == 2
    visitor.client.set_cookie(COOKIE, word, domain="atlas.test")
    assert role(visitor) is None


def test_a_visit_ends_by_itself(visitor, monkeypatch):
    visitor.sign_on()
    now = time.time()
    monkeypatch.setattr("app.sign_on.visits.time.time", lambda: now + 8 * 3600 - 60)
    assert role(visitor) == "chargé de mission"
    monkeypatch.setattr("app.sign_on.visits.time.time", lambda: now + 8 * 3600 + 60)
    assert role(visitor) is None


def test_who_leaves_the_list_has_lost_the_role(make, browse, visitor):
    visitor.sign_on()
    word = visitor.client.get_cookie(COOKIE, domain="atlas.test").value
    later = browse(make(planners="aucun"))
    later.client.set_cookie(COOKIE, word, domain="atlas.test")
    assert role(later) == "lecteur"


@pytest.mark.parametrize("word", ["", "x", "../../../etc/passwd", "A" * 43])
def test_a_made_up_cookie_opens_nothing(visitor, word):
    visitor.client.set_cookie(COOKIE, word, domain="atlas.test")
    assert role(visitor) is None


def test_nothing_of_it_is_there_without_a_provider(make, browse):
    server = make(oidc="aucun")
    assert browse(server).get("/connexion").status_code == 404
    assert not server.permission.signs_on
    assert server.secret_key is None


def test_a_provider_without_what_it_needs_is_told_at_the_start(monkeypatch):
    monkeypatch.setenv("ATLAS62_OIDC", "https://identite.exemple.fr")
    with pytest.raises(SettingsError) as error:
        read_settings()
    for name in ("OIDC_CLIENT", "OIDC_SECRET", "ADDRESS"):
        assert f"ATLAS62_{name}" in str(error.value)


def test_a_provider_in_the_clear_is_refused(monkeypatch):
    monkeypatch.setenv("ATLAS62_OIDC", "http://identite.exemple.fr")
    with pytest.raises(SettingsError, match="https"):
        read_settings()
