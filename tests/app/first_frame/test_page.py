"""The document of an address shows what the reader sees first, and works without a script."""

import re
from html import unescape
from xml.etree import ElementTree as ET

import brotli
import pytest

from app.view.state import Drawing, parse_view
from app.web.static_files import StaticFile
from tests.app.documents.html_text import Page
from tests.known_totals import ALL_COMMUNES

MOST_BYTES = 90_000
"""Of a document, compressed."""
VIEWS = (
    "",
    "lieu=epci:200090751",
    "lieu=commune:62193&niveau=commune&indicateur=densite",
    "indicateur=population&couches=contrats,qpv,operations",
    "lieu=epci:200069672&comparer=epci:200090751&couches=colleges",
    "lieu=qpv:QN06254M&vue=12.5,50.43,2.83",
    "periode=2024S1,2024S2&dessin=cercles",
)
LINK = re.compile(r'href="([^"]*)"')


@pytest.fixture(params=VIEWS)
def view(request, frame):
    return request.param, frame(request.param)


def ground(drawn):
    """Return the drawing of a first frame as a tree."""
    found = re.search(r'<svg class="frame-ground".*?</svg>', drawn.body.decode(), re.DOTALL)
    return ET.fromstring(found[0])  # noqa: S314 - of our own making


def fills(drawn):
    return dict(re.findall(r"\.(f\d+)\{fill:(#[0-9a-f]{6})\}", drawn.rules))


def test_nothing_carries_a_style_or_a_script(view):
    _, drawn = view
    html = drawn.body.decode()
    assert not re.search(r"<[^>]* (style|on\w+)=", html)
    assert "<script" not in html
    assert "javascript:" not in html
    assert not re.search(r"[<@\\]|url\((?!#)", drawn.rules.replace("@container", ""))


def test_every_identifier_is_there_once(view):
    _, drawn = view
    ids = re.findall(r' id="([^"]+)"', drawn.body.decode())
    assert len(ids) == len(set(ids))
    known = set(ids)
    used = re.findall(r'href="#([^"]+)"', drawn.body.decode())
    used += re.findall(r"url\(#([^)]+)\)", drawn.rules)
    assert set(used) <= known


def test_the_document_of_a_view_is_light(client, view):
    query, _ = view
    answer = client.get(f"/?{query}", headers={"Accept-Encoding": "br"})
    assert 20_000 < len(answer.data) < MOST_BYTES
    assert b'id="first-frame"' in brotli.decompress(answer.data)


def test_the_heaviest_view_of_the_whole_stays_light(client):
    answer = client.get("/?niveau=commune", headers={"Accept-Encoding": "br"})
    assert len(answer.data) < MOST_BYTES


def test_each_perimeter_has_the_colour_of_its_class_its_words_and_its_link(frame, atlas):
    drawn, (view, _) = (
        frame("indicateur=densite"),
        parse_view("indicateur=densite", atlas.vocabulary),
    )
    theme = atlas.theme(view.indicator, view.level, view.drawing, view.classes)
    tree, colours = ground(drawn), fills(drawn)
    links = tree.findall(".//a")
    assert len(links) == len(theme.values)
    for link in links:
        path = link.find("path")
        code = path.get("data-code")
        value = theme.values[code]
        below = [i for i, low in enumerate(theme.classes.bounds[:-1]) if value >= low][-1]
        assert colours[path.get("class")] == theme.colours[below], code
        assert link.get("href") == f"?lieu=epci:{code}&indicateur=densite"
        assert path.find("title").text.endswith(theme.indicator.text(value))


def test_what_is_unknown_is_hatched_at_each_zoom_and_never_the_colour_of_a_class(frame, atlas):
    drawn = frame("")
    theme = atlas.theme("fit_par_habitant", parse_view("", atlas.vocabulary)[0].level, None)
    unknown = {code for code, value in theme.values.items() if value != value}  # noqa: PLR0124
    assert unknown
    hatchings = {one.get("id") for one in ground(drawn).iterfind(".//pattern")}
    for path in ground(drawn).iterfind(".//a/path"):
        hatched = path.get("class") not in fills(drawn)
        assert hatched == (path.get("data-code") in unknown)
        if hatched:
            used = re.findall(rf"\.{path.get('class')}\{{fill:url\(#([^)]+)\)", drawn.rules)
            assert len(set(used)) > 1
            assert set(used) <= hatchings
    assert "donnée non disponible" in unescape(drawn.body.decode())


def test_all_communes_are_on_the_whole_map_and_a_place_has_those_around_it(frame):
    assert len(ground(frame("")).findall(".//*[@class='frame-hairlines']/path")) == ALL_COMMUNES
    near = ground(frame("lieu=commune:62041")).findall(".//*[@class='frame-hairlines']/path")
    assert 10 < len(near) < 400


def test_outlines_that_are_whole_name_their_file_and_others_do_not(frame, atlas):
    whole = {
        atlas.files[stem].name for stem in ("commune-far", "epci-far", "departement-far", "around")
    }
    assert frame("").carried == whole
    assert frame("niveau=commune").carried == whole
    assert frame("lieu=commune:62041").carried == frozenset()


def test_the_document_asks_for_no_outlines_that_it_has(client):
    preloaded = re.findall(r'<link rel="preload" href="/geometrie/([^"]+)"', client.get("/").text)
    assert preloaded == []
    of_a_place = client.get("/?lieu=commune:62041").text
    assert len(re.findall(r'<link rel="preload" href="/geometrie/', of_a_place)) == 4


