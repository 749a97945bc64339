"""Files of many at once: each waits for its turn, can be stopped, and is made once."""

import re
import threading
import time

import pytest

from app.imports import brought_file
from tests.app.data.visiting import bring, send, wait


@pytest.fixture
def slow(monkeypatch, read_here):  # noqa: ARG001 - what is slow is what it reads here
    """Let each step wait until the test lets it go on."""
    go_on = threading.Event()
    run = brought_file.run_apart

    def wait_and_run(*arguments, **options):
        go_on.wait(20)
        return run(*arguments, **options)

    monkeypatch.setattr(brought_file, "run_apart", wait_and_run)
    yield go_on
    go_on.set()


def test_ten_slow_imports_leave_the_readers_their_answers(server, slow):
    visitors = [server.test_client() for _ in range(10)]
    begun = time.monotonic()
    answers = [send(visitor, Accept="application/json") for visitor in visitors]
    assert {answer.status_code for answer in answers} == {202}
    reader = server.test_client()
    assert reader.get("/healthz").status_code == 200
    assert reader.get("/aide").status_code == 200
    assert time.monotonic() - begun < 60  # a request that read its file would hold for 120
    pages = [
        visitor.get(answer.json["url"]).text
        for visitor, answer in zip(visitors, answers, strict=True)
    ]
    assert "8ᵉ de la file d’attente" in pages[-1]
    assert all('http-equiv="refresh"' in page and "Retirer ce fichier" in page for page in pages)
    slow.set()
    for visitor, answer in zip(visitors, answers, strict=True):
        assert "Placer sur la carte" in wait(visitor, answer.json["url"]).text


@pytest.mark.usefixtures("slow")
def test_a_file_that_waits_does_nothing_else_and_can_be_taken_away(server):
    visitor = server.test_client()
    address = send(visitor).headers["Location"]
    answer = visitor.post(f"{address}/colonnes", data={"titre": "x"})
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    assert re.search("en cours|file d’attente", visitor.get("/donnees").text)
    assert visitor.post(f"{address}/retirer").status_code == 303
    assert visitor.get(address).status_code == 404
    assert address not in visitor.get("/donnees").text


def chosen(visitor, content, title):
    """Bring a list, keep the guessed columns; return its address."""
    address = bring(visitor, content).headers["Location"]
    page = visitor.get(address).text
    form = dict(re.findall(r'name="(role-\d+)">.*?<option value="(\w+)" selected', page, re.DOTALL))
    visitor.post(f"{address}/colonnes", data={"titre": title, **form})
    return address


def test_no_row_is_geocoded_in_the_process_that_answers_readers(server, monkeypatch):
    def here(*_):
        raise AssertionError("geocoded among readers")

    monkeypatch.setattr("geo.geocoder.lookup.Geocoder.load", here)
    monkeypatch.setattr("geo.geocoder.lookup.Geocoder.geocode_many", here)
    visitor = server.test_client()
    page = wait(visitor, chosen(visitor, None, "Dehors"))
    assert "3\u00a0lignes placées sur 3" in page.text


@pytest.mark.usefixtures("read_here")
def test_a_long_list_is_placed_in_turns_and_can_be_stopped_and_taken_up_again(server, monkeypatch):
    monkeypatch.setattr("app.imports.steps.GEOCODING_SECONDS", 1e-9)
    go = threading.Semaphore(0)
    steps = brought_file.run_apart

    def pause(step, *arguments, **more):
        if step == "geocode":
            go.acquire(timeout=120)
        return steps(step, *arguments, **more)

    monkeypatch.setattr(brought_file, "run_apart", pause)
    lines = [f"Lieu {number};{number} rue de la Paix;62000;Arras" for number in range(12)]
    content = "\n".join(["nom;adresse;code postal;commune", *lines]).encode()
    visitor = server.test_client()
    address = chosen(visitor, content, "Longue")
    json = {"Accept": "application/json"}
    go.release()  # placed, and a first stretch
    until = time.monotonic() + 120
    while (told := visitor.get(address, headers=json).json).get("done") != 5:
        assert time.monotonic() < until, told
        time.sleep(0.02)
    assert told["waiting"]
    assert told["words"].startswith("5\u00a0adresses placées sur 12.")
    assert 'max="12" value="5"' in visitor.get(address).text
    assert visitor.post(f"{address}/arreter").status_code == 303
    go.release(50)
    stopped = wait(visitor, address).text
    assert "Reprendre" in stopped
    assert visitor.post(f"{address}/avancer").status_code == 303
    assert "12\u00a0lignes placées sur 12" in wait(visitor, address).text
    visitor.post(f"{address}/retirer")


@pytest.mark.usefixtures("read_here")
def test_advancing_twice_at_once_makes_one_layer(server):
    visitor = server.test_client()
    address = bring(visitor).headers["Location"]
    page = visitor.get(address).text
    form = dict(re.findall(r'name="(role-\d+)">.*?<option value="(\w+)" selected', page, re.DOTALL))
    visitor.post(f"{address}/colonnes", data={"titre": "Une fois", **form})
    wait(visitor, address)
    cookie = visitor.get_cookie("atlas62").value

    def advance():
        twin = server.test_client()
        twin.set_cookie("atlas62", cookie)
        twin.post(f"{address}/avancer")

    threads = [threading.Thread(target=advance) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wait(visitor, address)
    visitor.post(f"{address}/avancer")
    assert "3\u00a0lignes placées sur 3" in wait(visitor, address).text
    own = re.findall(r'id="couche-(une_fois\w*)"', visitor.get("/donnees").text)
    assert own == ["une_fois"]
    visitor.post(f"{address}/retirer")
    assert "une_fois" not in visitor.get("/donnees").text
