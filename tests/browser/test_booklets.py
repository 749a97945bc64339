"""The staff: from the view on the map to the page, its files, and the ZIP of all contracts."""

import zipfile

import pytest
from playwright.sync_api import expect

from app.server import create_app
from app.settings import Settings
from tests.browser.journeys import violations

pytestmark = pytest.mark.browser

LONG = 180_000
"""Milliseconds: a page is drawn in a process that has to start, beside whatever else runs."""


@pytest.fixture(scope="module")
def atlas(serve, catalogue, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATLAS62_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield serve(create_app(Settings(), catalogue))


def test_from_the_map_to_the_zip_of_all_contracts(page, atlas, tmp_path):
    page.goto(f"{atlas}?lieu=epci:200090751&indicateur=population&couches=qpv")
    page.get_by_role("link", name="Autres formats").click()
    expect(page.get_by_label("Contrat ou territoire")).to_have_value("epci:200090751")
    expect(page.get_by_label("Indicateur peint")).to_have_value("population")
    expect(page.get_by_label("Comme sur la carte : par EPCI")).to_be_checked()
    expect(page.get_by_label("Quartiers prioritaires")).to_be_checked()
    expect(page.get_by_label("Collèges")).not_to_be_checked()
    picture = page.get_by_alt_text("Aperçu de la page : CA Grand Calais Terres & Mers")
    expect(picture).to_be_visible(timeout=LONG)
    page.get_by_text("Légendes des opérations").click()
    expect(page.get_by_placeholder("Cet intitulé").locator("visible=true")).to_have_count(1)
    assert violations(page) == []
    page.get_by_role("button", name="Les contrats").click()
    expect(page.locator("#lot progress")).to_be_visible()
    with page.expect_download(timeout=LONG) as download:
        page.locator("#lot").get_by_role("link", name="Télécharger").click(timeout=LONG)
    path = tmp_path / "livrets.zip"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        pages = [name for name in archive.namelist() if name.endswith(".pdf")]
        assert len(pages) == 6
        assert archive.testzip() is None


def test_a_phone_chooses_and_is_told_what_is_wrong(phone, atlas):
    phone.goto(f"{atlas}livrets?lieu=nulle%20part%20zzz&titre=%3Cscript%3E")
    expect(phone.get_by_text("inconnu")).to_be_visible()
    expect(phone.get_by_label("Titre", exact=True)).to_have_value("<script>")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(phone) == []
