"""People who ask much of a server, each from an address of their own."""

import random
import re
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from typing import Final

import urllib3

PATIENCE: Final = 60.0
LIST: Final = b"commune;intitule;total\n" + b"".join(
    f"{name};Essai {number};{number}\n".encode()
    for number, name in enumerate(["Arras", "Lens", "Calais", "Boulogne-sur-Mer", "Liévin"] * 20)
)
EXPECTED: Final = frozenset({200, 202, 204, 303, 429, 503})
"""503 and 429 are said in words to whoever must wait: they are counted apart."""
SHOWN: Final = 90
"""Characters of an answer that is not expected."""
JSON: Final = "application/json"
OWN: Final = re.compile(r'name="remplace" value="([^"]+)"')
"""On the page of a file: what its visitor has adopted."""


class Client(threading.Thread):
    """Somebody who does one thing again and again; notes what each answer took.

    Parameters
    ----------
    address
        Of the server, which takes the word of a proxy for whom it is asked by.
    until
        Of the clock that never goes back.
    number
        Of the client: its address follows.
    """

    def __init__(self, address: str, act: "Act", until: float, number: int) -> None:
        super().__init__(daemon=True)
        self.waits: list[float] = []
        self.waited = self.adopted = 0
        self.own = ""
        """Identifier of the layer that they have adopted, and address of its file."""
        self.page = ""
        self.phases: list[str] = []
        """What was told at last of each page that they have waited for."""
        self.errors: list[str] = []
        self.address, self.act, self._until = address, act, until
        self.cookies: dict[str, str] = {}
        self.chance = random.Random(number)  # noqa: S311 - nothing secret is drawn
        self._from = f"198.51.100.{number % 250 + 1}"
        self._pool = urllib3.PoolManager(timeout=PATIENCE, retries=False)

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._until

    def stop(self) -> None:
        """End the time; what is asked now is answered."""
        self._until = 0.0

    def run(self) -> None:
        """Do it until the time is over."""
        while not self.over:
            with suppress(ConnectionError):
                self.act(self)
            time.sleep(self.chance.uniform(0.1, 0.5))

    def ask(
        self, method: str, path: str, accept: str = "text/html", told: int = 0, **more: object
    ) -> urllib3.BaseHTTPResponse:
        """Ask, with the cookies that were given.

        Parameters
        ----------
        told
            Status that is expected beside the usual ones.
        """
        began = time.perf_counter()
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Accept": accept, "X-Forwarded-For": self._from}
        try:
            answer = self._pool.request(
                method, self.address + path, headers=headers, redirect=False, **more
            )
        except urllib3.exceptions.HTTPError as error:
            self.errors.append(f"{path}: {type(error).__name__}")
            raise ConnectionError(path) from error
        self.waits.append(1000 * (time.perf_counter() - began))
        self.waited += answer.status in {429, 503}
        if answer.status not in {*EXPECTED, told}:
            text = answer.data.decode("utf-8", "replace").partition("<h1>")[2] or "?"
            said = " ".join(re.sub(r"<[^>]*>", " ", text).split())
            self.errors.append(f"{method} {path}: {answer.status} {said[:SHOWN]}")
        for given in answer.headers.getlist("Set-Cookie"):
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer


Act = Callable[[Client], object]


def bring(client: Client) -> str | None:
    """Bring a file; return its page, None where that was refused."""
    sent = {"fichier": ("liste.csv", LIST, "text/csv")}
    return client.ask("POST", "/donnees/fichiers", fields=sent).headers.get("Location")


def bring_and_leave(client: Client) -> None:
    """Bring a file, look at it, take it away."""
    if page := bring(client):
        client.ask("GET", page)
        client.ask("POST", f"{page}/retirer")


def bring_and_adopt(client: Client) -> None:
    """Bring a file, make a layer of it, adopt it, take it away."""
    if page := _make(client):
        client.ask("POST", f"{page}/adopter")
        client.adopted += 1
        client.ask("POST", f"{page}/retirer")


