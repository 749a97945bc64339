"""What memory the server keeps after many varied views, and what visitors with own layers cost.

``python -m benchmarks.memory --views 3000 --visitors 24``. The server is ``atlas62 servir``; its
workers' resident memory is printed every 250 views: layouts, choices, sheets, files and gaps of
places and thresholds drawn by lot. The visitors bring a list each, and look at it on the map.
"""

import argparse
import itertools
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote, urlencode

import urllib3

from app.opening.data import open_catalogue
from app.settings import read_settings
from benchmarks.browser import serve_atlas_process
from benchmarks.processes import resident, workers
from geo.perimeter import Level
from layers.indicators.every import list_indicators

EVERY: Final = 250
PATIENCE: Final = 60.0
LIST: Final = "nom;commune;cp\r\nUn;Lens;62300\r\nDeux;Arras;62000\r\nTrois;Calais;62100\r\n"
JSON: Final = {"Accept": "application/json"}
COOKIE: Final = re.compile(r"atlas62=[\w-]+")

pool = urllib3.PoolManager(timeout=PATIENCE, maxsize=4)


def held(server: int) -> list[int]:
    """Return the resident megabytes of each worker of the server."""
    return [round(resident(process)) for process in workers(server)]


def views(chance: random.Random) -> Iterator[str]:
    """Yield addresses of varied views, without end."""
    catalogue = open_catalogue(read_settings())
    reference = catalogue.reference
    places = [str(place) for level in Level for place in reference.perimeters(level)]
    indicators, layers = list(list_indicators(catalogue)), list(catalogue.layers)
    services = ("colleges", "france_services", "fire_stations")

    def view() -> str:
        return urlencode(
            {
                "lieu": chance.choice(places),
                "indicateur": chance.choice(indicators),
                "niveau": chance.choice(list(Level)),
                "classes": chance.randint(3, 7),
            }
        )

    def gap() -> str:
        return urlencode({"service": chance.choice(services), "seuil": chance.randint(5, 60)})

    kinds: tuple[Callable[[], str], ...] = (
        lambda: f"/_dash-layout?page={quote(f'/?{view()}')}",
        lambda: f"/choix/theme?{view()}",
        lambda: f"/choix/fiche?{view()}",
        lambda: f"/livrets?{view()}",
        lambda: f"/ecarts/communes.csv?{gap()}",
        lambda: f"/telecharger/{chance.choice(layers)}.gpkg?lieu={chance.choice(places)}",
    )
    weights = (4, 6, 6, 1, 1, 1)
    while True:
        yield chance.choices(kinds, weights)[0]()


def look(address: str, path: str, cookie: str = "") -> float:
    """Return the seconds that a view took; its page is told as the referrer too."""
    headers = {"Accept-Encoding": "br", "Cookie": cookie}
    begun = time.monotonic()
    answer = pool.request("GET", f"{address}{path}", headers=headers)
    if answer.status >= 500:  # noqa: PLR2004
        print(f"  {answer.status} {path}")
    return time.monotonic() - begun


def bring(address: str, title: str) -> str:
    """Bring a list as a visitor; return their cookie once its layer is made."""
    given = {"fichier": (f"{title}.csv", LIST)}
    answer = pool.request("POST", f"{address}/donnees/fichiers", fields=given, headers=JSON)
    cookie = COOKIE.findall(answer.headers["Set-Cookie"])[0]
    page, headers = f"{address}{answer.json()['url']}", {"Cookie": cookie}

    def wait() -> None:
        while pool.request("GET", page, headers={**headers, **JSON}).json()["waiting"]:
            time.sleep(0.1)

    wait()
    roles = {"titre": title, "role-0": "nom", "role-1": "commune", "role-2": "code_postal"}
    pool.request_encode_body(
        "POST", f"{page}/colonnes", fields=roles, headers=headers, encode_multipart=False,
        redirect=False,
    )  # fmt: skip
    wait()
    return cookie


def visit(address: str, cookies: list[str], rounds: int) -> float:
    """Let visitors look at their layers in turn; return the median seconds of an answer."""
    paths = ("/_dash-layout?page=%2F%3Fcouches%3Dliste", "/choix/fiche?lieu=commune:62498&r=")
    waits = [
        look(address, f"{path}{turn if path.endswith('=') else ''}", cookie)
        for turn, cookie, path in itertools.product(range(rounds), cookies, paths)
    ]
    return statistics.median(waits)


def main() -> None:
    """Look at views, and print what the workers keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--views", type=int, default=3000)
    parser.add_argument("--visitors", type=int, default=24)
    asked = parser.parse_args()
    addresses = views(random.Random(62))  # noqa: S311 - nothing secret is drawn
    with tempfile.TemporaryDirectory() as room:
        os.environ |= {"ATLAS62_CACHE": f"{room}/cache", "ATLAS62_STORE": f"{room}/a.gpkg"}
        with serve_atlas_process() as (address, server):
            print(f"start: {held(server)} MB", flush=True)
            for number in range(1, asked.views + 1):
                look(address, next(addresses))
                if number % EVERY == 0:
                    print(f"{number} views: {held(server)} MB", flush=True)
            cookies = [bring(address, "Liste") for _ in range(asked.visitors)]
            print(f"{asked.visitors} visitors with own layers: {held(server)} MB")
            for some in (2, asked.visitors):
                seconds = visit(address, cookies[:some], rounds=max(2, 24 // some))
                print(f"{some} visitors: {seconds * 1000:.0f} ms at the median", flush=True)
            print(f"end: {held(server)} MB")


if __name__ == "__main__":
    main()
