"""What the server answers: health, headers, refusals, and the page for any address."""

import re
from urllib.parse import quote, quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.server import create_app, refuse, wsgi
from app.settings import EMBEDDED_DATA, Settings
from app.web.delivery import content_policy
from layers.catalogue.layers import Catalogue
from layers.model.layer import LayerError

HOSTILE = (
    "lieu=<script>alert(1)</script>",
    "lieu=epci:000000000&indicateur=%00&niveau=%F0%9F%92%A9",
    "a" * 10_000,
    "couches=" + "x," * 3000,
    "vue=nan,nan,nan&dessin=[]&lieu={}",
)


def layout(client, query=""):
    return client.get(f"/_dash-layout?{query}")


def test_health_tells_of_every_layer(client, catalogue):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json["status"] == "ok"
    assert {layer["id"] for layer in answer.json["layers"]} == set(catalogue.layers)
    assert all(layer["ok"] and layer["rows"] for layer in answer.json["layers"])


def test_the_page_is_french_and_asks_for_nothing_elsewhere(client):
    page = client.get("/").text
    assert '<html lang="fr">' in page
    asked = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert [one for one in asked if not one.startswith(("/", "?", "#", "http://localhost/"))] == []
    assert not [one for one in asked if one.startswith("//")]
    assert "Loading..." not in page


def test_scripts_run_only_from_here_or_by_their_hash(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    scripts = next(rule for rule in policy.split("; ") if rule.startswith("script-src"))
    assert re.fullmatch(r"script-src 'self'( 'sha256-[\w+/=]+')*", scripts)
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy


def test_no_style_is_inline_but_those_that_scripts_make_in_the_map(client):
    seen = set()
    for path in ("/", "/", "/ecarts", "/aide", "/livrets", "/donnees"):
        policy = client.get(path).headers["Content-Security-Policy"]
        styles = next(rule for rule in policy.split("; ") if rule.startswith("style-src"))
        assert re.fullmatch(r"style-src 'self'( 'nonce-[\w-]{22}')?", styles)
        assert ("nonce" in styles) is (path in {"/", "/ecarts"})
        seen.add(styles)
    assert len(seen) == 4, "a nonce is for one answer"


def test_nothing_of_the_map_is_embedded_elsewhere(client):
    for path in (
        "/",
        "/donnees",
        "/telecharger/colleges.csv",
        "/assets/favicon.svg",
        "/nulle-part",
    ):
        with client.get(path) as answer:
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_policy_without_hashes_allows_no_inline_script():
    assert "script-src 'self';" in content_policy([])


def test_scripts_of_the_table_wait_until_it_is_opened(client):
    page = client.get("/").text
    assert '<script src="/_dash-component-suites/dash_ag_grid' not in page
    (address,) = re.findall(r'data-table-scripts="([^" ]+)"', page)
    assert client.get(address).status_code == 200


def test_scripts_leave_compressed_and_are_kept(client):
    page = client.get("/").text
    address = re.findall(r'<script data-src="(/_dash[^"]+)"', page)[0]
    answer = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]


def test_the_layout_is_made_for_the_address_of_the_page(client):
    answer = layout(client, "lieu=epci:200090751")
    assert "CA Grand Calais Terres & Mers" in answer.text
    assert "500\u202f000\u00a0€" in answer.text


@pytest.mark.parametrize("query", HOSTILE)
def test_any_address_opens_the_departement_and_says_what_it_ignored(client, query):
    answer = layout(client, query)
    assert answer.status_code == 200
    assert "1\u202f878\u202f696\u00a0€" in answer.text
    assert re.search(r"inconnu|ignoré|illisible|trop longue", answer.text)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300).map(quote) | st.binary(max_size=200).map(quote_from_bytes))
def test_whatever_is_asked_the_page_is_made(client, query):
    answer = layout(client, f"lieu={query}&vue={query}&{query}")
    assert answer.status_code == 200
    assert "Traceback" not in answer.text


def test_a_forged_callback_is_refused_without_a_trace(client):
    for body in (b"", b"{}", b"[1", b'{"output": "place.data", "inputs": []}'):
        answer = client.post("/_dash-update-component", data=body, content_type="application/json")
        assert answer.status_code == 400
        assert "Traceback" not in answer.text
        assert "<html" not in answer.text


def test_a_page_that_does_not_exist_is_not_the_map(client):
    answer = client.get("/n-importe-quoi")
    assert answer.status_code == 404
    assert "n’existe pas" in answer.text


@pytest.fixture
def wounded(reference):
    """A catalogue of which one layer cannot be read."""
    catalogue = Catalogue(reference, EMBEDDED_DATA)

    def broken(*_):
        raise LayerError("Couche « Collèges » : fichier absent.")

    layer = catalogue.layers["colleges"]
    catalogue.layers["colleges"] = type(layer)(**{**vars(layer), "read": broken})
    return catalogue


def test_a_layer_that_fails_says_so_in_its_place_and_stops_nothing(wounded):
    client = create_app(Settings(), wounded).server.test_client()
    health = client.get("/healthz")
    assert health.status_code == 200
    assert health.json["status"] == "degraded"
    page = layout(client, "couches=colleges,qpv").text
    assert "fichier absent" in page
    assert "1\u202f878\u202f696\u00a0€" in page
    page = layout(client, "indicateur=colleges").text
    assert "Indicateur indisponible" in page


def test_without_a_reference_every_page_says_why(tmp_path, monkeypatch):
    (tmp_path / "communes").mkdir()
    monkeypatch.setenv("ATLAS62_DATA", str(tmp_path))
    client = wsgi().test_client()
    for path in ("/", "/n-importe-quoi", "/healthz"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "Traceback" not in answer.text
    assert "ne peut pas s’ouvrir" in client.get("/").text


def test_a_refusing_server_keeps_its_headers():
    answer = refuse("Fichier absent.").test_client().get("/")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/ecarts).", "/ecarts"),
        ("/donnees,", "/donnees"),
        ("/financements%253E", "/financements"),
        ("/ecarts.?service=gares", "/ecarts?service=gares"),
    ],
)
def test_a_page_is_found_by_a_link_worn_by_a_letter(client, asked, found):
    answer = client.get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (302, found)


@pytest.mark.parametrize("asked", ["//ailleurs.example).", "/%5Cailleurs.example.", "/rien."])
def test_a_worn_link_leads_nowhere_else(client, asked):
    answer = client.get(asked)
    assert "ailleurs" not in answer.headers.get("Location", "")
    assert answer.status_code in {302, 308, 404}
