"""How answers may be kept: each route says so, and nothing of a reader's is kept by others."""

import pytest

from app.web.private import COOKIE

NAMES = {
    "name": "carte.svg",
    "file_format": "csv",
    "layer_id": "colleges",
    "ending": "csv",
    "layer": "colleges",
    "key": "x",
    "job_id": "x",
    "what": "rapport",
    "step": "avancer",
    "filename": "favicon.svg",
    "path": "nulle-part",
    "package_name": "dash_leaflet",
    "fingerprinted_path": "async-GeoJSON.js",
    "collection_id": "gares",
    "feature_id": "87281006",
    "place": "epci:200090751",
    "word": "x",
}
FOR_ALL = {
    "/",
    "/_dash-dependencies",
    "/aide",
    "/accessibilite",
    "/confiance",
    "/confiance.csv",
    "/financements",
    "/financements/<name>.csv",
    "/operation/<path:name>",
    "/contrat/<path:name>",
    "/ecarts/<name>",
    "/tableau.<file_format>",
    "/telecharger/<layer_id>.<file_format>",
    "/livrets",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "/assets/<path:filename>",
    "/geometrie/<name>",
    "/atlas/<name>",
    "/cadre",
    "/recherche",
    "/api",
    "/api/conformance",
    "/api/definition",
    "/api/collections",
    "/api/collections/<collection_id>",
    "/api/collections/<collection_id>/items",
    "/api/collections/<collection_id>/items/<path:feature_id>",
    "/api/collections/<collection_id>/queryables",
    "/api/collections/<collection_id>/schema",
    "/api/collections/<collection_id>/style.<ending>",
    "/telecharger/lieu/<place>/<layer_id>.<file_format>",
    "/catalogue.<ending>",
    "/robots.txt",
    "/integrer/code",
    "/oembed",
    "/sitemap.xml",
}
"""Rules whose answers are the same for all readers who have brought nothing."""


def routes(application):
    """Yield each rule and method, and an address that it answers."""
    with application.server.test_request_context():
        adapter = application.server.url_map.bind("localhost")
        for rule in application.server.url_map.iter_rules():
            values = {name: NAMES[name] for name in rule.arguments}
            address = adapter.build(rule.endpoint, values, method=min(rule.methods - {"OPTIONS"}))
            for method in rule.methods & {"GET", "POST"}:
                yield rule.rule, method, address


def test_every_answer_of_every_route_says_how_it_may_be_kept(application):
    for cookie in ("", "0" * 32):
        client = application.server.test_client()
        if cookie:
            client.set_cookie(COOKIE, cookie)
        for rule, method, address in routes(application):
            with client.open(address, method=method) as answer:
                said = answer.headers.get("Cache-Control", "")
                assert said, (rule, method)
                kept_by_others = "private" not in said and "no-store" not in said
                if kept_by_others:
                    assert rule in FOR_ALL, (rule, said)
                    assert not cookie or said.startswith("public, max-age="), (rule, said)


@pytest.mark.parametrize("query", ["", "?lieu=commune:62193", "?page=ecarts"])
def test_a_layout_depends_on_its_address_alone_and_is_not_kept(client, query):
    plain = client.get(f"/_dash-layout{query}")
    assert plain.headers["Cache-Control"] == "private, no-store"
    for other in (
        "http://localhost/?lieu=epci:200090751",
        "http://localhost/ecarts",
        "\x00http://[",
    ):
        answer = client.get(f"/_dash-layout{query}", headers={"Referer": other})
        assert answer.data == plain.data


def test_the_layout_of_each_page_is_its_own(client):
    arras = client.get("/_dash-layout?lieu=commune:62041").text
    gaps = client.get("/_dash-layout?page=ecarts&service=mairies").text
    assert "Arras" in arras
    assert "gap-question" in gaps
    assert "gap-question" not in arras


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("/", "/_dash-layout"),
        ("/?lieu=commune:62041&couches=qpv", "/_dash-layout?lieu=commune:62041&amp;couches=qpv"),
        ("/ecarts", "/_dash-layout?page=ecarts"),
        ("/ecarts?service=mairies", "/_dash-layout?page=ecarts&amp;service=mairies"),
        ('/?a="><script>', "/_dash-layout?a="),
    ],
)
def test_a_page_asks_ahead_for_its_own_layout(client, page, asked):
    html = client.get(page).text
    assert f'<link rel="preload" href="{asked}' in html
    assert '"><script>"' not in html
