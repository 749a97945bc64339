"""What is answered to a request that no page ever sees: it is too long, late, or no HTTP.

gunicorn would answer in English, repeat what it was sent, and say nothing of caches and scripts.
"""

from http import HTTPStatus
from typing import Final

from gunicorn.http.errors import (
    ExpectationFailed,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)

STATUSES: Final[tuple[tuple[type[Exception], HTTPStatus], ...]] = (
    (LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (UnsupportedTransferCoding, HTTPStatus.NOT_IMPLEMENTED),
    (ExpectationFailed, HTTPStatus.EXPECTATION_FAILED),
    (ParseException, HTTPStatus.BAD_REQUEST),
)
"""By what gunicorn raises; the last one holds all that cannot be read."""
SENTENCES: Final = {
    HTTPStatus.REQUEST_URI_TOO_LONG: "Demande refusée : son adresse est trop longue.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "Demande refusée : ses en-têtes sont trop longs.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Une erreur est survenue : réessayez dans un instant.",
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Le serveur reçoit déjà beaucoup de fichiers : réessayez dans un instant."
    ),
}
USUAL: Final = "Demande refusée : le serveur ne la comprend pas."
RETRY: Final = "Retry-After: 5\r\n"
"""Seconds after which a server that is busy may be asked again."""


def status_of(error: BaseException) -> HTTPStatus:
    """Return the status of what was raised while a request was read."""
    found = (status for kind, status in STATUSES if isinstance(error, kind))
    return next(found, HTTPStatus.INTERNAL_SERVER_ERROR)


def write_refusal(status: HTTPStatus) -> bytes:
    """Return a whole answer: a French sentence that nobody keeps and in which nothing runs."""
    body = SENTENCES.get(status, USUAL).encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n"
        "Content-Security-Policy: default-src 'none'\r\nX-Content-Type-Options: nosniff\r\n"
        f"{RETRY if status is HTTPStatus.SERVICE_UNAVAILABLE else ''}"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body
