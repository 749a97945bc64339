"""The map under a path: whatever a page, a script or a style asks for stays there."""

import json
import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from app.server import create_app
from app.settings import Settings
from app.web.prefix import UnderPrefix

PREFIX = "/cartes/atlas"
ADDRESS = re.compile(r"""(?:href|src|action|data-[\w-]+)="(/[^"]*)"|url\("?([^")]+)"?\)""")
OF_JSON = re.compile(r'"(/[\w.?#-][^"\s<>]*)"')
OF_SCRIPT = re.compile(r'["`](/[a-z_][\w.-]*(?:/[^"`]*|\?[^"`]*)?|/\?[^"`]*)["`]')
START = ("/", "/ecarts", "/livrets", "/donnees", "/financements", "/confiance", "/aide",
         "/accessibilite",
         "/positions", "/geocoder", "/operation/{operation}", "/contrat/{contract}",
         "/choix/fiche?lieu=epci:200090751", "/choix/theme?indicateur=fit", "/_dash-layout",
         "/_dash-layout?page=ecarts")  # fmt: skip


@pytest.fixture(scope="module")
def client(catalogue):
    settings = Settings(prefix=f"{PREFIX}/", cache=Settings().cache / "prefixe")
    return create_app(settings, catalogue).server.test_client()


@pytest.fixture(scope="module")
def pages(catalogue):
    rows = {"operation": catalogue.load("operations")["id"].iloc[0],
            "contract": catalogue.load("contrats")["id"].iloc[0]}  # fmt: skip
    return [PREFIX + start.format(**rows) for start in START]


def addresses(answer):
    """Return the addresses that an answer holds."""
    text = answer.text
    if answer.mimetype == "text/html":
        found = [one for pair in ADDRESS.findall(text) for one in pair if one]
        return [part for value in found for part in unescape(value).split(" ")]
    if answer.mimetype == "application/json":
        return OF_JSON.findall(text)
    if answer.mimetype == "text/css":
        return [pair[1] for pair in ADDRESS.findall(text) if pair[1] and "data:" not in pair[1]]
    return OF_SCRIPT.findall(text) if "/atlas/atlas-" in answer.request.path else []


def test_every_address_of_every_page_stays_under_the_path_and_is_there(client, pages):
    seen, coming, checked = set(), list(pages), 0
    while coming:
        here = coming.pop()
        with client.get(here, headers={"Accept-Encoding": "br"}) as packed:
            assert packed.status_code == 200, here
        with client.get(here) as answer:
            held = addresses(answer)
        for found in held:
            if urlsplit(found).netloc or found.startswith("#"):
                continue
            address = urljoin(here, found).partition("#")[0]
            if "{" in address or (address in {"/", "//"} and "javascript" in answer.mimetype):
                continue
            assert address.startswith(f"{PREFIX}/"), (here, found)
            checked += 1
            kind = address.removeprefix(PREFIX).split("/")[1].split("?")[0]
            sample = (kind, urlsplit(address).path.rpartition(".")[2] if "." in address else "")
            if sample in seen or kind in {"_dash-component-suites", "telecharger", "tableau.csv"}:
                continue
            seen.add(sample)
            if kind in {"assets", "atlas"} and address.endswith((".js", ".css", ".svg")):
                coming.append(address)
    assert checked > 500
    assert len(seen) > 12


def test_what_scripts_ask_for_is_under_the_path(client):
    script = unescape(
        re.search(r'src="([^"]*/atlas/atlas-[^"]+)"', client.get(f"{PREFIX}/").text)[1]
    )
    text = client.get(script).text
    for asked in ("/choix/theme", "/choix/fiche", "/qr.svg?adresse="):
        assert f"{PREFIX}{asked}" in text
    assert not re.search(r'"/(choix|qr\.svg|\?lieu)', text)


def test_dash_is_told_the_path(client):
    page = client.get(f"{PREFIX}/").text
    config = json.loads(re.search(r'<script id="_dash-config"[^>]*>(.*?)</script>', page)[1])
    assert config["requests_pathname_prefix"] == f"{PREFIX}/"


def test_only_the_path_is_the_map_and_the_monitor_is_answered_beside_it(client):
    assert client.get(PREFIX + "?lieu=epci:200090751").headers["Location"] == (
        f"{PREFIX}/?lieu=epci:200090751"
    )
    for elsewhere in ("/", "/donnees", "/cartes", "/cartes/atlasx", f"{PREFIX}x/"):
        answer = client.get(elsewhere)
        assert answer.status_code == 404
        assert f"« {PREFIX}/ »" in answer.text
    assert client.get("/healthz").json["status"] == "ok"
    assert client.get(f"{PREFIX}/healthz").json["status"] == "ok"


def test_a_form_leads_below_the_path(client):
    answer = client.post(f"{PREFIX}/livrets/travaux/retirer")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{PREFIX}/livrets"


def test_a_code_is_of_the_map_below_the_path(client):
    def draw(address):
        return client.get(f"{PREFIX}/qr.svg", query_string={"adresse": address}).status_code

    assert draw(f"https://a.example{PREFIX}/?lieu=epci:200090751") == 200
    assert draw("https://a.example/?lieu=epci:200090751") == 400


def test_a_callback_answers_with_addresses_below_the_path(client):
    call = {
        "output": "..operations-shown.data...timeline-content.data..",
        "outputs": [{"id": "operations-shown", "property": "data"},
                    {"id": "timeline-content", "property": "data"}],
        "inputs": [{"id": "operations", "property": "data", "value": {}}],
        "changedPropIds": ["operations.data"],
    }  # fmt: skip
    assert client.post(f"{PREFIX}/_dash-update-component", json=call).status_code == 200


def test_the_root_needs_nothing(application):
    assert not isinstance(application.server.wsgi_app, UnderPrefix)
