"""Any address of the map, with anything in it: never a failure of the server, always French."""

import random
import re
from pathlib import Path
from urllib.parse import quote

import pytest

ROOT = Path(__file__).parents[2]
SEED = 62
ROUNDS = 6
"""Addresses of each route and kind of hostility; seeded, so that a failure comes again."""
KNOWN = (
    "qpv", "colleges", "operations", "contrats", "communes", "epcis", "contrats_de_ville",
    "cantons",
    "mairies", "csv", "geojson", "xlsx", "gpkg", "json", "note.pdf", "communes.gpkg", "fit",
    "62193",
    "epci:200090751", "commune:62041", "ct-ternois", "epci", "annuler", "avancer", "rapport",
)  # fmt: skip
"""Words that the routes know, put where they do not belong."""
HOSTILE = (
    "", "%00", "..", "../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/",
    "<script>x</script>",
    "a" * 300, "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "%ff%fe",
    "null",
    "-1", "9" * 40, "1e999", "nan", "{}", "[]", "{{7*7}}", "' OR 1=1 --", "con", "\u202e", ";ls",
    "|",
    "é", "x:y:z", "epci:", ":", "commune:99999", "/", "//evil.example", "http://[", "\n",
    "%0d%0aA: b",
)  # fmt: skip
KEYS = (
    "lieu", "comparer", "indicateur", "niveau", "dessin", "methode", "classes", "bornes",
    "palette", "couches",
    "vue", "periode", "pactes", "tableau", "tri", "statut", "texte", "territoire", "adresse",
    "service", "seuil",
    "mesure", "cible", "sites", "scenario", "format", "m", "page", "titre", "sortie", "lot",
    "inconnu",
)  # fmt: skip
LIBRARY = re.compile(
    r"Traceback|Error\b|Exception|not found|invalid|Invalid|expected|werkzeug|dash\b.*package|"
    r"\bThe requested\b|Bad Request|Not Found|Method Not Allowed|Internal Server",
)
"""Words of libraries, and English."""


def built(rule, chance):
    """Return an address of a rule, something hostile or out of place in each of its parts."""

    def part(_):
        word = chance.choice(KNOWN if chance.random() < 0.5 else HOSTILE)
        return word if "%" in word else quote(word, safe="" if chance.random() < 0.7 else "/")

    path = re.sub(r"<[^>]+>", part, rule)
    query = "&".join(f"{chance.choice(KEYS)}={part(None)}" for _ in range(chance.randrange(4)))
    return f"{path}?{query}" if query else path


def check(answer, address):
    assert answer.status_code < 500, (answer.status_code, address)
    if answer.mimetype in {"text/plain", "text/html"} or answer.status_code >= 400:
        text = answer.text
        if address.startswith("/api/") and answer.mimetype == "application/json":
            text = answer.json["fr"]  # the service says it in English beside that
        assert str(ROOT) not in text, address
        assert "site-packages" not in text, address
        if answer.status_code >= 400 or answer.mimetype == "text/plain":
            found = LIBRARY.search(re.sub(r"«[^»]*»", "", text))
            assert not found, (found, address, text[:300])


def rules(application):
    return sorted(
        rule.rule for rule in application.server.url_map.iter_rules() if "GET" in rule.methods
    )


def test_no_address_makes_the_server_fail(application, client):
    chance = random.Random(SEED)  # noqa: S311 - the same addresses each time
    tried = 0
    for rule in rules(application):
        for _ in range(ROUNDS if "<" in rule else 3):
            address = built(rule, chance)
            with client.get(address) as answer:
                check(answer, address)
            tried += 1
    assert tried > 150


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/donnees/points/contrats.json", 404),
        ("/donnees/points/nulle.json", 404),
        ("/_dash-component-suites/inconnue/x.js", 404),
        ("/_dash-component-suites/dash_leaflet/../../../etc/passwd", 404),
        ("/_dash-component-suites/dash_leaflet/inconnu.js", 404),
        ("/_dash-component-suites/os/x.js", 404),
        ("/_dash-component-suites/dash/%00.js", 404),
        ("/_dash-component-suites/dash_leaflet/bundle.map", 404),
        ("/assets/../server.py", 404),
        ("/static/README.md", 404),
        ("/_dash-update-component", 404),
        ("/qr.svg?adresse=http://[", 400),
        ("/qr.svg", 400),
        ("/tableau.exe", 404),
        ("/ecarts/inconnu", 404),
    ],
)
def test_what_is_not_there_is_said_in_french(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    check(answer, address)
    assert answer.text


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "//", "é".encode()])
@pytest.mark.parametrize("address", ["/donnees/fichiers", "/livrets/travaux", "/livrets/logo"])
def test_a_form_says_any_origin(client, address, origin):
    assert 400 <= client.post(address, data={}, headers={"Origin": origin}).status_code < 500


@pytest.mark.parametrize(
    "name",
    [
        "Referer",
        "Origin",
        "Accept",
        "Cookie",
        "If-None-Match",
        "Range",
        "Accept-Encoding",
        "If-Modified-Since",
        "Accept-Language",
        "Content-Type",
        "Host",
    ],
)
def test_no_header_makes_the_server_fail(client, name):
    for value in (
        "http://[",
        "\x7f",
        "a" * 2000,
        "bytes=9-1",
        "bytes=-",
        "atlas62=" + "é" * 40,
        "é",
        ",;=",
    ):
        for address in ("/", "/_dash-layout", "/donnees", "/telecharger/colleges.csv", "/livrets"):
            with client.get(
                address, headers={name: value.encode("utf-8").decode("latin-1")}
            ) as answer:
                check(answer, address)