def adopt_again(client: Client) -> None:
    """Adopt a layer, the same one each time: from the second time on it is replaced."""
    client.page = client.page or _make(client)
    if not client.page:
        return
    fields = {"remplace": client.own} if client.own else {}
    path = f"{client.page}/adopter"
    answer = client.ask("POST", path, fields=fields, encode_multipart=False)
    client.adopted += answer.status == HTTPStatus.SEE_OTHER
    shown = client.ask("GET", client.page).data.decode()
    client.own = found[1] if (found := OWN.search(shown)) else client.own


def _make(client: Client) -> str:
    """Bring a file and make a layer of it; return its page, empty where that does not come."""
    page = bring(client)
    roles = {"titre": "Essai", "role-0": "commune", "role-1": "nom", "role-2": "nombre"}
    if page and wait(client, page):
        client.ask("POST", f"{page}/colonnes", fields=roles, encode_multipart=False)
        if wait(client, page):
            return page
    if page:
        client.ask("POST", f"{page}/retirer")
    return ""


def wait(client: Client, page: str) -> bool:
    """Wait until the turn of a file is over; tell whether its step was taken, not refused."""
    while not client.over:
        if not client.ask("GET", page, accept=JSON).json()["waiting"]:
            # a step that was killed is told there, with 422
            return client.ask("GET", page, told=422).status == HTTPStatus.OK
        time.sleep(0.2)
    return False


def print_page(client: Client) -> None:
    """Have a page of a booklet drawn."""
    place = client.chance.choice(["epci:200090751", "epci:200072460", "territoire:calaisis"])
    order = {"lieu": place, "sortie": "svg"}
    page = client.ask("POST", "/livrets/travaux", fields=order).headers.get("Location")
    if page:
        client.ask("GET", page)


def print_again(client: Client) -> None:
    """Have a page drawn that nobody had; wait for it, ask again where its workshop died twice."""
    order = {"lieu": "epci:200090751", "sortie": "svg", "titre": str(client.chance.random())}
    told = client.ask("POST", "/livrets/travaux", accept=JSON, fields=order).json()
    while told.get("alive"):
        time.sleep(0.1)
        told = client.ask("GET", told["url"], accept=JSON).json()
        if told.get("phase") == "interrompu":
            client.phases.append("interrompu")
            told = client.ask("POST", f"{told['url']}/reprendre", accept=JSON).json()
    client.phases.append(told.get("phase", "refusé"))


def propose(client: Client) -> None:
    """Ask where the next sites should go, each time for another threshold."""
    sites, threshold = client.chance.randint(1, 5), client.chance.randint(5, 40)
    client.ask("GET", f"/ecarts?service=mairies&seuil={threshold}&proposer={sites}")


def look(client: Client) -> None:
    """Read a page."""
    pages = ("/", "/donnees", "/financements", "/choix/fiche?lieu=epci:200090751", "/aide")
    client.ask("GET", client.chance.choice(pages))


HEAD: Final = (
    "| who | answers | median (ms) | p95 (ms) | told to wait | errors |\n"
    "| --- | ---: | ---: | ---: | ---: | --- |"
)


def let(address: str, acts: Iterable[Act], until: float) -> list[Client]:
    """Let clients begin, one for each act."""
    clients = [Client(address, act, until, number) for number, act in enumerate(acts)]
    for client in clients:
        client.start()
    return clients


def row(name: str, waits: list[float], waited: int, errors: list[str]) -> str:
    """Return a row of the table."""
    median = statistics.median(waits) if waits else 0.0
    shown = f" {sorted(set(errors))[:3]}" if errors else ""
    return (
        f"| {name} | {len(waits)} | {median:.0f} | {_percentile(waits, 0.95):.0f} "
        f"| {waited} | {len(errors)}{shown} |"
    )


def row_of(name: str, clients: list[Client]) -> str:
    """Return the row of some clients."""
    waits = [wait for client in clients for wait in client.waits]
    errors = [error for client in clients for error in client.errors]
    return row(name, waits, sum(client.waited for client in clients), errors)


def _percentile(waits: list[float], share: float) -> float:
    return sorted(waits)[min(int(share * len(waits)), len(waits) - 1)] if waits else 0.0
