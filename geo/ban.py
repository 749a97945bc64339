"""The Base Adresse Nationale by way of the Géoplateforme: asked politely, believed after checks.

The service (https://geoservices.ign.fr, API Géoplateforme – Géocodage) answers 50 requests a second
to one address of the network, and 429 with ``Retry-After`` beyond.
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar
from urllib.parse import urlencode

import urllib3

from geo.ban_answers import (
    CITY_CODE,
    QUERY,
    BanAnswer,
    BanError,
    BrokenAnswerError,
    Question,
    read_features,
    read_table,
    write_questions,
)

Answer = TypeVar("Answer")
Fields = Mapping[str, str | tuple[str, bytes, str]]

OK: Final = 200
RETRIED: Final = frozenset((429, 500, 502, 503, 504))
LARGEST_ANSWER: Final = 20_000_000
LONGEST_QUERY: Final = 200
CHUNK: Final = 500
"""Addresses in one file."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How the service is asked.

    Parameters
    ----------
    per_second
        Requests a second at the most; 50 are allowed.
    tries
        For each request, the first included.
    backoff_s
        Seconds before the second try; doubled before each other.
    longest_wait_s
        Seconds that are waited at the most, even where ``Retry-After`` asks for more.
    timeout_s
        Seconds for connecting, and between two parts of an answer.
    """

    per_second: float = 40.0
    tries: int = 5
    backoff_s: float = 0.5
    longest_wait_s: float = 60.0
    timeout_s: float = 20.0


def _make_pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(retries=False, headers={"User-Agent": "atlas62"})


@dataclass(slots=True)
class BanClient:
    """Asks the service; one client for all the questions of a run.

    Parameters
    ----------
    address
        Of the service, without a final slash.
    """

    address: str
    manners: Manners = field(default_factory=Manners)
    _pool: urllib3.PoolManager = field(default_factory=_make_pool)
    _last: float = -math.inf

    def search(self, question: Question) -> BanAnswer | None:
        """Ask one question; ``None`` where the service knows no answer.

        Raises
        ------
        BanError
            The service does not answer, or answers what cannot be used.
        """
        fields = {"q": question.text[:LONGEST_QUERY], "limit": "1", "autocomplete": "0"}
        if question.city_code:
            fields["citycode"] = question.city_code
        return self._ask("GET", f"/search?{urlencode(fields)}", None, read_features)

    def search_many(self, questions: Sequence[Question]) -> list[BanAnswer | None]:
        """Ask up to :data:`CHUNK` questions in one file; the answers are in their order.

        Raises
        ------
        BanError
            The service does not answer, or answers what cannot be used.
        """
        fields: Fields = {
            "data": ("adresses.csv", write_questions(questions), "text/csv"),
            "columns": QUERY,
            "citycode": CITY_CODE,
        }
        return self._ask("POST", "/search/csv", fields, lambda body: read_table(body, questions))

    def _ask(
        self, method: str, path: str, fields: Fields | None, read: Callable[[bytes], Answer]
    ) -> Answer:
        """Send a request until an answer can be read, or no try is left."""
        problem = ""
        for attempt in range(self.manners.tries):
            try:
                status, retry_after, body = self._send(method, path, fields)
                if status == OK:
                    return read(body)
                problem = f"réponse {status}"
                if status not in RETRIED:
                    break
            except BrokenAnswerError as error:
                problem, retry_after = str(error), None
            except urllib3.exceptions.HTTPError as error:
                problem, retry_after = _tell(error), None
            if attempt + 1 < self.manners.tries:
                self._wait(attempt, retry_after)
        raise BanError(f"Base Adresse Nationale ({self.address}) : {problem}.")

    def _send(self, method: str, path: str, fields: Fields | None) -> tuple[int, str | None, bytes]:
        """Send one request, no sooner than the manners allow: status, Retry-After, body."""
        pause = self._last + 1 / self.manners.per_second - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        self._last = time.monotonic()
        response = self._pool.request(
            method,
            f"{self.address}{path}",
            fields=fields,
            timeout=self.manners.timeout_s,
            redirect=False,  # what people type goes to the address that the operator chose
            preload_content=False,
        )
        try:
            body = response.read(LARGEST_ANSWER + 1)
        finally:
            response.release_conn()
        if len(body) > LARGEST_ANSWER:
            raise BrokenAnswerError("réponse trop longue")
        return response.status, response.headers.get("Retry-After"), body

    def _wait(self, attempt: int, retry_after: str | None) -> None:
        seconds = self.manners.backoff_s * 2**attempt
        if retry_after is not None and retry_after.strip().isdecimal():
            seconds = max(seconds, float(retry_after))
        time.sleep(min(seconds, self.manners.longest_wait_s))


def _tell(error: urllib3.exceptions.HTTPError) -> str:
    refused = isinstance(error, urllib3.exceptions.NewConnectionError)  # a kind of time-out, there
    late = isinstance(error, urllib3.exceptions.TimeoutError) and not refused
    return "délai dépassé" if late else "connexion impossible ou coupée"
