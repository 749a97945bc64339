"""What is believed of where a request comes from: nothing, unless the operator says so."""

from collections.abc import Sequence
from typing import Final

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

ALWAYS: Final = ("localhost", "127.0.0.1")
"""Names that whoever watches over the server asks it by, on its own machine."""


def stand_behind(server: Flask, proxies: int, hosts: Sequence[str]) -> None:
    """Tell a server what is in front of it.

    Parameters
    ----------
    proxies
        How many reverse proxies a request comes through: so many of the last values of
        ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are theirs, and believed. The name and the
        path are never taken from a header of theirs: the proxy passes ``Host`` on.
    hosts
        Names that the server answers to, others get 400; none for any. One that begins with a dot
        stands for all names below it.
    """

    @server.after_request
    def tell_no_name(response: Response) -> Response:
        location = response.headers.get("Location")
        if location is None:
            return response
        # an address with two slashes is led to that with one, by a whole address, with whatever
        # name the client has given itself
        if location.startswith(request.host_url):
            response.headers["Location"] = f"/{location.removeprefix(request.host_url)}"
        response.set_data(b"")  # the library's sentence: English, and with that name in it
        return response

    if hosts:
        server.config["TRUSTED_HOSTS"] = [*hosts, *ALWAYS]
    if proxies:
        fixed = ProxyFix(server.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0, x_prefix=0)
        server.wsgi_app = fixed  # type: ignore[method-assign]
