"""A worker of gunicorn in which slow clients hold no thread.

gunicorn's own gives a connection to a thread at its first byte, and the thread waits for the rest:
eight half-sent heads stop eight threads. Here a request waits in the loop of events until its head,
and a small body, lie whole in the kernel; only then a thread takes it. Large bodies are read by a
thread, at a pace that they must keep, by half of the threads at most.
"""

import errno
import re
import socket
import time
from functools import partial
from http import HTTPStatus
from selectors import EVENT_READ
from typing import Any, Final

from gunicorn import util
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import ThreadWorker

from app.web.unread_request import status_of, write_refusal

HEAD_SECONDS: Final = 10.0
"""In which a head and a small body must have come, from the first byte."""
LONGEST_HEAD: Final = 32_768
"""Bytes. Browsers send under 2 000, 8 000 with the longest address that is taken."""
SMALL_BODY: Final = 16_384
"""Bytes that surely lie in the kernel beside a head; more is read by a thread."""
BODY_SECONDS: Final = 10.0
SLOWEST: Final = 20_000
"""Bytes a second that a large body must come at, after its first seconds."""
SEND_SECONDS: Final = 120.0
"""In which an answer must have been taken."""
CLOSE_SECONDS: Final = 2.0
"""That the end of an answer is waited for, in the thread that gave it."""
MOST_DRAINED: Final = 200_000_000
"""Bytes of a refused body that are thrown away meanwhile. Were they left unread, the system would
break the connection, and a proxy that still sends tells 502 instead of the refusal."""

LONGEST_WORDS: Final = 200
"""Characters of what a stranger sent that a line of the log repeats."""

END: Final = b"\r\n\r\n"
LENGTH: Final = re.compile(
    rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE
)
CHUNKED: Final = re.compile(rb"^transfer-encoding:", re.IGNORECASE | re.MULTILINE)
EXPECTS: Final = re.compile(rb"^expect:", re.IGNORECASE | re.MULTILINE)


class PacedUnreader(SocketUnreader):
    """Reads a connection, and gives up on one that sends too slowly."""

    began = 0.0
    received = 0

    def begin(self) -> None:
        """Start the clock of a request."""
        self.began, self.received = time.monotonic(), 0

    def chunk(self, *wanted: Any) -> bytes:  # noqa: ANN401 - as gunicorn hands it on
        """Return what came next, within the time that all that came so far allows."""
        due = self.began + BODY_SECONDS + self.received / SLOWEST
        try:
            self.sock.settimeout(max(due - time.monotonic(), 0.001))
            data: bytes = super().chunk(*wanted)
        except TimeoutError as error:
            raise ConnectionResetError(errno.ECONNRESET, "too slow") from error
        finally:
            self.sock.settimeout(SEND_SECONDS)
        self.received += len(data)
        return data


