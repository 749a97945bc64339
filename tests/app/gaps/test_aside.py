"""The questions of Écarts in a process of their own: what they take is theirs alone."""

import json
import subprocess
import sys

import pytest

from app.gaps.address import parse_gap_view
from app.gaps.calculator import GapCalculator
from app.gaps.one_at_a_time import BusyError
from app.readers.answers import Answers
from layers.gaps.question import GapError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a process that divides")

ASKED = """
import json, os, signal, sys
from app.gaps import aside
from layers.gaps.question import GapError

aside.MOST_SECONDS, aside.BEFORE_ANOTHER = 0.3, 0.01

found = []

def find(whose, view):
    found.append(str(view))
    if view == "none":
        raise GapError("Pas de réponse.")
    if view == "broken":
        raise ZeroDivisionError
    while view == "endless":
        pass
    return {"pid": os.getpid(), "nice": os.nice(0), "whose": whose, "view": view, "found": found}

def ask(view):
    try:
        return desk.ask("v1", view)
    except GapError as error:
        return str(error)

def answered(view):
    for _ in range(100):
        if not isinstance(one := ask(view), str):
            return one

desk = aside.Aside(find)
told = {"before": desk.ask("v1", "a"), "here": os.getpid(), "rank": os.nice(0)}
desk.open()
told |= {"there": ask("a"), "again": ask("b"), "none": ask("none"), "broken": ask("broken")}
told |= {"endless": ask("endless"), "after": answered("a")}
(keeper,) = map(int, open(f"/proc/self/task/{os.getpid()}/children").read().split())
told["named"] = open(f"/proc/{keeper}/comm").read().strip()
os.kill(told["after"]["pid"], signal.SIGKILL)
told["killed"] = answered("a")  # the first question may still have gone to the one that ends
os.kill(keeper, signal.SIGKILL)
os.waitpid(keeper, 0)
import time
until = time.monotonic() + 20
while (last := ask("a")) is None or isinstance(last, str) or last["pid"] != os.getpid():
    assert time.monotonic() < until, last
told["last"] = last
print()
json.dump(told, sys.stdout)
"""


@pytest.fixture(scope="module")
def told():
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", ASKED], capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout.splitlines()[-1])  # after what was logged


def test_a_question_is_answered_there_and_gives_way(told):
    assert told["before"]["pid"] == told["here"]
    there = told["there"]
    assert there["pid"] != told["here"]
    assert (there["whose"], there["view"]) == ("v1", "a")
    assert there["nice"] == min(told["rank"] + 5, 19)
    assert told["again"]["pid"] == there["pid"]  # which keeps what it found
    assert told["named"] == "atlas62-ecarts"
    journeys = there["found"][-2]  # made before anybody asked
    assert "proposed=1" in journeys
    assert journeys in told["killed"]["found"]


def test_a_refusal_is_told_in_its_words_and_a_fault_in_ours(told):
    assert told["none"] == "Pas de réponse."
    assert "interrompu" in told["broken"]


def test_a_question_without_an_end_ends_alone(told):
    assert "interrompu" in told["endless"]
    assert told["after"]["pid"] not in {told["here"], told["there"]["pid"]}


def test_who_is_killed_is_begun_again_and_without_it_the_server_answers(told):
    assert told["killed"]["pid"] not in {told["here"], told["after"]["pid"]}
    assert told["last"]["pid"] == told["here"]


def test_what_is_found_elsewhere_is_asked_once_and_shown_as_if_found_here(catalogue):
    here, asked = GapCalculator(catalogue), []

    def find(view):
        asked.append(view)
        return here.find(view)

    desk = GapCalculator(catalogue, elsewhere=find)
    view, _ = parse_gap_view("?service=gares&seuil=20&carte=50.5,2.5,10", desk.words)
    assert desk.answer(view).view == view
    moved, _ = parse_gap_view("?service=gares&seuil=20", desk.words)
    answer = desk.answer(moved)
    assert answer.view == moved
    assert len(asked) == 1
    assert answer.shown.total == here.find(moved).shown.total


def test_a_refusal_for_now_is_not_kept(atlas, catalogue):
    here, busy = GapCalculator(catalogue), [True]

    def find(view):
        if busy:
            raise BusyError("Redemandez.")
        return here.find(view)

    answers = Answers(atlas, GapCalculator(catalogue, elsewhere=find))
    query = "?service=gares&seuil=20"
    page, frame = answers.layout("/ecarts", query), answers.first_frame("/ecarts", query)
    assert b"Redemandez." in page.body
    assert "Redemandez." in frame.body.decode()
    busy.clear()
    page, frame = answers.layout("/ecarts", query), answers.first_frame("/ecarts", query)
    assert b"Redemandez." not in page.body
    assert "Redemandez." not in frame.body.decode()
    assert answers.layout("/ecarts", query) is page


def test_a_refusal_that_stays_is_kept(atlas, catalogue):
    asked = []

    def find(view):
        asked.append(view)
        raise GapError("Jamais.")

    answers = Answers(atlas, GapCalculator(catalogue, elsewhere=find))
    assert answers.layout("/ecarts", "") is answers.layout("/ecarts", "")
