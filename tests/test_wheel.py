"""The wheel in an environment of its own: the program with its data, outside any checkout."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import sysconfig
import urllib.request
import venv
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.commands.version import digest_folder
from app.settings import EMBEDDED_DATA
from tests.known_totals import ROWS
from tests.light_program import LIGHT

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]


def run(module, *words):
    subprocess.run(  # noqa: S603 - words of this file
        [sys.executable, "-m", module, *words], cwd=ROOT, check=True, capture_output=True
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel from this checkout, without asking a registry."""
    folder = tmp_path_factory.mktemp("wheel")
    run("hatchling", "build", "--target", "wheel", "--directory", folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install it beside the packages that are here, without the checkout; return its programs.

    Of a folder that a ``.pth`` names the own ``.pth`` files are not read: no editable install.
    """
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=True)
    scheme = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})
    packages = Path(scheme["purelib"])
    (packages / "packages.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    python = Path(scheme["scripts"]) / "python"
    how = ("--no-deps", "--no-index", "--ignore-installed", "--no-compile")
    run("pip", "--python", python, "install", *how, wheel)
    return Path(scheme["scripts"])


@pytest.fixture
def started(tmp_path):
    """Return how to start an installed program, in an empty folder and with nothing of ours set."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("ATLAS62_")}
    environment = kept | {
        "ATLAS62_CACHE": str(tmp_path / "cache"),
        "ATLAS62_STORE": str(tmp_path / "store.gpkg"),
        "ATLAS62_WORKERS": "1",
    }

    def start(*words):
        return subprocess.Popen(  # noqa: S603 - words of this file
            words,
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    return start


@pytest.fixture
def atlas62(installed, started):
    return partial(started, installed / "python", "-c", LIGHT)


def test_it_holds_the_program_and_its_facts_and_nothing_else(wheel):
    names = ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "app",
        "geo",
        "layers",
        next(name for name in names if ".dist-info/" in name).split("/")[0],
    }
    inside = [name for name in names if name.startswith("app/embedded_data/")]
    assert "app/embedded_data/communes/communes.csv" in inside
    assert not [name for name in names if "/trial/" in name or "/build/" in name]
    assert not [name for name in names if Path(name).name.startswith(("test_", "conftest"))]


def test_it_opens_the_facts_of_the_checkout_from_its_own_folder(started, installed):
    out, err = started(installed / "atlas62", "--version").communicate(timeout=60)
    assert err == ""
    program, data = out.splitlines()
    assert program == "Atlas 62, version 0.2.0"
    assert digest_folder(EMBEDDED_DATA)[:12] in data
    assert data.endswith(str(Path("app") / "embedded_data"))
    assert str(installed.parent) in data


@pytest.fixture
def served(atlas62, port):
    """Start the server with one worker, and wait for its first line; give its process."""
    server = atlas62("servir", "--port", str(port))
    try:
        assert re.search(rf"http://127\.0\.0\.1:{port}\b", server.stdout.readline())
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)  # a worker that is left would be waited for
        server.communicate()


def test_it_serves_exports_and_stops_without_a_word(served, port):
    """Browsers open connections ahead of need; each must not hold the only worker."""

    def fetch(path):
        return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60).read()

    with ExitStack() as silent:
        for _ in range(8):
            silent.enter_context(socket.create_connection(("127.0.0.1", port)))
        health = json.loads(fetch("/healthz"))
        assert {layer["id"]: layer["rows"] for layer in health["layers"]}.items() >= ROWS.items()
        assert health["status"] == "ok"
        assert b'<html lang="fr">' in fetch("/")
        table = fetch("/telecharger/colleges.csv").decode("utf-8-sig")
        assert len(table.splitlines()) == 1 + ROWS["colleges"]
        served.send_signal(signal.SIGINT)
        out, err = served.communicate(timeout=30)
        assert (served.returncode, out, err) == (0, "", "")


def test_it_prints(atlas62, tmp_path):
    page = tmp_path / "page.pdf"
    printing = atlas62("livret", "--perimetre", "epci:200090751", "--sortie", str(page))
    assert printing.communicate(timeout=120)[1] == ""
    assert page.read_bytes().startswith(b"%PDF")