class PatientWorker(ThreadWorker):
    """A worker of threads, with requests that wait outside of them until they are whole."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - gunicorn's
        super().__init__(*arguments, **options)
        self.waiting: dict[Any, float] = {}
        """Connections of which a request has begun to come, and until when they may."""
        self.large: set[Any] = set()
        """Connections of which a thread reads a large body."""

    def enqueue_req(self, conn: Any) -> None:  # noqa: ANN401 - of gunicorn
        """Give a connection to a thread, or wait for the rest of its request."""
        data, over = peek(conn)
        if over:
            self._take(conn)
            return
        end = data.find(END)
        if end < 0 and len(data) > LONGEST_HEAD:
            self._refuse(conn, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif end < 0:
            self._wait(conn, len(data))
        else:
            self._look_at_body(conn, data[: end + 2], len(data) - end - len(END), len(data))

    def _look_at_body(self, conn: Any, head: bytes, come: int, seen: int) -> None:  # noqa: ANN401
        length = int(found[1]) if (found := LENGTH.search(head)) else 0
        if CHUNKED.search(head) or length > SMALL_BODY:
            if len(self.large) >= max(self.cfg.threads // 2, 1):
                self._refuse(conn, HTTPStatus.SERVICE_UNAVAILABLE)
                return
            self.large.add(conn)
        elif come < length and not EXPECTS.search(head):
            self._wait(conn, seen)
            return
        self._take(conn)

    def _take(self, conn: Any) -> None:  # noqa: ANN401
        self.waiting.pop(conn, None)
        hear_of(conn.sock, 1)
        conn.data_ready = True
        super().enqueue_req(conn)

    def _wait(self, conn: Any, seen: int) -> None:  # noqa: ANN401
        self.waiting.setdefault(conn, time.monotonic() + HEAD_SECONDS)
        conn.sock.settimeout(0)
        hear_of(conn.sock, seen - _kept(conn) + 1)
        self.poller.register(conn.sock, EVENT_READ, partial(self._more_came, conn))

    def _more_came(self, conn: Any, client: Any) -> None:  # noqa: ANN401
        self.poller.unregister(client)
        self.enqueue_req(conn)

    def _refuse(self, conn: Any, status: HTTPStatus) -> None:  # noqa: ANN401
        self.waiting.pop(conn, None)
        _send(conn.sock, status, self.log)
        self._drop(conn)

    def handle_error(self, req: Any, client: Any, _addr: Any, exc: BaseException) -> None:  # noqa: ANN401
        """Say in one line of the log, and in a sentence, why a request is not answered."""
        status = status_of(exc)
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.error("Error handling request %s", getattr(req, "path", ""), exc_info=exc)
        else:
            self.log.warning("Invalid request: %s", str(exc)[:LONGEST_WORDS])
        _send(client, status, self.log)

    def _drop(self, conn: Any) -> None:  # noqa: ANN401
        self.nr_conns -= 1
        conn.close()

    def murder_keepalived(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401
        """Close what has waited too long; gunicorn calls this every second."""
        super().murder_keepalived(*arguments, **options)
        now = time.monotonic()
        for conn, until in list(self.waiting.items()):
            if until < now or not self.alive:
                del self.waiting[conn]
                self.poller.unregister(conn.sock)
                self._drop(conn)

    def handle(self, conn: Any) -> Any:  # noqa: ANN401
        """Answer a request, in a thread."""
        try:
            conn.init()
            if type(conn.parser.unreader) is SocketUnreader:
                conn.parser.unreader = PacedUnreader(conn.sock)
            conn.parser.unreader.begin()
            goes_on = super().handle(conn)
            if goes_on is False:
                # gunicorn would wait for the client in its loop, where all others wait then
                util.close_graceful(conn.sock, timeout=CLOSE_SECONDS, max_drain=MOST_DRAINED)
                conn.close = _closed
        finally:
            self.large.discard(conn)
        return goes_on


def peek(conn: Any) -> tuple[bytes, bool]:  # noqa: ANN401 - of gunicorn
    """Return what has come of a request without taking it, and whether no more will come."""
    kept = conn.parser.unreader.buf.getvalue() if conn.parser else b""
    try:
        conn.sock.settimeout(0)
        come = conn.sock.recv(LONGEST_HEAD + SMALL_BODY + len(END), socket.MSG_PEEK)
    except BlockingIOError:
        return kept, False
    except OSError:
        return kept, True
    return kept + come, not come


def _send(client: socket.socket, status: HTTPStatus, log: Any) -> None:  # noqa: ANN401 - gunicorn's
    try:
        client.settimeout(0)
        client.send(write_refusal(status))
        client.shutdown(socket.SHUT_WR)
    except OSError as error:
        log.debug("refused client has gone: %s", error)


def _kept(conn: Any) -> int:  # noqa: ANN401
    return len(conn.parser.unreader.buf.getvalue()) if conn.parser else 0


def hear_of(sock: socket.socket, least: int) -> None:
    """Be woken when at least so many bytes lie there: not again and again for those seen before."""
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, least)
    except OSError:  # closed, or a system that has it not: woken more often, no more
        return


def _closed(*, graceful: bool = False) -> None:
    """Close a connection that is closed already."""
