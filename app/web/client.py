"""What a request says of who asks: whose address it comes from, which form it wants."""

import hashlib
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from flask import request

HTML: Final = "text/html"


def client_of_request() -> str:
    """Return a word that requests from one address share: no address is written down.

    A household has a whole network of IPv6 addresses: its first 64 bits count.
    """
    given = request.remote_addr or ""
    try:
        address = ip_address(given)
    except ValueError:
        return _word(given)
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return _word(str(address.ipv4_mapped))
        return _word(str(ip_network(f"{address}/64", strict=False)))
    return _word(str(address))


def _word(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def wants_page(other: str = "text/plain") -> bool:
    """Whether a page is wanted rather than another type; who takes anything gets the other.

    Parameters
    ----------
    other
        Media type of the answer for programs.
    """
    # by weight: « the best » of werkzeug is the type that says most, a browser's signed exchanges
    return request.accept_mimetypes.best_match([other, HTML]) == HTML


def wants_json() -> bool:
    """Whether JSON is asked for by name before any page."""
    return request.accept_mimetypes.best_match([HTML, "application/json"]) == "application/json"
