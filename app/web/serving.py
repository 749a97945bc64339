"""Serving: a port that is surely ours, and a server that answers several readers at once."""

import errno
import gc
import importlib.util
import ipaddress
import logging
import socket
import sys
from collections.abc import Callable
from typing import Any, Final

from flask import Flask
from werkzeug.serving import make_server

BACKLOG: Final = 128
THREADS: Final = 32
"""Of each worker; half of them may read large bodies (:mod:`app.web.patient_worker`)."""
CONNECTIONS: Final = 500
"""Of each worker, most of which only wait."""
FILES: Final = 4096
"""That a process may hold open, where the system lets it: a connection is one."""
LONGEST_LINE: Final = 8190
"""Bytes of the first line of a request; the pages read 2 000 characters of an address."""
MOST_FIELDS: Final = 60
"""Of a head; browsers send twenty, a proxy five more."""
TURN: Final = 0.001
"""Seconds after which a thread that computes lets another one of its process go on: an answer that
is there must not wait the usual five milliseconds at each of its steps."""
SILENCE: Final = 30
"""Seconds. Browsers open connections ahead of need; the kernel keeps one to itself that long, until
something is asked on it, so that no thread waits."""


class PortError(Exception):
    """The address cannot be listened on; the message is a French sentence."""


def open_port(host: str, port: int) -> socket.socket:
    """Bind and listen, so that nobody can take the port between the check and the start.

    Raises
    ------
    PortError
        The port is taken or reserved, or the host is not an address of this machine.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise PortError(_explain(host, port, error)) from error
    if hasattr(socket, "TCP_DEFER_ACCEPT"):  # Linux
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SILENCE)
    return listener


def serve(
    application: Flask, listener: socket.socket, workers: int, when_ready: Callable[[], None]
) -> None:
    """Answer requests until interrupted: with gunicorn, or where it does not run with Werkzeug.

    Parameters
    ----------
    application
        The WSGI application.
    listener
        From :func:`open_port`; it is the server's from here.
    workers
        Number of processes (gunicorn only).
    when_ready
        Called once, when a request would be answered.
    """
    if importlib.util.find_spec("gunicorn"):
        _serve_with_gunicorn(application, listener, workers, when_ready)
        return
    host, port = listener.getsockname()[:2]
    server = make_server(host, port, application, threaded=True, fd=listener.fileno())
    when_ready()
    server.serve_forever()


def _serve_with_gunicorn(
    application: Flask, listener: socket.socket, workers: int, when_ready: Callable[[], None]
) -> None:
    # absent on Windows
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415

    from app.web.patient_worker import PatientWorker  # noqa: PLC0415

    _allow_connections()

    options: dict[str, Any] = {
        "bind": f"fd://{listener.detach()}",  # gunicorn closes it, in each process
        "workers": workers,
        "worker_class": PatientWorker,
        "threads": THREADS,
        "worker_connections": CONNECTIONS,
        "limit_request_line": LONGEST_LINE,
        "limit_request_fields": MOST_FIELDS,
        "keepalive": 5,
        # who a request comes from is told by ATLAS62_TRUSTED_PROXIES alone (app.web.proxies)
        "forwarded_allow_ips": "",
        "preload_app": True,
        "control_socket_disable": True,
        "loglevel": "warning",
        "on_starting": lambda arbiter: _log_as_all_else(arbiter.log.error_log),
        "when_ready": lambda _: when_ready(),
    }

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return application

    # what was made before the server divides stays for ever: looking through it again and again
    # would stop readers for a third of a second, and copy it into each process
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(TURN)
    Server().run()


def _allow_connections() -> None:
    import resource  # noqa: PLC0415 - absent on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def is_private(host: str) -> bool:
    """Tell whether only this machine reaches an address that is listened on."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _log_as_all_else(log: logging.Logger) -> None:
    log.handlers = []
    log.propagate = True


def _explain(host: str, port: int, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"Le port {port} est déjà pris sur {host} ; "
                f"choisissez-en un autre avec --port ou ATLAS62_PORT."
            )
        case errno.EACCES:
            return f"Le port {port} est réservé au système ; prenez-en un au-dessus de 1023."
        case _:
            return f"ATLAS62_HOST : trouvé « {host} », attendu une adresse de cette machine."