def test_totals_are_circles_that_grow_with_their_value(frame, atlas):
    drawn = frame("indicateur=population")
    radii = [float(r) for r in re.findall(r'<circle[^>]* r="([\d.]+)"/>', re.search(
        r'<g class="frame-circles.*?</g>', drawn.body.decode())[0])]  # fmt: skip
    assert radii == sorted(radii, reverse=True)
    assert radii[0] == 30.0
    values = atlas.theme(
        "population", parse_view("", atlas.vocabulary)[0].level, Drawing.CIRCLES
    ).values
    assert len(radii) == (values > 0).sum()
    assert radii[-1] == pytest.approx(30 * (values.min() / values.max()) ** 0.5, abs=0.06)


def test_operations_of_a_period_alone_are_on_the_map(frame, atlas):
    kept = parse_view("periode=2024S1,2024S2", atlas.vocabulary)[0].operations
    count = len(atlas.kept_operations(kept).keys)
    whole = len(re.findall(r"<use ", frame("").body.decode()))
    some = len(re.findall(r"<use ", frame("periode=2024S1,2024S2").body.decode()))
    assert 0 < some <= count
    assert some < whole or count == whole


def test_the_sheet_and_the_legend_are_those_of_the_scripts(frame):
    page = Page(frame("lieu=epci:200090751").body.decode())
    for words in ("CA Grand Calais Terres & Mers", "500 000", "FIT par habitant", "Médiane"):
        assert words in page.text.replace("\u202f", " ").replace("\u00a0", " ")


def test_lists_open_places_and_keep_the_rest_of_the_view(frame):
    html = frame("indicateur=densite&lieu=territoire:calaisis").body.decode()
    links = {unescape(link) for link in LINK.findall(html)}
    assert "?lieu=epci:200090751&indicateur=densite" in links
    assert "?indicateur=densite" in links, "the way back to the whole"
    assert "data-place" in html
    assert not re.search(r"<button[^>]*data-place", html)


def test_a_semester_and_a_layer_are_chosen_by_links(frame):
    html = frame("periode=2024-S1,2024-S1&couches=qpv").body.decode()
    semesters = {
        name: unescape(link)
        for link, name in re.findall(r'<a [^>]*href="([^"]*)"[^>]*data-semester="([^"]+)"', html)
    }
    assert semesters["2023-S2"] == "?periode=2023-S2,2023-S2&couches=qpv"
    assert semesters["2024-S1"] == "?couches=qpv", "a second time takes it back"
    turns = {
        name: unescape(link)
        for link, name in re.findall(r'href="([^"]*)" aria-label="([A-Z]\w+)\u00a0: ', html)
    }
    assert turns["Retirer"] == "?periode=2024-S1,2024-S1&couches=aucune"
    assert ",qpv" in turns["Montrer"] or "=qpv," in turns["Montrer"]


def test_fields_are_forms_that_keep_the_rest_of_the_view(frame):
    html = frame("lieu=epci:200090751&couches=qpv").body.decode()
    form = re.search(r'<form[^>]*data-still="indicator".*?</form>', html, re.DOTALL)[0]
    assert '<option value="fit_par_habitant" selected>' in form
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', form))
    assert hidden == {"lieu": "epci:200090751", "couches": "qpv"}
    assert 'name="indicateur"' in form
    assert 'type="submit"' in form


def test_a_view_is_told_to_who_gets_its_link(client):
    html = client.get("/?lieu=commune:62193").text
    assert "<title>Calais – Atlas 62</title>" in html
    assert re.search(r'<meta property="og:title" content="Calais – Atlas 62">', html)
    described = re.search(r'<meta property="og:description" content="([^"]+)">', html)[1]
    assert "Calais" in described
    assert "FIT" in described


def test_a_document_of_a_reader_who_brought_something_is_kept_by_nobody(client):
    assert client.get("/").headers["Cache-Control"] == "no-cache"
    client.set_cookie("atlas62", "0" * 32)
    answer = client.get("/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_a_frame_is_drawn_once_and_its_layout_with_it(answers, monkeypatch):
    drawn = answers.first_frame("/", "lieu=commune:62160")
    monkeypatch.setattr("app.readers.answers.render_layout", None)
    assert answers.first_frame("/", "lieu=commune:62160") is drawn
    assert isinstance(answers.layout("/", "lieu=commune:62160"), StaticFile)


def test_a_page_whose_frame_fails_still_has_its_scripts(client, monkeypatch):
    monkeypatch.setattr(
        "app.readers.answers.explorer_frame", lambda *_: (_ for _ in ()).throw(KeyError("x"))
    )
    answer = client.get("/?lieu=commune:62758")
    assert answer.status_code == 200
    assert "first-frame" not in answer.text.partition("<script>")[0].partition("</head>")[2]
    assert "data-src=" in answer.text


def test_a_link_leads_to_the_pages_where_there_is_no_room_for_them(frame):
    html = frame("").body.decode()
    assert re.search(r'<a class="without-scripts to-pages" href="#pages">Menu</a><button', html)
    assert 'id="pages"' in html


def test_what_the_scripts_will_want_is_asked_for_behind_the_drawing(client):
    for query in ("", "lieu=epci:200090751"):
        html = client.get(f"/?{query}").text
        wanted = [found.start() for found in re.finditer('<link rel="preload"', html)]
        font, *others = wanted
        assert font < html.index("</head>")
        assert len(others) >= 3
        assert min(others) > html.index('class="frame-names"') > html.index('id="first-frame"')
