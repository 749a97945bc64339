"""The Département's own votes: documents that appear in a folder or on a page, each read once."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import orjson
from filelock import FileLock, Timeout

from geo.download import DownloadError, RemoteFile, Told, download
from geo.http_service import RequestPolicy
from geo.whole_file import write_whole
from layers.connectors.declaration import ConnectorError
from layers.facts.contracts import JOURNAL

NAME: Final = "deliberations"
STATE: Final = "lues.json"
DRAFTS: Final = "brouillons"
KINDS: Final = (".pdf", ".txt")
MOST_DOCUMENTS: Final = 500
"""Of a folder or a page; more is not where votes appear."""
MOST_PAGE_BYTES: Final = 5_000_000
MOST_BYTES: Final = 60_000_000

Found = TypeVar("Found", Path, str)


@dataclass(frozen=True, slots=True)
class SeenVote:
    """A document that was read.

    Parameters
    ----------
    name, sha256
        Of its file.
    address
        Where it was; empty for a folder.
    draft
        Name of the folder of its draft; empty where it is no deliberation, or cannot be read.
    said
        What came of it, in French.
    """

    name: str
    sha256: str
    address: str
    draft: str
    said: str


class SeenVotes:
    """What was read, and where new ones are looked for.

    Parameters
    ----------
    root
        Folder of all sources; need not exist.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root / NAME

    @property
    def place(self) -> str:
        """The folder or the page that is looked at; empty until one was named."""
        return str(self._state().get("place", ""))

    def votes(self) -> Mapping[str, SeenVote]:
        """Return what was read, by the sum of its bytes."""
        try:
            told = [SeenVote(**one) for one in self._state().get("votes", [])]
        except TypeError:
            return {}
        return {vote.sha256: vote for vote in told}

    def waiting(self, data: Path) -> list[SeenVote]:
        """Return the drafts that nobody has adopted or taken away yet."""
        adopted, drafts = self.adopted(data), self.folder / DRAFTS
        return [
            vote
            for vote in self.votes().values()
            if vote.draft and vote.sha256 not in adopted and (drafts / vote.draft).is_dir()
        ]

    def adopted(self, data: Path) -> frozenset[str]:
        """Return the sums of the documents that were adopted."""
        return frozenset(JOURNAL.texts(data)["sha256"]) - {""}

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other programs from reading new ones meanwhile; raises ConnectorError if one is."""
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / "lock", timeout=0):
                yield
        except Timeout:
            raise ConnectorError("Délibérations : une autre lecture est en cours.") from None

    def remember(self, place: str, votes: Mapping[str, SeenVote]) -> None:
        """Remember where one looks, and what was read; raises OSError."""
        told = {"place": place, "votes": [asdict(vote) for vote in votes.values()]}
        write_whole(self.folder / STATE, orjson.dumps(told, option=orjson.OPT_INDENT_2))

    def _state(self) -> Mapping[str, Any]:
        try:
            told = orjson.loads((self.folder / STATE).read_bytes())
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}


def is_address(place: str) -> bool:
    """Tell whether a place is a page of the web, and no folder."""
    return urlsplit(place).scheme in {"http", "https"}


def list_folder(folder: Path) -> list[Path]:
    """Return the documents of a folder and of those in it, by name.

    Raises
    ------
    ConnectorError
        It is no folder, or holds too many.
    """
    if not folder.is_dir():
        raise ConnectorError(f"Dossier « {folder} » absent.")
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in KINDS)
    return _bounded([path for path in found if path.is_file()], str(folder))


def list_page(page: str, to: Path, policy: RequestPolicy) -> list[str]:
    """Return the addresses of the documents that a page leads to, on the same server.

    Parameters
    ----------
    to
        Folder that the page is written to.

    Raises
    ------
    ConnectorError
        The page cannot be had, or leads to no document, or to too many.
    """
    path = to / "page.html"
    fetch(page, path, policy, MOST_PAGE_BYTES)
    links = _Links()
    links.feed(path.read_text("utf-8", errors="replace"))
    addresses = [urldefrag(urljoin(page, link)).url for link in links.found]
    here = urlsplit(page)[:2]
    found = [
        one
        for one in dict.fromkeys(addresses)
        if urlsplit(one)[:2] == here and urlsplit(one).path.lower().endswith(KINDS)
    ]
    if not found:
        raise ConnectorError(f"{page} : aucun document (.pdf ou .txt) du même serveur.")
    return _bounded(found, page)


def fetch(
    address: str,
    to: Path,
    policy: RequestPolicy,
    most: int = MOST_BYTES,
    told: Told = lambda _come, _all: None,
) -> None:
    """Download a document from its own server alone; raises ConnectorError."""
    split = urlsplit(address)
    origins = (f"{split.scheme}://{split.netloc}",)
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        download(RemoteFile(address, origins, most), to, policy, told)
    except DownloadError as error:
        raise ConnectorError(str(error)) from error


def name_of(address: str) -> str:
    """Return the name of the file at an address, without anything that leads elsewhere."""
    name = Path(unquote(urlsplit(address).path)).name
    return "".join(sign if sign.isalnum() or sign in "-_. " else "_" for sign in name)[-120:]


def sum_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _bounded(found: list[Found], where: str) -> list[Found]:
    if len(found) > MOST_DOCUMENTS:
        raise ConnectorError(f"{where} : {len(found)} documents, {MOST_DOCUMENTS} au plus.")
    return found


class _Links(HTMLParser):
    """Gathers where the links of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]
