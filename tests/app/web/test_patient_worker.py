"""Slow clients: half a head, half a body, a trickle; whoever reads is answered all the while."""

import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import ExitStack, suppress

import pytest

pytest.importorskip("gunicorn")

SERVER = """
import sys
from flask import Flask, request
from app.web import patient_worker
from app.web.bodies import bound_bodies
from app.web.serving import open_port, serve

patient_worker.HEAD_SECONDS = 1.5
patient_worker.BODY_SECONDS = 1.5
application = Flask("essai")
bound_bodies(application, {"/corps": 6_000_000})
application.get("/")(lambda: "bonjour")
application.post("/corps", endpoint="corps")(lambda: str(len(request.get_data())))
serve(application, open_port("127.0.0.1", int(sys.argv[1])), 1, lambda: print("là", flush=True))
"""
LAST = b"Connection: close\r\n"
HALF_HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: "
HALF_FORM = b"POST /corps HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\nlieu="
HALF_FILE = b"POST /corps HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\nab"
HALF_CHUNK = (
    b"POST /corps HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nab"
)


@pytest.fixture(scope="module")
def server():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603 - words of this file
        [sys.executable, "-c", SERVER, str(port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout.readline()
    yield port
    process.terminate()
    _, err = process.communicate(timeout=20)
    assert b"Traceback" not in err, err.decode()


def ask(port, data):
    client = socket.create_connection(("127.0.0.1", port), timeout=10)
    client.sendall(data)
    return client


def read(port):
    began = time.monotonic()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
        assert answer.read() == b"bonjour"
    return time.monotonic() - began


def whole(client):
    """Return all that a server says until it closes; nothing more when it resets."""
    said = b""
    with suppress(ConnectionResetError):
        while part := client.recv(65536):
            said += part
    return said


@pytest.mark.parametrize("half", [HALF_HEAD, HALF_FORM, HALF_FILE, HALF_CHUNK])
@pytest.mark.parametrize("clients", [8, 40])
def test_half_sent_requests_keep_no_reader_waiting(server, half, clients):
    with ExitStack() as slow:
        for _ in range(clients):
            slow.enter_context(ask(server, half))
        assert max(read(server) for _ in range(5)) < 1.2


@pytest.mark.parametrize("half", [HALF_HEAD, HALF_FORM, HALF_FILE, HALF_CHUNK])
def test_a_trickle_is_cut_off(server, half):
    began = time.monotonic()
    with ask(server, half) as client:
        client.settimeout(0.1)
        while time.monotonic() - began < 9:
            try:
                client.sendall(b"a")
                if client.recv(4096) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
    assert 1 < time.monotonic() - began < 8


def test_a_request_that_comes_in_parts_is_answered(server):
    for parts in (
        (b"GET / HT", b"TP/1.1\r\nHost: a\r\nConnection: close\r\n", b"\r\n"),
        (
            b"POST /corps HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 4\r\n\r\n",
            b"ab",
            b"cd",
        ),
    ):
        with ask(server, parts[0]) as client:
            for part in parts[1:]:
                time.sleep(0.15)
                client.sendall(part)
            assert whole(client).endswith((b"bonjour", b"\r\n\r\n4"))


def test_requests_that_follow_one_another_are_each_answered(server):
    two = b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with ask(server, two) as client:
        assert whole(client).count(b"bonjour") == 2
    with ask(server, two[:60]) as client:
        time.sleep(0.15)
        client.sendall(two[60:])
        assert whole(client).count(b"bonjour") == 2


def test_a_large_body_that_comes_at_a_pace_is_read(server):
    request = urllib.request.Request(f"http://127.0.0.1:{server}/corps", data=b"a" * 5_000_000)
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the address is ours
        assert answer.read() == b"5000000"


def test_a_refused_body_is_taken_to_its_end_so_that_the_refusal_arrives(server):
    """A connection closed with bytes unread is broken, and the refusal in it is lost."""
    for _ in range(3):
        body = b"a" * 7_000_000
        head = f"POST /corps HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
        with ask(server, head.encode() + body) as client:
            assert whole(client).startswith(b"HTTP/1.1 413 ")


def test_a_head_without_an_end_is_refused(server):
    with ask(server, b"GET / HTTP/1.1\r\n" + b"X-A: " + b"a" * 40_000) as client:
        assert b" 431 " in whole(client)


def test_too_many_large_bodies_are_told_to_come_back(server):
    with ExitStack() as slow:
        # a worker has 32 threads, of which 16 may read them
        clients = [slow.enter_context(ask(server, HALF_FILE)) for _ in range(20)]
        clients[-1].settimeout(5)
        assert b" 503 " in clients[-1].recv(4096)


def test_clients_that_never_leave_stop_nobody(server):
    with ExitStack() as slow:
        for _ in range(12):
            slow.enter_context(
                ask(server, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            )
        assert read(server) < 1.2


def test_readers_and_slow_clients_side_by_side(server):
    waits = []
    with ExitStack() as slow:
        for _ in range(40):
            slow.enter_context(ask(server, HALF_HEAD))
        readers = [threading.Thread(target=lambda: waits.append(read(server))) for _ in range(12)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join(10)
    assert len(waits) == 12
    assert max(waits) < 2


H = b"Host: localhost\r\n"
POST = b"POST /corps HTTP/1.1\r\n" + H
UNREADABLE = {
    "two lengths": (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", 400),
    "a length and chunks": (POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    "a length below nothing": (POST + b"Content-Length: -5\r\n\r\n", 400),
    "another coding": (POST + b"Transfer-Encoding: secret\r\n\r\n0\r\n\r\n", 501),
    "a zero in a head": (b"GET / HTTP/1.1\r\n" + H + b"X: secret\0\r\n\r\n", 400),
    "a zero in the address": (b"GET /secret\0 HTTP/1.1\r\n" + H + b"\r\n", 400),
    "a fold": (b"GET / HTTP/1.1\r\n" + H + b"X: a\r\n secret\r\n\r\n", 400),
    "a long address": (b"GET /" + b"secret" * 1500 + b" HTTP/1.1\r\n" + H + b"\r\n", 414),
    "many heads": (b"GET / HTTP/1.1\r\n" + H + b"X: secret\r\n" * 99 + b"\r\n", 431),
    "no HTTP": (b"\x16\x03\x01secret\r\n\r\n", 400),
}


@pytest.mark.parametrize(("sent", "status"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_refused_in_french_and_repeated_to_nobody(server, sent, status):
    with ask(server, sent) as client:
        head, _, body = whole(client).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert body.decode().startswith("Demande refusée : ")
    assert b"secret" not in head + body
    for header in (b"Cache-Control: no-store", b"default-src 'none'", b"nosniff", b"text/plain"):
        assert header in head
    read(server)
