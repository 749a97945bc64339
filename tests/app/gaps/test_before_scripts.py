"""The page Écarts before scripts and without: a question as a form, its answer in the document."""

import io
import re
from html import unescape

import pytest
from PIL import Image

from app.gaps.address import parse_gap_view
from app.gaps.calculator import GapCalculator
from app.gaps.changes import address_after, turned
from app.gaps.view import DEFAULT, GapView
from app.readers.answers import Answers
from layers.gaps.question import GapError


@pytest.fixture(scope="module")
def answers(atlas, catalogue):
    return Answers(atlas, GapCalculator(catalogue))


@pytest.fixture(scope="module")
def document(answers):
    def draw(query=""):
        return unescape(answers.first_frame("/ecarts", query).body.decode())

    return draw


def form_of(html, marker):
    return next(form for form in re.findall(r"<form.*?</form>", html, re.DOTALL) if marker in form)


def named(form):
    hidden = r'type="hidden" name="([^"]+)" value="([^"]*)"'
    return dict(re.findall(hidden, form))


def test_the_document_holds_the_answer_the_legend_and_every_commune(document, answers):
    html = document("service=lycees")
    assert "sont à plus de 20 minutes" in html.replace("\u00a0", " ")
    assert 'class="legend-table gap-legend"' in html
    communes = re.search(r'<g class="frame-communes".*?</g>', html, re.DOTALL)[0]
    assert communes.count("<path") == 887
    assert answers.first_frame("/ecarts", "service=lycees").description.startswith(
        "154\u00a0communes"
    )


def test_what_is_proposed_is_on_the_map_in_its_own_mark_until_it_is_opened(document, answers):
    def proposed(query):
        view, _ = parse_gap_view(query, answers.desk.words)
        return [one.site.word for one in answers.desk.answer(view).only_proposed]

    asked = "service=lycees&proposer=2"
    html = document(asked)
    first, *_ = found = proposed(asked)
    assert html.count('class="frame-site proposed"') == len(found) == 2
    assert "sites proposés" in re.search(r'aria-label="Légende des points".*?</table>', html)[0]
    html = document(f"{asked}&sites={first}")
    left = proposed(f"{asked}&sites={first}")
    assert first not in left
    assert html.count('class="frame-site opened"') == 1
    assert html.count('class="frame-site proposed"') == len(left)


def test_a_commune_says_its_time_and_its_link_puts_a_site_there(document):
    html = document("service=lycees&sites=62041")
    arras = re.search(r'<a href="([^"]*)"[^>]*><path[^>]*data-code="62041".*?</title>', html)
    assert arras[1] == "?service=lycees", "a second time takes it back"
    assert re.search(r"Arras.: \d+,\d.min \(de \d", arras[0])
    calais = re.search(r'<a href="([^"]*)"[^>]*><path[^>]*data-code="62193"', html)
    assert calais[1] == "?service=lycees&sites=62041,62193"


def test_what_may_be_either_side_of_the_threshold_is_hatched(document, answers):
    rules = answers.first_frame("/ecarts", "service=lycees").rules
    ground = re.search(r"\.(f\d+)-ground\{fill:#", rules)[1]
    assert re.search(rf"\.{ground}\{{fill:url\(#{ground}-0\)", rules)
    assert f'class="{ground}"' in document("service=lycees")


def test_the_question_is_a_form_that_keeps_the_scenarios(document):
    form = form_of(document("service=lycees&sites=62041"), "gap-service")
    assert named(form) == {"sites": "62041"}
    for name in ("service", "panier", "rang", "seuil", "compter", "modele", "cible"):
        assert f'name="{name}"' in form
    assert form.count('name="seuil"') == 1, "the slider says nothing of its own"


def test_a_commune_named_in_the_form_joins_the_scenario_on_the_map(answers, document):
    form = form_of(document("service=lycees&sites=62193~62041&scenario=1"), 'id="gap-commune"')
    assert named(form)["sites"] == "62041~62193"
    assert named(form)["scenario"] == "2"
    asked = "service=lycees&sites=62041~62193&scenario=2&sites=B%C3%A9thune"
    assert "2\u00a0sites ouverts" in document(asked)
    assert answers.first_frame("/ecarts", asked).description


def test_boxes_of_the_basket_are_one_list(document):
    html = document("service=lycees&panier=pharmacies&panier=mairies")
    for service in ("pharmacies", "mairies"):
        assert re.search(rf'value="{service}" checked[^>]*data-also', html)


def test_the_table_opens_at_a_row_and_turns_its_pages(document):
    assert "plain-table" not in document("service=lycees")
    html = document("service=lycees&ligne=51")
    assert html.count("<tr>") > 50
    assert "51 à 100" in html
    assert 'href="?service=lycees&ligne=101"' in html
    assert 'href="?service=lycees&ligne=1"' in html


def test_a_question_without_an_answer_says_why_and_draws_the_land(document, answers, monkeypatch):
    def refuse(_):
        raise GapError("Rien à compter ici.")

    monkeypatch.setattr(answers.desk, "answer", refuse)
    html = document("service=lycees&seuil=33")
    assert "Rien à compter ici." in html
    assert html.count("<path") > 887


def test_the_picture_of_the_link_is_that_of_the_answer(answers):
    image = Image.open(io.BytesIO(answers.card("/ecarts", "service=lycees").body))
    assert image.size == (1200, 630)
    explorer = Image.open(io.BytesIO(answers.card("/", "").body))
    assert list(image.convert("L").resize((40, 20)).tobytes()) != list(
        explorer.convert("L").resize((40, 20)).tobytes()
    )


def test_buttons_lead_where_the_scripts_would():
    view = GapView(scenarios=(("62041",), ("62193", "62160")), active=1, proposed=2)
    assert address_after(view, "undo").endswith("sites=62041~62193&scenario=2&proposer=2")
    assert "sites=62041&" in address_after(view, "drop") + "&"
    assert "scenario" not in address_after(view, "scenario:0")
    assert address_after(view, "new").count("~") == 2
    assert "service=lycees" in address_after(view, "preset:lycees:20")
    assert "autour=lycees" in address_after(view, "around:lycees:0620001A").replace("%3A", ":")
    assert address_after(view, "propose") is None
    assert turned(turned(DEFAULT, "62041"), "62041") == DEFAULT
    full = GapView(scenarios=(tuple(f"62{n:03}" for n in range(10)),))
    assert turned(full, "62999") == full


def test_a_place_is_named_in_a_form_for_its_bands_and_closed_from_there(document, catalogue):
    form = form_of(document("service=lycees&seuil=25&sites=62041"), "gap-around")
    assert named(form) == {"service": "lycees", "seuil": "25", "sites": "62041"}
    words = re.findall(r'<option value="([^"]+)"', form)
    assert len(words) == len(catalogue.load("lycees"))
    around = document(f"service=lycees&autour={words[0]}")
    assert f'<option value="{words[0]}" selected' in around
    href = re.search(r'<a [^>]*href="([^"]*)"[^>]*>Supposer ce lieu fermé</a>', around)[1]
    closed = document(href.removeprefix("?"))
    assert "Rouvrir ce lieu</a>" in closed
    assert "1 fermé" in closed.replace(" ", " ")


def test_a_list_of_a_thousand_town_halls_is_a_field_for_the_name_of_a_commune(document):
    form = form_of(document("service=mairies"), "gap-around")
    assert "<option" not in form
    assert "Bandes par carrés" in document("service=mairies&autour=Arras")
