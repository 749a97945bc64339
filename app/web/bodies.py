"""What a request may carry: each address has a number of bytes, told before anything is parsed.

What is small is read at once, also when it comes in chunks that say no length; what is large is
bounded while it is read.
"""

from collections.abc import Mapping
from typing import Final

from flask import Flask, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from layers.french.wording import format_number

SMALL: Final = 64_000
"""Bytes, of an address for which no other number is given: forms of a few fields."""
READ_AT_ONCE: Final = 1_000_000
"""Bytes. Up to here a body is read before its view runs."""


def bound_bodies(server: Flask, larger: Mapping[str, int]) -> None:
    """Refuse what is larger than its address admits, with 413 and a French sentence.

    Parameters
    ----------
    server
        Any; its views read what they are sent as before.
    larger
        Rule of a route → bytes, for those that take more than :data:`SMALL`.
    """
    # behind all others: what no rule is known for, and what an error in the rule would let in
    server.config["MAX_CONTENT_LENGTH"] = max(SMALL, *larger.values())
    server.config["MAX_FORM_PARTS"] = 400

    @server.before_request
    def read_bounded() -> Response | None:
        rule = request.url_rule
        most = larger.get(rule.rule, SMALL) if rule else SMALL
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            most = SMALL
        request.max_content_length = most
        if (request.content_length or 0) > most:
            # its view may have better words for what it takes
            return None if most > READ_AT_ONCE else refuse_body(most)
        if most <= READ_AT_ONCE:
            try:
                request.get_data(cache=True)
            except RequestEntityTooLarge:
                return refuse_body(most)
        return None


def refuse_body(most: int | None = None) -> Response:
    """Return the refusal of a body that is larger than its address admits."""
    limit = most or request.max_content_length or SMALL
    sentence = (
        f"Demande refusée : elle est trop lourde ; cette adresse reçoit "
        f"{_write_size(limit)} au plus."
    )
    return Response(sentence, 413, content_type="text/plain; charset=utf-8")


def _write_size(size: int) -> str:
    if size < 1_000_000:  # noqa: PLR2004 - of SI
        return f"{format_number(size // 1000)}\u00a0ko"
    return f"{format_number(size // 1_000_000)}\u00a0Mo"
