"""Help and the declaration of accessibility: complete, computed, honest."""

import re
from collections import Counter

import pytest

from app.documents.help import help_page
from app.parts.keys import MAP_KEYS
from app.settings import EMBEDDED_DATA, BaseMap, Settings
from app.web import addresses as urls
from app.web.accessibility_state import CONFORM, FAULTY, Audit, Criterion, link_text, read_audit
from app.web.page_address import layout_url
from app.web.render import NAVIGATION
from geo.names import plain
from layers.catalogue.layers import Catalogue
from layers.documents.glossary import GLOSSARY
from layers.indicators.states import ABSENCES, SIGNS
from tests.app.documents.html_text import Page, serve
from tests.documents import restore

THEMES = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
"""Number of criteria of each theme of the RGAA 4.1."""
AROUND = 2
"""Lines before and after the one cited in which a sentence may go on."""


@pytest.fixture(scope="module")
def pages(application):
    reader = application.server.test_client()
    return {path: reader.get(path) for path in (urls.HELP, urls.ACCESSIBILITY)}


def test_the_help_tells_the_classes_and_the_absences_as_the_legend_does(pages):
    assert "de 5 à moins de 6" in pages[urls.HELP].text
    for state in ABSENCES:
        assert f"<strong>{SIGNS[state].word}</strong>" in pages[urls.HELP].text


def criterion(status):
    return Criterion("1.1", "Images", "objet", status, "raison")


def test_every_criterion_of_the_rgaa_is_judged_with_a_reason():
    criteria = read_audit().criteria
    assert [one.criterion for one in criteria] == [
        f"{theme}.{number}"
        for theme, count in enumerate(THEMES, 1)
        for number in range(1, count + 1)
    ]
    assert [len(of_theme) for _, of_theme in read_audit().themes] == list(THEMES)
    assert all(len(one.reason) > 5 for one in criteria)


@pytest.mark.parametrize(
    ("conform", "faulty", "rate", "state"),
    [
        (3, 0, 1, "totalement conforme"),
        (3, 1, 0.75, "partiellement conforme"),
        (1, 1, 0.5, "partiellement conforme"),
        (1, 2, 1 / 3, "non conforme"),
    ],
)
def test_the_rate_leaves_out_what_is_not_applicable(conform, faulty, rate, state):
    found = [CONFORM] * conform + [FAULTY] * faulty + ["non applicable"] * 7
    audit = Audit(tuple(map(criterion, found)))
    assert audit.rate == rate
    assert audit.state == state


def test_the_declaration_says_what_was_found_and_by_whom(pages):
    audit = read_audit()
    text = Page(pages[urls.ACCESSIBILITY].text).text
    counts = Counter(one.status for one in audit.criteria)
    applicable = counts[CONFORM] + counts[FAULTY]
    assert f"{counts[CONFORM]} critères respectés sur {applicable} applicables" in text
    assert f"{100 * counts[CONFORM] / applicable:.1f}".replace(".", ",") in text
    for words in ("auto-contrôle", "lecteur d’écran", "Défenseur des droits", "axe-core"):
        assert words in text
    assert all(one.criterion in text for one in audit.criteria)


def test_the_operator_says_whom_to_write_to(catalogue, pages):
    assert "n’a pas indiqué" in pages[urls.ACCESSIBILITY].text
    reader = serve(catalogue, settings=Settings(contact="<b>accueil@exemple.fr</b>"))
    page = reader.get(urls.ACCESSIBILITY).text
    assert "&lt;b&gt;accueil@exemple.fr&lt;/b&gt;" in page
    assert "n’a pas indiqué" not in page


def test_every_page_leads_to_the_plan_and_the_declaration(application):
    reader = application.server.test_client()
    for path, _ in NAVIGATION:
        answer = reader.get(path).text
        if "/_dash-layout" in answer:  # the page is made in the browser
            answer = reader.get(layout_url(path, "")).text
        assert urls.SITE_PLAN[1:] in answer
        assert link_text() in answer


def test_help_tells_the_keys_the_words_the_sources_and_where_everything_is(pages, catalogue):
    page = Page(pages[urls.HELP].text)
    for term in ("FIT", "EPCI", "QPV", "MDADT", "MDS", "CER"):
        assert f"mot-{term}" in page.anchors
    assert all(key in page.text for key, _ in MAP_KEYS)
    assert {address for address, _ in NAVIGATION} <= set(page.links)
    producers = {s.producer for layer in catalogue.layers.values() for s in layer.sources}
    assert all(plain(producer) in plain(page.text) for producer in producers)
    assert "navigateur" not in page.text  # no base map, nothing to warn of


def test_with_a_base_map_help_says_to_whom_the_browser_talks(catalogue):
    reader = serve(catalogue, settings=Settings(base_map=BaseMap.OPENSTREETMAP))
    page = reader.get(urls.HELP).text
    assert "tile.openstreetmap.org" in page
    assert "adresse IP" in page


def test_a_damaged_glossary_is_told_of_and_the_rest_of_help_stays(reference, tmp_path):
    (tmp_path / "documents.csv").write_bytes((EMBEDDED_DATA / "documents.csv").read_bytes())
    (tmp_path / "glossary.csv").write_text("term,meaning\nFIT\n", encoding="utf-8")
    shown = help_page(Catalogue(reference, tmp_path), BaseMap.NONE)
    assert "glossary.csv" in shown["problem"]
    assert shown["steps"]
    assert shown["sources"]


def test_every_word_of_the_glossary_has_one_source():
    words = GLOSSARY.read(EMBEDDED_DATA)
    assert (words["document"].notna() ^ words["source"].notna()).all()
    assert (words["document"].notna() == words["line"].notna()).all()


def test_every_word_stands_near_the_line_that_is_cited():
    words = GLOSSARY.read(EMBEDDED_DATA).dropna(subset="document")
    texts = {document: restore(document) for document in words["document"].unique()}
    for word in words.to_dict("records"):
        lines = texts[word["document"]]
        near = lines[word["line"] - 1 - AROUND : word["line"] + AROUND]
        names = [word["term"]] + [word["expansion"]] * isinstance(word["expansion"], str)
        said = re.sub(r"\W+", " ", plain(" ".join(near)))
        stems = [[w[:4] for w in re.findall(r"\w+", plain(name)) if len(w) > 1] for name in names]
        assert any(all(stem in said for stem in each) for each in stems), word["term"]
