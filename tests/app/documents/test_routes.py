"""What is answered to whatever is asked: known, unknown, hostile, damaged."""

from shutil import copytree

import pytest

from app.web.addresses import FUNDING, TRUST, contract_url, operation_url
from layers.catalogue.layers import Catalogue
from tests.app.documents.html_text import Page, serve

PAGES = (
    TRUST,
    FUNDING,
    operation_url("2023-534-grand-calais-1"),
    contract_url("ct-grand-calais"),
    contract_url("cv-marquise"),
)
ATTACK = """<script>alert(1)</script><img src=x onerror=alert(2)>"'&{{7*7}}"""


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_french_html_with_landmarks_and_no_script(documents, address):
    answer = documents.get(address)
    page = Page(answer.text)
    assert answer.content_type == "text/html; charset=utf-8"
    assert answer.text.startswith('<!DOCTYPE html>\n<html lang="fr">')
    assert {"header", "nav", "main", "footer", "h1"} <= set(page.tags)
    assert page.tags.count("h1") == page.tags.count("main") == 1
    assert "script" not in page.tags
    assert "style" not in page.attributes
    assert not [name for name in page.attributes if name.startswith("on")]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_loads_nothing_from_elsewhere(documents, address):
    answer = documents.get(address)
    assert not [link for link in Page(answer.text).links if link.startswith(("http", "//"))]
    assert 'src="http' not in answer.text
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_has_not_changed_is_not_sent_again(documents, address):
    first = documents.get(address)
    assert first.headers["Cache-Control"] == "no-cache"
    again = documents.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_pages_are_compressed_and_compressed_ones_revalidated(documents):
    asked = {"Accept-Encoding": "br"}
    first = documents.get(TRUST, headers=asked)
    assert first.headers["Content-Encoding"] == "br"
    assert len(first.data) < 40_000
    again = documents.get(TRUST, headers={**asked, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("kind", ["operation", "contrat"])
@pytest.mark.parametrize(
    "name", ["nope", "../../etc/passwd", "%3Cscript%3Ealert(1)%3C/script%3E", "%00", "é" * 2000]
)
def test_an_unknown_name_is_not_found_in_french(documents, kind, name):
    answer = documents.get(f"/{kind}/{name}")
    assert answer.status_code == 404
    assert "est inconnu" in answer.text
    assert "<script>" not in answer.text
    assert len(answer.text) < 4000
    assert "ETag" not in answer.headers


@pytest.fixture(scope="module")
def hostile(catalogue, tmp_path_factory):
    """Copy the data with an attack in every text that a person typed."""
    data = copytree(catalogue.data, tmp_path_factory.mktemp("hostile") / "data")
    edits = {
        "contracts/operations.csv": ("Reconversion d’un bâtiment", "centre-bourg de", "Commune d’"),
        "contracts/contracts.csv": ("Communauté de communes du Ternois", "Conforter les"),
        "contracts/financing.csv": ("Montant des travaux", "Reste à charge MO"),
        "contracts/calendar.csv": ("Projet global",),
        "contracts/pacts.csv": ("Accompagner les jeunes",),
        "contracts/budget.csv": ("Fonds d’innovation",),
        "quotations.csv": ("TOTAL",),
        "accepted_discrepancies.csv": ("Le plan voté",),
        "documents.csv": ("Adoption et mise en œuvre",),
        "figures/remarks.csv": ("Les deux nombres",),
    }
    attack = ATTACK.replace('"', "”")
    for name, words in edits.items():
        path = data / name
        text = path.read_text(encoding="utf-8")
        for word in words:
            assert word in text, (name, word)
            text = text.replace(word, f"{attack} {word}")
        path.write_text(text, encoding="utf-8")
    return serve(Catalogue(catalogue.reference, data))


@pytest.mark.parametrize(
    "address",
    [TRUST, FUNDING, operation_url("2023-534-ternois-1"), contract_url("ct-ternois")],
)
def test_nothing_of_the_data_becomes_markup(hostile, address):
    answer = hostile.get(address)
    assert answer.status_code == 200
    page = Page(answer.text)
    assert "alert(1)" in page.text
    assert "{{7*7}}" in page.text
    assert not {"script", "img"} & set(page.tags)
    assert not [name for name in page.attributes if name.startswith("on")]


@pytest.mark.parametrize("address", [FUNDING, operation_url("2023-534-ternois-1")])
def test_damaged_data_are_told_in_french_without_a_traceback(catalogue, tmp_path, address):
    data = copytree(catalogue.data, tmp_path / "data")
    (data / "contracts/financing.csv").write_text("operation\n", encoding="utf-8")
    answer = serve(Catalogue(catalogue.reference, data)).get(address)
    assert answer.status_code == 503
    assert "financing.csv" in answer.text
    assert "Traceback" not in answer.text


def test_trust_tells_of_damaged_data_and_shows_the_rest(catalogue, tmp_path):
    data = copytree(catalogue.data, tmp_path / "data")
    (data / "contracts/financing.csv").write_text("operation\n", encoding="utf-8")
    answer = serve(Catalogue(catalogue.reference, data)).get(TRUST)
    assert answer.status_code == 200
    assert "La vérification n’a pas pu être faite" in answer.text
    assert "Collèges" in answer.text


@pytest.mark.parametrize("end", [".", ")", ">", ",", " ».", "%29"])
def test_the_page_of_a_row_opens_by_a_link_worn_by_a_letter(documents, end):
    address = operation_url("2023-534-grand-calais-1")
    assert documents.get(address + end).text == documents.get(address).text
