"""The server as its operator starts and stops it: a process, a port, a first line."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import ExitStack, contextmanager, suppress

import pytest

from app.commands.serve import _announce
from app.web.serving import open_port
from tests.known_totals import ALL_COMMUNES


@contextmanager
def started(*words, **variables):
    """Start ``atlas62 servir`` and wait for the line that gives its address."""
    process = subprocess.Popen(  # noqa: S603 - words of this file
        [sys.executable, "-m", "app", "servir", *words],
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process, process.stdout.readline()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # a worker that is left would be waited for
        process.communicate()


def fetch(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return answer.read().decode()


def test_it_prints_its_address_answers_and_stops_without_a_word(port):
    """Browsers open connections ahead of need; each must not hold the only worker."""
    words = ("--port", str(port))
    with ExitStack() as silent, started(*words, ATLAS62_WORKERS="1") as (process, line):
        assert re.search(rf"http://127\.0\.0\.1:{port}\b", line)
        for _ in range(8):
            silent.enter_context(socket.create_connection(("127.0.0.1", port)))
        assert '<html lang="fr">' in fetch(port, "/")
        health = json.loads(fetch(port, "/healthz"))
        assert {layer["id"]: layer["rows"] for layer in health["layers"]}[
            "communes"
        ] == ALL_COMMUNES
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "", "")


def test_a_port_in_use_is_one_french_sentence(atlas62, port):
    with open_port("127.0.0.1", port):
        result = atlas62("servir", "--port", str(port))
    assert result.exit_code == 1
    assert result.stderr == (
        f"Erreur\u00a0: Le port {port} est déjà pris sur 127.0.0.1 ; "
        "choisissez-en un autre avec --port ou ATLAS62_PORT.\n"
    )


def test_a_folder_without_a_reference_is_one_french_sentence(atlas62, port, tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS62_DATA", str(tmp_path))
    result = atlas62("servir", "--port", str(port))
    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_wrong_setting_is_one_french_sentence(atlas62, monkeypatch):
    monkeypatch.setenv("ATLAS62_PORT", "http")
    result = atlas62("servir")
    assert result.exit_code == 1
    assert "ATLAS62_PORT : trouvé « http », attendu un entier de 1 à 65535." in result.stderr


@pytest.mark.parametrize(
    ("host", "warned"),
    [("127.0.0.1", False), ("::1", False), ("localhost", False), ("0.0.0.0", True), ("::", True)],  # noqa: S104
)
def test_an_address_that_all_can_reach_is_warned_of(capsys, host, warned):
    _announce(host, 8050)
    said = capsys.readouterr()
    assert "Atlas 62 est ouvert" in said.out
    assert ("ouvre la carte à tout le réseau" in said.err) is warned
    assert (f"ATLAS62_HOST={host}" in said.err) is warned
