"""What every address of this server begins with, for who reads it elsewhere: by setting alone.

What a request says of the name of the server is anybody's: it is told again only where it is one
of the names that the operator has listed (``ATLAS62_TRUSTED_HOSTS``), or this machine. Behind any
other name addresses begin at the root, which most programs cannot follow.
"""

from typing import Final

from flask import current_app, request
from werkzeug.sansio.utils import host_is_trusted

from app.web.proxies import ALWAYS

PUBLIC_ADDRESS: Final = "ATLAS62_ADDRESS"
"""Of the server's configuration: what the operator has said that its addresses begin with."""


def public_root(told: str) -> str:
    """Return scheme, name and path of the server, no slash at the end; the path alone at worst.

    Parameters
    ----------
    told
        Scheme and name that the operator has set, empty for none.
    """
    if told:
        return told + request.root_path
    hosts = [*(current_app.config.get("TRUSTED_HOSTS") or ()), *ALWAYS]
    if host_is_trusted(request.host, hosts):
        return request.host_url.rstrip("/") + request.root_path
    return request.root_path
