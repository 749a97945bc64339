"""A file from the network, streamed to the disk: allowed hosts, bounds, resumption, checksum.

What was asked for arrives whole or not at all. A part that came before a connection broke is kept,
and asked no more for (RFC 9110, section 14: ``Range`` and ``If-Range``).
"""

import errno
import hashlib
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

import urllib3

from geo.http_service import RETRIED, RequestPolicy

MOST_REDIRECTS: Final = 5
REDIRECTED: Final = frozenset((301, 302, 303, 307, 308))
WHOLE, PART, NO_SUCH_PART = 200, 206, 416
AGENT: Final = "Mozilla/5.0 (compatible; atlas62)"
"""As robots of search name themselves: insee.fr refuses (403) who does not begin so."""
CHUNK: Final = 1 << 16
DISK_FULL: Final = frozenset((errno.ENOSPC, errno.EDQUOT))

Told = Callable[[int, int | None], None]
"""Called with the bytes that have come, and those that will, where that is known."""


class DownloadError(Exception):
    """A file could not be had; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """What is asked for.

    Parameters
    ----------
    address
        Where; it may redirect to other addresses of ``origins``.
    origins
        Scheme and host, as ``https://static.data.gouv.fr``: nobody else is asked.
    most_bytes
        More is refused.
    checksum
        ``algorithm:hexadecimal`` (md5, sha1, sha256), empty where none is published.
    """

    address: str
    origins: Collection[str]
    most_bytes: int
    checksum: str = ""


def download(
    wanted: RemoteFile, to: Path, policy: RequestPolicy, told: Told = lambda _come, _all: None
) -> None:
    """Write a remote file to ``to``, whole or not at all; what came so far is beside it, ``.part``.

    Raises
    ------
    DownloadError
        It cannot be had, is too large, or is not what its checksum says.
    """
    part = to.with_name(f"{to.name}.part")
    problem = _AgainError("")
    with urllib3.PoolManager(retries=False, headers={"User-Agent": AGENT}) as pool:
        for attempt in range(policy.tries):
            if attempt:
                time.sleep(_pause(policy, attempt, problem))
            try:
                _fetch(pool, wanted, part, policy, told)
                break
            except _AgainError as again:
                problem = again
            except OSError as error:
                raise DownloadError(_explain_disk(to, error)) from error
        else:
            raise DownloadError(f"{wanted.address} : {problem}.")
    _check(wanted, part)
    part.replace(to)


class _AgainError(Exception):
    """A try that may do better later; how long the server asks to wait, in seconds."""

    def __init__(self, problem: str, after: float = 0.0) -> None:
        super().__init__(problem)
        self.after = after


def _pause(policy: RequestPolicy, attempt: int, problem: _AgainError) -> float:
    wait = max(policy.backoff_s * 2.0 ** (attempt - 1), problem.after)
    return min(wait, policy.longest_wait_s)


def _fetch(
    pool: urllib3.PoolManager, wanted: RemoteFile, part: Path, policy: RequestPolicy, told: Told
) -> None:
    mark = part.with_name(f"{part.name}.etag")
    begun = part.stat().st_size if part.exists() and mark.exists() else 0
    headers = {"Accept-Encoding": "identity"}
    if begun:
        headers |= {"Range": f"bytes={begun}-", "If-Range": mark.read_text("utf-8")}
    try:
        response = _follow(pool, wanted, headers, policy)
        try:
            _take(response, wanted, part, begun, told)
        finally:
            response.close()  # what is left unread must not come with the next answer
    except urllib3.exceptions.TimeoutError as error:
        raise _AgainError("délai dépassé") from error
    except urllib3.exceptions.HTTPError as error:
        raise _AgainError("connexion impossible ou coupée") from error


def _follow(
    pool: urllib3.PoolManager, wanted: RemoteFile, headers: dict[str, str], policy: RequestPolicy
) -> urllib3.BaseHTTPResponse:
    """Ask, and go where the answer sends to, as far as that is allowed."""
    address = wanted.address
    for _ in range(MOST_REDIRECTS + 1):
        split = urlsplit(address)
        if f"{split.scheme}://{split.netloc}" not in wanted.origins:
            raise DownloadError(
                f"{wanted.address} : renvoi vers « {split.netloc[:80]} », qui n’est pas un "
                "serveur attendu."
            )
        response = pool.request(
            "GET",
            address,
            headers=headers,
            timeout=policy.timeout_s,
            redirect=False,
            preload_content=False,
        )
        if response.status not in REDIRECTED:
            return response
        address = urljoin(address, response.headers.get("Location", ""))
        response.drain_conn()
    raise DownloadError(f"{wanted.address} : plus de {MOST_REDIRECTS} renvois.")


def _take(
    response: urllib3.BaseHTTPResponse, wanted: RemoteFile, part: Path, begun: int, told: Told
) -> None:
    """Add what an answer holds to the part that is there, or begin it anew."""
    mark = part.with_name(f"{part.name}.etag")
    if response.status == NO_SUCH_PART:
        part.unlink(missing_ok=True)
        raise _AgainError("le fichier a changé pendant le téléchargement")
    if response.status in RETRIED:
        raise _AgainError(f"réponse {response.status}", _seconds(response))
    if response.status not in {WHOLE, PART}:
        raise DownloadError(f"{wanted.address} : réponse {response.status}.")
    come = begun if response.status == PART else 0
    mark.unlink(missing_ok=True)
    if etag := response.headers.get("ETag", ""):
        mark.write_text(etag, "utf-8")
    length = response.headers.get("Content-Length", "")
    total = come + int(length) if length.isdecimal() else None
    _refuse_large(wanted, total or 0)
    with part.open("ab" if come else "wb") as file:
        for chunk in response.stream(CHUNK):
            come += len(chunk)
            _refuse_large(wanted, come)
            file.write(chunk)
            told(come, total)
    if total is not None and come < total:
        raise _AgainError("réponse coupée")


def _refuse_large(wanted: RemoteFile, size: int) -> None:
    if size > wanted.most_bytes:
        raise DownloadError(
            f"{wanted.address} : plus de {wanted.most_bytes // 1_000_000} Mo, ce n’est pas le "
            "fichier attendu."
        )


def _seconds(response: urllib3.BaseHTTPResponse) -> float:
    """Return what ``Retry-After`` asks for, in either of its forms."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        return max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
    except (TypeError, ValueError):
        return 0.0


def _check(wanted: RemoteFile, part: Path) -> None:
    algorithm, _, expected = wanted.checksum.partition(":")
    if not expected:
        return
    with part.open("rb") as file:
        found = hashlib.file_digest(file, algorithm).hexdigest()
    if found != expected.lower():
        part.unlink()
        raise DownloadError(
            f"{wanted.address} : somme de contrôle {found[:12]}, {expected[:12]} attendu ; "
            "le fichier est endommagé ou remplacé pendant le téléchargement."
        )


def _explain_disk(to: Path, error: OSError) -> str:
    if error.errno in DISK_FULL:
        return f"Dossier « {to.parent} » : plus de place sur le disque, rien n’est changé."
    return f"Fichier « {to.name} » : écriture impossible ({error.strerror}), rien n’est changé."
