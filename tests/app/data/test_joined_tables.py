"""A table by EPCI that a visitor brings: painted, compared, printed, taken away; theirs alone."""

import re

import pytest

from app.booklets import page as booklets
from app.jobs.workshop import Workshop
from app.server import create_app
from app.settings import Settings
from app.web.page_address import layout_url
from tests.app.data.visiting import bring, wait

CONTENT = b"SIREN;Places (lits);Taux\n200090751;120001;4,5\n200033579;80001;3,5\n246200299;s;2,5\n"
PLACES = "apport__chiffres__places_lits"


@pytest.fixture(scope="module")
def server(tmp_path_factory, catalogue):
    room = tmp_path_factory.mktemp("chiffres")
    settings = Settings(cache=room / "cache", store=room / "atlas62.gpkg", adoption="oui")
    return create_app(settings, catalogue).server


@pytest.fixture(scope="module")
def page(server):
    """Give a visitor whose table is joined, and the address of its file."""
    visitor = server.test_client()
    address = bring(visitor, CONTENT, "Chiffres.csv").headers["Location"]
    form = visitor.get(address).text
    assert '<option value="epci" selected>un EPCI</option>' in form
    given = dict(
        re.findall(r'name="([\w-]+)">(?:<option value="[^"]*">[^<]*</option>)*?'
                   r'<option value="([^"]*)" selected', form)
    )  # fmt: skip
    given |= dict(re.findall(r'id="(unite-\d+)" name="[\w-]+" value="([^"]*)"', form))
    assert given["unite-1"] == "lits"
    assert (
        visitor.post(f"{address}/colonnes", data={"titre": "Chiffres", **given}).status_code == 303
    )
    wait(visitor, address)
    return visitor, address


@pytest.fixture
def owner(page):
    return page[0]


def theme(visitor, **keys):
    query = "&".join(f"{key}={value}" for key, value in keys.items())
    return visitor.get(f"/choix/theme?{query}")


def test_its_page_says_what_was_joined_and_offers_each_map(page):
    visitor, address = page
    text = visitor.get(address).text.replace("\u00a0", " ").replace("\u202f", " ")
    assert "3 lignes jointes à leur territoire sur 3" in text
    assert "3 EPCI sur 20 ; les autres sont « non disponible », pas zéro." in text
    assert f"indicateur={PLACES}&amp;niveau=epci" in text or f"indicateur={PLACES}" in text
    assert "gardé comme « secret statistique »" in text


def test_it_is_painted_and_classed_for_its_visitor_alone(server, owner):
    answer = theme(owner, indicateur=PLACES, niveau="epci")
    assert answer.headers["Cache-Control"] == "private, no-store"
    shown = answer.json["theme"]
    assert shown["values"] == {"200090751": 120001.0, "200033579": 80001.0}
    assert shown["absent"] == {"secret": ["246200299"]}
    assert shown["title"] == "Places, par EPCI (non daté)"
    assert answer.json["measure"] == "total"
    bare = theme(owner, indicateur="apport__chiffres__taux", niveau="epci")
    assert "()" not in bare.text
    stranger = server.test_client()
    other = theme(stranger, indicateur=PLACES, niveau="epci").json
    assert other["indicator"] != PLACES
    assert "Apporté : Chiffres" not in stranger.get(layout_url("/", "")).text
    assert "Apporté : Chiffres" in owner.get(layout_url("/", "")).text


def test_two_visitors_with_the_same_columns_each_see_their_own(server, owner):
    other = server.test_client()
    content = CONTENT.replace(b"120001", b"20001")
    address = bring(other, content, "Chiffres.csv").headers["Location"]
    other.post(f"{address}/colonnes", data={
        "titre": "Chiffres", "lignes": "epci", "role-0": "epci", "role-1": "nombre",
        "role-2": "nombre", "mesure-1": "total", "unite-1": "lits",
    })  # fmt: skip
    wait(other, address)
    for visitor, value, median in (
        (owner, 120001.0, "100\u202f001"), (other, 20001.0, "50\u202f001"),
        (owner, 120001.0, "100\u202f001"),
    ):  # fmt: skip
        assert theme(visitor, indicateur=PLACES).json["theme"]["values"]["200090751"] == value
        sheet = visitor.get("/choix/fiche?lieu=epci:200090751").text
        assert "Chiffres apport" in sheet
        assert median in sheet


def test_sheet_comparison_and_table_hold_it(owner, server):
    compared = owner.get("/choix/fiche?lieu=epci:200090751&comparer=epci:200033579").text
    assert "Chiffres apport" in compared
    files = owner.get(f"/tableau.csv?indicateur={PLACES}&niveau=epci")
    assert files.headers["Cache-Control"] == "private, no-store"
    text = files.get_data().decode("utf-8-sig")
    assert "secret statistique" in text
    assert "Places" in text.splitlines()[0]
    stranger = server.test_client().get("/tableau.csv?niveau=epci")
    assert "Places" not in stranger.get_data().decode("utf-8-sig")
    assert stranger.headers["Cache-Control"] == "no-cache"


def test_a_booklet_page_of_it_is_drawn_for_its_visitor_alone(server, owner, monkeypatch):
    monkeypatch.setattr(Workshop, "wake", lambda _: None)
    orders = []
    start = booklets.Jobs.start
    monkeypatch.setattr(
        booklets.Jobs,
        "start",
        lambda jobs, order, who: orders.append(order) or start(jobs, order, who),
    )
    assert "Apporté" in owner.get("/livrets").text
    assert "Apporté" not in server.test_client().get("/livrets").text
    asked = {"lieu": "epci:200090751", "indicateur": PLACES, "sortie": "svg"}
    owner.post("/livrets/travaux", data=asked, headers={"Accept": "application/json"})
    assert orders[0].layers == ("chiffres",)
    assert orders[0].owner
    server.test_client().post("/livrets/travaux", data=asked)
    assert not orders[1].owner
    assert PLACES not in " ".join(orders[1].words)


@pytest.mark.parametrize(("field", "value"), [
    ("lignes", "planete"), ("mesure-1", "<script>"), ("rapport-1", "inconnue"),
])  # fmt: skip
def test_answers_that_no_form_gives_are_refused(server, field, value):
    visitor = server.test_client()
    address = bring(visitor, CONTENT, "Chiffres.csv").headers["Location"]
    given = {
        "titre": "C",
        "lignes": "epci",
        "role-0": "epci",
        "role-1": "nombre",
        "mesure-1": "total",
    }
    answer = visitor.post(f"{address}/colonnes", data={**given, field: value})
    assert answer.status_code == 422
    assert "<script>" not in answer.text.replace("<script src", "").replace("<script nonce", "")
