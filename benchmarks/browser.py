"""Chromium and a served map, for whoever wants to look at it: benchmarks, screenshots."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, sync_playwright

CHROMIUM_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
LONGEST_START: Final = 180.0
"""Seconds."""


def find_chromium(*first: str) -> str | None:
    """Return the path of Chromium: ``ATLAS62_CHROMIUM``, or else the system's, or None.

    Parameters
    ----------
    first
        Names to look for before the usual ones.
    """
    names = (os.environ.get("ATLAS62_CHROMIUM", ""), *first, *CHROMIUM_NAMES)
    return next(filter(None, map(shutil.which, filter(None, names))), None)


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Start a headless Chromium, closed at the end."""
    path = find_chromium() or sys.exit("Chromium manque ; tapez : make browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def serve_atlas() -> Iterator[str]:
    """Serve the map as ``atlas62 servir`` does, on a free port; yields its address."""
    with serve_atlas_process() as (address, _):
        yield address


@contextmanager
def serve_atlas_process() -> Iterator[tuple[str, int]]:
    """Serve the map; yields its address and the process that its workers come from."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "app", "servir", "--port", str(port)], stdout=subprocess.DEVNULL
    ) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address, server)
            yield address, server.pid
        finally:
            server.terminate()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the address answers; stop the program when the server has died."""
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=LONGEST_START):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"Le serveur ne répond pas sur {address}.")
