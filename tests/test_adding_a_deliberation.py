"""The section « Ajouter une délibération » of the README, its commands run word for word."""

import csv
import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.__main__ import main
from app.commands import serve as serving
from app.gaps.aside import Aside
from app.settings import EMBEDDED_DATA
from tests.layers.deliberation.family import write
from tests.layers.deliberation.made_up import TITLE, deliberation

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
UNPLACED = "au bord du canal"


def section():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return text.split("## Ajouter une délibération\n")[1].split("\n## ")[0]


def commands():
    """List the command lines of the section, each as its words."""
    blocks = re.findall(r"```sh\n(.*?)```", section(), re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A copy of the data, and beside it the document that the section speaks of."""
    room = tmp_path_factory.mktemp("ajout")
    shutil.copytree(EMBEDDED_DATA, room / "data", ignore=shutil.ignore_patterns("build"))
    text = write(deliberation(second=UNPLACED))
    (room / "delib.txt").write_text(text, encoding="utf-8")
    return room


@pytest.fixture
def in_folder(folder, monkeypatch):
    """Go to the folder, with the settings of someone who has set no more than where data are."""
    monkeypatch.chdir(folder)
    for name in [name for name in os.environ if name.startswith("ATLAS62_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("ATLAS62_DATA", str(folder / "data"))
    monkeypatch.setenv("ATLAS62_STORE", str(folder / "atlas62.gpkg"))
    monkeypatch.setenv("ATLAS62_CACHE", str(folder / "cache"))


@pytest.fixture
def run(in_folder, logs_as_before):  # noqa: ARG001 - undone after the commands
    """Run a command of the section; here, as to start the program takes seconds each time."""

    def run(words):
        assert words[0] == "atlas62"
        result = CliRunner().invoke(main, words[1:], prog_name=words[0])
        out, err = (text.replace("\u00a0", " ") for text in (result.stdout, result.stderr))
        return result.exit_code, out, err

    return run


@pytest.fixture
def served(run, port, monkeypatch):
    """Run the last command of the section up to where it would wait for readers; give a reader.

    That it answers in a process of its own is for ``tests/app/commands/test_serve.py`` to say.
    """
    monkeypatch.setenv("ATLAS62_PORT", str(port))

    def serve(words):
        found = []
        with monkeypatch.context() as patch:
            patch.setattr(serving, "_warm_up", lambda *_: None)
            patch.setattr(Aside, "open", lambda _: None)  # the tests do not divide themselves
            patch.setattr(serving, "serve", lambda application, *_, **__: found.append(application))
            code, _, err = run(words)
        assert (code, err) == (0, "")
        (application,) = found
        return application.test_client()

    return serve


def review(folder):
    """Do what step 2 says, with the key that it shows."""
    assert re.search(r"`communes: \['\d{5}'\]`", section())
    path = folder / "brouillon/deliberation.yaml"
    before, mark, after = path.read_text(encoding="utf-8").rpartition("communes: []")
    assert mark
    path.write_text(f"{before}communes: ['62617']{after}", encoding="utf-8")


def test_the_section_is_the_whole_way():
    names = [words[1] for words in commands()]
    assert names == ["lire", "adopter", "verifier", "couches", "servir"]


def test_following_the_section_puts_the_operations_on_the_map(run, served, folder):
    read, adopt, verify, layers, serve = commands()

    code, out, _ = run(read)
    assert (code, "2 opérations" in out) == (0, True)
    assert "## Rapprochements" in (folder / "brouillon/rapport.md").read_text(encoding="utf-8")

    code, _, err = run(adopt)
    assert code == 1
    assert "operations.1.communes" in err
    assert UNPLACED in err
    assert "Traceback" not in err

    review(folder)
    code, out, _ = run(adopt)
    assert (code, "2025-12 : adoptée" in out) == (0, True)
    tables = {path: path.read_bytes() for path in (folder / "data").rglob("*.csv")}
    code, out, _ = run(adopt)
    assert (code, "déjà adoptée" in out) == (0, True)
    assert {path: path.read_bytes() for path in (folder / "data").rglob("*.csv")} == tables
    with (folder / "data/contracts/deliberations/journal.csv").open(encoding="utf-8") as file:
        assert list(csv.DictReader(file))[-1]["par"] == "Prénom, service"

    code, out, _ = run(verify)
    assert (code, "0 écart nouveau" in out) == (0, True)

    code, out, _ = run(layers)
    assert code == 0
    assert re.search(r"^operations\s+9 ", out, re.MULTILINE)

    reader = served(serve)
    rows = {layer["id"]: layer["rows"] for layer in reader.get("/healthz").json["layers"]}
    assert rows["operations"] == 9
    assert TITLE in reader.get("/operation/2025-12-bethune-bruay-1").text
