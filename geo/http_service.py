"""A service on the network, asked politely: bounded answers, time-outs, a few tries."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

import urllib3

Answer = TypeVar("Answer")
Fields = Mapping[str, str | tuple[str, bytes, str]]

OK: Final = 200
RETRIED: Final = frozenset((429, 500, 502, 503, 504))


class BrokenAnswerError(Exception):
    """An answer is cut short or is not what the service says it gives; a few French words."""


@dataclass(frozen=True, slots=True)
class RequestPolicy:
    """How a service is asked.

    Parameters
    ----------
    per_second
        Requests a second at the most.
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
class HttpService:
    """Asks one service.

    Parameters
    ----------
    name
        What a person calls it.
    address
        Without a final slash.
    failure
        What is raised, with a French sentence, when no try succeeds.
    largest_answer
        Bytes.
    """

    name: str
    address: str
    failure: type[Exception]
    largest_answer: int
    policy: RequestPolicy = field(default_factory=RequestPolicy)
    _pool: urllib3.PoolManager = field(default_factory=_make_pool)
    _last: float = -math.inf

    def ask(
        self, method: str, path: str, fields: Fields | None, read: Callable[[bytes], Answer]
    ) -> Answer:
        """Send a request until an answer can be read, or no try is left; raises ``failure``."""
        problem = ""
        for attempt in range(self.policy.tries):
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
            if attempt + 1 < self.policy.tries:
                self._wait(attempt, retry_after)
        raise self.failure(f"{self.name} ({self.address}) : {problem}.")

    def _send(self, method: str, path: str, fields: Fields | None) -> tuple[int, str | None, bytes]:
        """Send one request, no sooner than the policy allows: status, Retry-After, body."""
        pause = self._last + 1 / self.policy.per_second - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        self._last = time.monotonic()
        response = self._pool.request(
            method,
            f"{self.address}{path}",
            fields=fields,
            timeout=self.policy.timeout_s,
            redirect=False,  # what people type goes to the address that the operator chose
            preload_content=False,
        )
        try:
            body = response.read(self.largest_answer + 1)
        finally:
            response.release_conn()
        if len(body) > self.largest_answer:
            raise BrokenAnswerError("réponse trop longue")
        return response.status, response.headers.get("Retry-After"), body

    def _wait(self, attempt: int, retry_after: str | None) -> None:
        seconds = self.policy.backoff_s * 2**attempt
        if retry_after is not None and retry_after.strip().isdecimal():
            seconds = max(seconds, float(retry_after))
        time.sleep(min(seconds, self.policy.longest_wait_s))


def _tell(error: urllib3.exceptions.HTTPError) -> str:
    refused = isinstance(error, urllib3.exceptions.NewConnectionError)  # a kind of time-out, there
    late = isinstance(error, urllib3.exceptions.TimeoutError) and not refused
    return "délai dépassé" if late else "connexion impossible ou coupée"
