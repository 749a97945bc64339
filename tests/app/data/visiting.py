"""What a visitor does with a file, step by step."""

import io
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from app.web.page_address import layout_url
from tests.app.imports import files


def send(visitor, content=None, name="Médiathèques.csv", **headers):
    given = (io.BytesIO(files.csv() if content is None else content), name)
    return visitor.post(
        "/donnees/fichiers",
        data={"fichier": given},
        content_type="multipart/form-data",
        headers=headers,
    )


def bring(visitor, content=None, name="Médiathèques.csv"):
    """Send a file and wait for its turn to be over."""
    answer = send(visitor, content, name)
    if answer.status_code == 303:
        wait(visitor, answer.headers["Location"])
    return answer


def wait(visitor, address):
    for _ in range(1200):
        if not visitor.get(address, headers={"Accept": "application/json"}).json["waiting"]:
            return visitor.get(address)
        time.sleep(0.1)
    raise AssertionError(address)


def place(visitor, address, **choice):
    """Send the guessed form with corrections, then place all rows."""
    page = visitor.get(address).text
    form = dict(re.findall(r'name="(role-\d+)">.*?<option value="(\w+)" selected', page, re.DOTALL))
    answer = visitor.post(f"{address}/colonnes", data={"titre": "Lieux", **form, **choice})
    assert answer.status_code == 303
    wait(visitor, address)
    told = visitor.post(f"{address}/avancer", headers={"Accept": "application/json"})
    assert told.json == {"done": 3, "total": 3, "over": True, "waiting": False}
    wait(visitor, address)


def layout(visitor, layer, address="?couches="):
    """Return what the page of the map is made of, for an address that asks for a layer."""
    return visitor.get(layout_url(*f"/{address}{layer}".split("?"))).text


def at_once(server, visitor, address, times):
    """Send an empty form several times at the same moment; return what was answered."""
    token = visitor.get_cookie("atlas62").value
    together = threading.Barrier(times)

    def send(_):
        client = server.test_client()
        client.set_cookie("atlas62", token)
        together.wait()
        return client.post(address).status_code

    with ThreadPoolExecutor(times) as threads:
        return sorted(threads.map(send, range(times)))
