"""The section « How to add a layer » of docs/architecture.md, followed to the letter in a copy."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(
    r"^```\w+ (?P<file>\S+)(?: (?P<place>\w+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
FORMATS = ("csv", "geojson", "gpkg")
USE_THE_LAYER = f"""
import brotli

pack = brotli.compress
brotli.compress = lambda text, **how: pack(text, **{{**how, "quality": 1}})

from app.__main__ import main
from app.opening.data import open_catalogue, start
from app.server import create_app

for file_format in {FORMATS}:
    words = ("--format", file_format, "--sortie", f"phares.{{file_format}}")
    main(("export", "couche", "phares", *words), standalone_mode=False)
main(("couches", "--json"), standalone_mode=False)
print()
settings = start()
browser = create_app(settings, open_catalogue(settings)).server.test_client()
print(browser.get("/_dash-layout").text)
"""


def blocks():
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    section = text.split("## How to add a layer\n")[1].split("\n## ")[0]
    return [match.groupdict() for match in BLOCK.finditer(section)]


def follow(copy):
    """Write each file of the page, and put each line where the page says."""
    for block in blocks():
        path = copy / block["file"]
        match block["place"]:
            case None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block["text"], encoding="utf-8")
            case "import":
                insert_before("from layers.", block["text"], path)
            case "LAYERS":
                insert_before(")\n", block["text"], path, after="LAYERS: Final")


def insert_before(mark, text, path, after=""):
    code = path.read_text(encoding="utf-8")
    at = code.index(f"\n{mark}", code.index(after)) + 1
    path.write_text(code[:at] + text + code[at:], encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copy")
    for room in ("geo", "layers", "app", "data"):
        shutil.copytree(ROOT / room, folder / room)  # what is compiled too, which saves seconds
    shutil.copy(ROOT / "pyproject.toml", folder)
    follow(folder)
    return folder


@pytest.fixture(scope="module")
def python(copy):
    """Run Python in the copy; -P keeps the test's own folder out of the way."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ATLAS62_")}
    environment["PYTHONPATH"] = str(copy)

    def run(*words):
        done = subprocess.run(  # noqa: S603 - words of this file
            [sys.executable, *words],
            cwd=copy, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_the_page_shows_every_file_it_speaks_of():
    assert [(block["file"], block["place"]) for block in blocks()] == [
        ("layers/lighthouses.py", None),
        ("data/lighthouses/lighthouses.csv", None),
        ("data/lighthouses/lighthouses.provenance.md", None),
        ("layers/catalogue/layers.py", "import"),
        ("layers/catalogue/layers.py", "LAYERS"),
    ]


@pytest.fixture(scope="module")
def told(python):
    """Write the layer in each format, list it and ask for the page; one process says it all."""
    return python("-c", USE_THE_LAYER)


@pytest.fixture(scope="module")
def layout(told):
    return told.splitlines()[-1]


def test_the_layer_is_in_the_catalogue(told):
    records, _ = json.JSONDecoder().raw_decode(told[told.index("[\n") :])
    lighthouses = {record["layer"]: record for record in records}["phares"]
    assert lighthouses["rows"] == lighthouses["known_total"] == 3


def test_the_layer_is_in_the_page_s_list(layout):
    shown = json.dumps(json.loads(layout))
    assert '"phares"' in shown
    assert "Phares" in shown


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_layer_is_exported(layout, copy, file_format):  # noqa: ARG001 - it writes the files
    path = copy / f"phares.{file_format}"
    if file_format == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        names = [row["Nom"] for row in rows]
    else:
        names = list(gpd.read_file(path, layer="phares")["name"])
    assert names == ["Phare de Calais", "Phare du cap Gris-Nez", "Phare de la Canche"]


def test_the_example_is_written_as_the_project_is(python):
    python("-m", "ruff", "check", "layers/lighthouses.py")
    python("-m", "ruff", "format", "--check", "layers/lighthouses.py")
