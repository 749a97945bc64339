from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from werkzeug.datastructures import MultiDict

from app.__main__ import main
from app.booklets.choices import choices_of
from app.booklets.form import BATCHES, OUTPUTS, Form, FormError, order_batch, order_page, read_form

HOSTILE = "--sortie=/etc/passwd <script>alert(1)</script>\x00\n"


def test_the_address_of_a_view_of_the_explorer_prints_as_that_view(catalogue):
    view = {"lieu": "epci:200090751", "indicateur": "population", "couches": "operations,contrats",
            "niveau": "commune", "vue": "10,50.9,1.8"}  # fmt: skip
    form, remarks = read_form(MultiDict(view), catalogue)
    assert remarks == ()
    assert form.place == "epci:200090751"
    assert form.indicator == "population"
    assert form.layers == ("operations",)
    assert form.settings == "niveau=commune"


def test_classes_palette_and_filters_of_a_view_are_those_of_its_page(catalogue):
    view = {"lieu": "territoire:calaisis", "indicateur": "densite", "niveau": "epci",
            "methode": "egales", "classes": "4", "palette": "bleue", "periode": "2023,2024-S1",
            "comparer": "territoire:artois", "bornes": "<script>"}  # fmt: skip
    form, remarks = read_form(MultiDict(view), catalogue)
    assert form.settings == (
        "niveau=epci&methode=egales&classes=4&palette=bleue&periode=2023-S1,2024-S1"
    )
    assert len(remarks) == 2
    assert remarks[1].startswith("Comparaison")
    again, remarks = read_form(MultiDict({**view, "comparer": "", "bornes": "",
                                          "reglages": form.settings}), catalogue)  # fmt: skip
    assert (again.settings, remarks) == (form.settings, ())
    words = order_page(form, "pdf", "Calaisis", "1").words
    assert words.index(f"--vue={form.settings}") < words.index("--indicateur=densite")
    assert "--indicateur=" in order_batch(replace(form, indicator=""), "epci", "pdf", 1, "1").words


def test_a_district_is_printed_as_the_commune_that_it_lies_in(catalogue):
    form, remarks = read_form(MultiDict({"lieu": "qpv:QN06254M"}), catalogue)
    assert form.place.startswith("commune:62")
    assert "lu comme" in remarks[0]


def test_ticked_boxes_are_layers_and_none_is_none(catalogue):
    ticked = MultiDict([("couches", "aucune"), ("couches", "colleges"), ("couches", "qpv")])
    assert read_form(ticked, catalogue)[0].layers == ("qpv", "colleges")
    assert read_form(MultiDict({"couches": "aucune"}), catalogue)[0].layers == ()
    assert read_form(MultiDict(), catalogue)[0].layers is None


def test_what_cannot_be_used_is_told_and_left_out(catalogue):
    given = MultiDict(dict.fromkeys(
        ("lieu", "format", "orientation", "couches", "indicateur", "titre"), HOSTILE
    ))  # fmt: skip
    form, remarks = read_form(given, catalogue)
    assert form.place == "departement:62"
    assert (form.paper, form.orientation, form.indicator, form.layers) == ("A4", "auto", "", ())
    assert form.title.isprintable()
    assert len(remarks) == 3
    assert all(remark.endswith(".") for remark in remarks)


def test_a_text_is_never_an_option_of_the_command():
    form = Form(title="--remplacer", subtitle="-x")
    for output in OUTPUTS:
        words = order_page(form, output, "Calais", "1").words
        assert "--titre=--remplacer" in words
        assert "-x" not in words


@pytest.mark.parametrize("output", list(OUTPUTS))
def test_the_command_knows_every_word_of_an_order(output):
    logo = Path("logo.png")
    form = Form(
        layers=("qpv",), indicator="fit", captions=(("2023-534-ternois-1", "Hôtel"),), sheet=True,
        partner_logo=logo, departement_logo=logo, profile=Path("presse.icc"),
    )  # fmt: skip
    words = list(order_page(form, output, "Calais", "1").words)
    options = {word.partition("=")[0] for word in words if word.startswith("--")}
    told = CliRunner().invoke(main, [words[0], "--help"]).output
    assert all(option in told for option in options)


@pytest.mark.parametrize("what", list(BATCHES))
def test_a_batch_is_all_pages_of_a_kind(what):
    order = order_batch(Form(paper="A3"), what, "imprimeur", 6, "1")
    assert order.words[:3] == ("livret", "--tous", what)
    assert "--imprimeur" in order.words
    assert order.queue == "lot"


def test_another_edition_of_the_data_is_another_job():
    one, other = (order_page(Form(), "pdf", "Calais", edition) for edition in "12")
    assert one.id != other.id
    assert one.id == order_page(Form(), "pdf", "Calais", "1").id


def test_an_unknown_output_is_refused():
    with pytest.raises(FormError, match="docx"):
        order_page(Form(), "docx", "Calais", "1")
    with pytest.raises(FormError, match="mairies"):
        order_batch(Form(), "mairies", "pdf", 1, "1")


def test_captions_are_of_known_operations_and_the_sheet_is_of_the_screen(catalogue):
    given = {"legende-2023-534-ternois-1": " L’hôtel\nde la formation ", "legende-licorne": "x",
             "legende-2023-534-7-vallees-1": "", "fiche": "1"}  # fmt: skip
    form, remarks = read_form(MultiDict(given), catalogue)
    assert remarks == ()
    assert form.captions == (("2023-534-ternois-1", "L’hôtel de la formation"),)
    words = {output: order_page(form, output, "Calais", "1").words for output in OUTPUTS}
    assert [output for output in OUTPUTS if "--fiche" in words[output]] == ["pdf"]
    assert "--legende=2023-534-ternois-1=L’hôtel de la formation" in words["svg"]
    batch = order_batch(form, "contrats", "pdf", 6, "1").words
    assert "--legende=2023-534-ternois-1=L’hôtel de la formation" in batch


def test_the_background_is_offered_once_it_was_taken(catalogue, grounded):
    asked = MultiDict({"lieu": "epci:200033579", "couches": "operations,fond"})
    form, _ = read_form(asked, grounded)
    assert form.layers == ("operations", "fond")
    offered = {
        name: ticked for name, _, ticked in choices_of(grounded, form, frozenset())["layers"]
    }
    assert offered["fond"]
    before, _ = read_form(asked, catalogue)
    assert before.layers == ("operations",)
    assert "fond" not in {one[0] for one in choices_of(catalogue, before, frozenset())["layers"]}
