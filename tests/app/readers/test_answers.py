"""What a choice is answered with: what the whole page of the same address shows."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.gaps.calculator import GapCalculator
from app.readers.answers import Answers
from app.web.static_files import StaticFile

PLACES = ("", "lieu=commune:62193", "lieu=epci:200090751&comparer=epci:200072460", "lieu=qpv:nulle")
CHOICES = ("", "indicateur=densite&niveau=commune&methode=jenks&classes=4", "indicateur=colleges")


@pytest.fixture(scope="module")
def answers(atlas, catalogue):
    return Answers(atlas, GapCalculator(catalogue))


def stores(layout):
    """Return what each store of a layout holds."""
    if isinstance(layout, list):
        return {name: data for part in layout for name, data in stores(part).items()}
    if not isinstance(layout, dict) or "props" not in layout:
        return {}
    props = layout["props"]
    if layout["type"] == "Store":
        return {props["id"]: props.get("data")}
    return stores(props.get("children"))


@pytest.mark.parametrize("query", PLACES)
def test_a_place_is_answered_with_what_its_page_shows(client, answers, query):
    page = stores(json.loads(answers.layout("/", query).body))
    sheet = client.get(f"/choix/fiche?{query}").json
    assert sheet["sheet"] == page["sheet-body-content"]
    assert sheet["trail"] == page["trail-content"]
    assert sheet["picked"] == page["picked"]
    assert sheet["name"] == page["place-name"]


@pytest.mark.parametrize("query", CHOICES)
def test_a_choice_is_answered_with_what_its_page_shows(client, answers, query):
    page = stores(json.loads(answers.layout("/", query).body))
    theme = client.get(f"/choix/theme?{query}").json
    assert theme["theme"] == page["theme"]
    assert theme["legend"] == page["legend-content"]
    assert theme["theme"]["choice"]["indicator"] == page["choice"]["indicator"]
    assert theme["level"] == page["choice"]["level"]


def test_bounds_that_cannot_be_read_are_told_beside_the_legend(client):
    theme = client.get("/choix/theme?bornes=douze").json
    assert theme["theme"]["refused"]
    assert "« douze » illisible" in json.dumps(theme["legend"], ensure_ascii=False)


@pytest.mark.parametrize("path", ["/choix/fiche", "/choix/theme"])
@pytest.mark.parametrize(
    "query", ["lieu=<script>", "indicateur=%00", "a" * 9_000, "%F0%9F%92%A9=%ff"]
)
def test_whatever_is_asked_an_answer_of_the_departement_comes(client, path, query):
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Pas-de-Calais" in answer.text or answer.json["indicator"] == "fit_par_habitant"


def test_an_answer_is_written_once(answers):
    assert answers.sheet("lieu=commune:62041") is answers.sheet("lieu=commune:62041")
    assert answers.theme("indicateur=densite") is not answers.theme("indicateur=colleges")


def test_one_frame_is_drawn_at_a_time_and_the_same_one_once(atlas, catalogue, monkeypatch):
    answers, drawn, at_once = Answers(atlas, GapCalculator(catalogue)), [], []

    def draw(*asked):
        drawn.append(asked[2].place)
        at_once.append(None)
        most.append(len(at_once))
        time.sleep(0.05)
        at_once.pop()
        return StaticFile("frame", b"")

    most = []
    monkeypatch.setattr("app.readers.answers.explorer_frame", draw)
    views = ["?lieu=epci:200090751", "?lieu=epci:200072460", "?lieu=epci:200090751"]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda query: answers.first_frame("/", query), views))
    assert len(drawn) == 2
    assert max(most) == 1
