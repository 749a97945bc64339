"""Which site a form comes from."""

from flask import request


def is_of_this_site(origin: str) -> bool:
    """Tell whether an ``Origin``, any text, is that of the address that was asked."""
    return origin.partition("://")[2] == request.host
