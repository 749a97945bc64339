"""The positions and the geocoder: what is read, what may be written, what is refused."""

from shutil import copytree, ignore_patterns

import pytest

from app.settings import Corrections
from app.web.addresses import GEOCODER, POSITIONS, geocoder_url, position_url
from layers.catalogue.layers import Catalogue
from layers.placing.corrections import read_corrections
from tests.app.documents.html_text import Page, serve

BLENDECQUES = position_url("mairies", "mairie-62139")
HERE = {"Sec-Fetch-Site": "same-origin"}
FORM = {"choix": "1", "par": "MDADT", "raison": "Vu sur place"}
TYPED = {
    **FORM, "choix": "autre", "longitude": "2,2847", "latitude": "50,7162",
    "commune": "blendecques", "precision": "address",
}  # fmt: skip


@pytest.fixture(scope="module")
def data(catalogue, tmp_path_factory):
    folder = tmp_path_factory.mktemp("positions") / "data"
    return copytree(catalogue.data, folder, ignore=ignore_patterns("build", "__pycache__"))


@pytest.fixture(scope="module")
def opened(catalogue, data):
    """Serve a copy of the data, where the operator lets readers write."""
    return serve(Catalogue(catalogue.reference, data), Corrections.EVERYONE)


@pytest.fixture(autouse=True)
def uncorrected(data):
    yield
    (data / "positions.csv").unlink(missing_ok=True)


def test_list_tells_each_doubt_and_leads_to_its_row(read_page):
    page = read_page(POSITIONS)
    assert "Mots qui le situent" in page.text
    assert "rue Gobron" in page.text
    assert BLENDECQUES in page.links


@pytest.mark.parametrize(
    "address", [POSITIONS, BLENDECQUES, GEOCODER, geocoder_url("Auchy", "epci:200072460")]
)
def test_a_page_is_french_html_without_a_script(documents, address):
    answer = documents.get(address)
    page = Page(answer.text)
    assert answer.text.startswith('<!DOCTYPE html>\n<html lang="fr">')
    assert page.tags.count("h1") == 1
    assert "script" not in page.tags
    assert "style" not in page.attributes


def test_every_candidate_is_on_the_page_of_its_row(read_page):
    page = read_page(BLENDECQUES)
    assert "Mairie de Saint-Omer" in page.text
    assert "form" in page.tags  # that of the search
    assert "Enregistrer" not in page.text
    assert "ATLAS62_CORRECTIONS" in page.text


def test_row_that_is_not_there_is_not_found_in_french(documents):
    for address in (position_url("mairies", "x"), position_url("x", "y"), f"{POSITIONS}/a/%00"):
        answer = documents.get(address)
        assert (answer.status_code, "inconnu" in answer.text) == (404, True)


def test_nothing_is_written_where_the_operator_did_not_allow_it(documents):
    answer = documents.post(BLENDECQUES, data=FORM, headers=HERE)
    assert answer.status_code == 403
    assert "atlas62 positions corriger" in answer.text


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.example"}]
)
def test_form_of_another_site_is_refused(opened, data, headers):
    assert opened.post(BLENDECQUES, data=FORM, headers=headers).status_code == 403
    assert read_corrections(data).keys() == set()


@pytest.mark.parametrize(("form", "precision"), [(FORM, "site"), (TYPED, "address")])
def test_correction_is_written_and_told(opened, data, form, precision):
    answer = opened.post(BLENDECQUES, data=form, headers=HERE)
    assert (answer.status_code, answer.location) == (303, BLENDECQUES)
    (written,) = read_corrections(data).values()
    assert (written.said_by, written.precision) == ("MDADT", precision)
    assert "Corrigé." in Page(opened.get(BLENDECQUES).text).text
    assert "Corrigées par une personne" in Page(opened.get(POSITIONS).text).text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"choix": "9"}, "attendu un nombre de 1 à"),
        ({"choix": "²"}, "attendu un nombre de 1 à"),
        ({"raison": ""}, "pourquoi"),
        ({"longitude": "ici"}, "attendu un nombre de degrés"),
        ({"longitude": "inf"}, "Blendecques"),
        ({"latitude": "48,85"}, "Blendecques"),
        ({"commune": "Lille"}, "Lille"),
        ({"precision": "epci"}, "précision"),
        ({"precision": "<b>"}, "précision"),
    ],
)
def test_impossible_correction_is_said_and_what_was_typed_stays(opened, data, changes, said):
    answer = opened.post(BLENDECQUES, data={**TYPED, **changes}, headers=HERE)
    page = Page(answer.text)
    assert answer.status_code == 400
    assert said in page.text
    assert 'value="MDADT"' in answer.text
    assert read_corrections(data) == {}


def test_path_of_an_answer_is_shown(read_page):
    page = read_page(geocoder_url("Pôle Gare – place de la Gare – Nœux-les-Mines"))
    assert "Gare de Nœux-les-Mines" in page.text
    for step in ("Normaliser", "Reconnaître", "Rapprocher", "Classer", "Localiser", "Répondre"):
        assert step in page.text


def test_territory_decides_between_places_of_one_name(read_page):
    assert "Auchy-lès-Hesdin (62050)" in read_page(geocoder_url("Auchy", "7 Vallées")).text


def test_hostile_text_is_only_a_text(documents):
    answer = documents.get(geocoder_url("<script>alert(1)</script>" * 50))
    assert answer.status_code == 200
    assert "script" not in Page(answer.text).tags
    assert 'role="alert"' in documents.get(geocoder_url("Lens", "epci:1 OR 1=1")).text
