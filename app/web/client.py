"""Whose address a request comes from, as far as quotas and turns want to know it."""

import hashlib
from ipaddress import IPv6Address, ip_address, ip_network

from flask import request


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
