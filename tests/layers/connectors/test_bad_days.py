"""Bad days of any source: whatever is answered, what was in use stays, and a sentence says why."""

import gzip
import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.settings import EMBEDDED_DATA
from layers.connectors.declaration import ConnectorError, Direct, Origin
from layers.connectors.kept import KeptSource
from layers.connectors.registry import CONNECTORS
from layers.connectors.taking import bring, take_file
from tests.layers.connectors.official_files import QUICK
from tests.layers.connectors.official_server import Answer, OfficialServer

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
MOST = 1_000_000
BEFORE = Origin("x", "x", "x", "x", "2026-10-01T00:00:00+00:00", "", 1, "0" * 64)


def zipped(**members):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return archive.getvalue()


def header(connector, renamed=""):
    """Return a table without rows that has the connector's columns, one of them renamed."""
    names = [f"{name}_2027" if name == renamed else name for name in connector.columns]
    return connector.delimiter.join(names).encode() + b"\n"


DAYS = {
    "a page instead of data": lambda _: Answer(b"<!DOCTYPE html><html>Maintenance</html>"),
    "an error in XML": lambda _: Answer(b"<?xml version='1.0'?><Error>NoSuchKey</Error>"),
    "gone": lambda _: Answer(status=404),
    "forbidden": lambda _: Answer(status=403),
    "busy for good": lambda _: Answer(status=429, headers={"Retry-After": "0"}),
    "broken for good": lambda _: Answer(status=503),
    "cut for good": lambda _: Answer(b"x" * 5000, cut=3000),
    "sent elsewhere": lambda _: Answer(status=302, headers={"Location": "http://192.0.2.1/x"}),
    "empty": lambda _: Answer(b""),
    "noise": lambda _: Answer(bytes(range(256)) * 40),
    "half a gzip": lambda one: Answer(gzip.compress(header(one) * 999)[:-9]),
    "an archive of nothing": lambda _: Answer(zipped()),
    "half an archive": lambda one: Answer(zipped(**{"a.csv": header(one) * 99})[:-30]),
    "an archive of something else": lambda _: Answer(zipped(**{"lisez-moi.txt": b"rien"})),
    "no rows": lambda one: Answer(header(one)),
    "the last column renamed": lambda one: Answer(header(one, one.columns[-1])),
    "too large": lambda _: Answer(b"x" * (MOST + 1)),
}


@pytest.fixture(scope="module")
def server():
    started = OfficialServer({})
    yield started
    started.close()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", CONNECTORS)
def test_what_was_in_use_stays(server, reference, tmp_path, name, day):
    connector = CONNECTORS[name]
    server.answers["/fichier"] = [DAYS[day](connector)]
    where = Direct(f"{server.origin}/fichier", (server.origin,))
    kept = KeptSource(tmp_path / "sources", replace(connector, where=where, most_bytes=MOST))
    kept.keep(dict.fromkeys(connector.feed.files, b"avant"), BEFORE, "bien")
    good = kept.current()
    with pytest.raises(ConnectorError) as refused:
        take_file(bring(kept, QUICK), kept, reference, EMBEDDED_DATA, AT)
    assert kept.current() == good
    assert all(path.read_bytes() == b"avant" for path in good.files.values())
    assert str(refused.value).endswith((".", "!"))
