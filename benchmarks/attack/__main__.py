"""What the server stands: many at once, processes killed again and again, minutes of mixed use.

``make attack``, a quarter of an hour on loopback, with a store and a cache of its own;
``--minutes``, ``--kills`` and ``--readers`` make it shorter, 0 leaves a part out. Slow clients and
hostile addresses are in the tests.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.attack.crowd import crowd
from benchmarks.attack.kills import kill_all_kinds
from benchmarks.attack.soak import TEMPORARY, soak
from benchmarks.browser import serve_atlas_process


@contextmanager
def own_server() -> Iterator[tuple[str, int, Path]]:
    """Serve the map with a store and a cache of its own; yields address, process and folder."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as room:
        folder = Path(room)
        (folder / TEMPORARY).mkdir()
        os.environ |= {
            "ATLAS62_STORE": f"{folder}/atlas62.gpkg",
            "ATLAS62_CACHE": f"{folder}/cache",
            "ATLAS62_ADOPTION": "oui",
            # each client has an address, as behind a proxy
            "ATLAS62_TRUSTED_PROXIES": "1",
            "ATLAS62_CLIENT_IMPORTS": "10000",
            "TMPDIR": str(folder / TEMPORARY),
        }
        with serve_atlas_process() as (address, process):
            yield address, process, folder


def main() -> None:
    """Attack a server of this machine, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=10)
    asked = parser.parse_args()
    with own_server() as (address, process, folder):
        if asked.readers:
            crowd(address, asked.readers)
        if asked.kills:
            kill_all_kinds(address, process, folder, asked.kills)
        if asked.minutes:
            soak(address, process, folder, asked.minutes)


if __name__ == "__main__":
    main()
