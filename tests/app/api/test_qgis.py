"""QGIS itself adds collections by the service, each with its style, and paints them."""

import json
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from app.drawing.theme import make_theme
from app.drawing.tokens import colour
from geo.perimeter import Level
from layers.indicators.every import list_indicators
from tests.known_totals import ROWS

PYTHON = "/usr/bin/python3"
SCRIPT = Path(__file__).parents[3] / "docs/qgis_picture.py"


@pytest.fixture(scope="module")
def painted(service_address, tmp_path_factory):
    """Give what QGIS says of two collections, and the picture."""
    probe = [PYTHON, "-c", "import qgis.core"]
    if not Path(PYTHON).exists() or subprocess.run(probe, capture_output=True).returncode:  # noqa: PLW1510, S603
        pytest.skip("PyQGIS absent (Debian : python3-qgis)")
    path = tmp_path_factory.mktemp("qgis") / "carte.png"
    done = subprocess.run(  # noqa: S603
        [PYTHON, SCRIPT, service_address, path, "colleges", "indicateur.fit.epci"],
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    said = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {one["collection"]: one for one in said}, Image.open(path).convert("RGB")


def test_both_are_read_whole_and_take_their_style(painted):
    said, _ = painted
    assert all(one["valid"] and one["styled"] for one in said.values())
    assert said["colleges"]["rows"] == ROWS["colleges"]
    assert said["indicateur.fit.epci"]["rows"] == 20
    assert said["colleges"]["renderer"] == "categorizedSymbol"
    assert said["colleges"]["aliases"][1:3] == ["UAI", "Nom"]


def test_the_legend_says_what_is_measured_and_each_state(painted):
    said, _ = painted
    labels = said["indicateur.fit.epci"]["labels"]
    assert labels[0] == "FIT par habitant (€/hab.)"
    assert labels[-4:] == ["partiel", "secret statistique", "sans objet", "non disponible"]
    assert "FIT par habitant (€/hab.)" in said["indicateur.fit.epci"]["aliases"]


def test_the_picture_has_the_colours_of_the_map(painted, catalogue):
    _, picture = painted
    found = {tint: count for count, tint in picture.getcolors(picture.width * picture.height)}
    theme = make_theme(
        catalogue, catalogue.derive(list_indicators)["fit_par_habitant"], Level.EPCI, None
    )
    for tint in (*theme.colours, colour("money"), colour("hairline")):
        assert found[tuple(bytes.fromhex(tint.lstrip("#")))] > 200, tint
