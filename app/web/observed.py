"""What was answered: to which route, how it ended, how long it took; never to whom or about what.

An address may hold what a person looked for, a client's address is a personal datum: neither is
kept. The rule of the route (``/telecharger/<name>``) is.
"""

import time
from collections.abc import Callable
from typing import Final, NamedTuple

import structlog
from flask import Flask, Response, g, request

NO_ROUTE: Final = "inconnue"

log = structlog.get_logger("app.requests")


class Served(NamedTuple):
    """One answer.

    Parameters
    ----------
    seconds
        From the request being whole to its answer being ready to leave.
    size
        Bytes of the answer, None where it is streamed.
    """

    route: str
    method: str
    status: int
    seconds: float
    size: int | None


def observe(server: Flask, *tell: Callable[[Served], None]) -> None:
    """Tell of each answer, those of refused requests too."""

    @server.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @server.after_request
    def end(response: Response) -> Response:
        served = Served(
            route=request.url_rule.rule if request.url_rule else NO_ROUTE,
            method=request.method,
            status=response.status_code,
            seconds=time.perf_counter() - g.get("begun", time.perf_counter()),
            size=response.content_length,
        )
        for one in tell:
            one(served)
        return response


def log_served(served: Served) -> None:
    """Write one line of the log."""
    log.info(
        "request",
        route=served.route,
        method=served.method,
        status=served.status,
        ms=round(served.seconds * 1000, 1),
        bytes=served.size,
    )
