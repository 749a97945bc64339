"""The same view has the same address, to the byte, whether Python or the browser writes it."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.explore.stores import CHOICE, OPERATIONS
from app.gaps.address import format_gap_view
from app.gaps.page import _state
from app.gaps.view import GapView, Measured
from app.view.state import DEFAULT, format_view, texts_of
from app.view.viewport import MapView
from layers.gaps.publics import Public
from tests.app.view.test_state import map_views, views

ROOT = Path(__file__).parents[3]
NODE = Path(sys.executable).with_name("node")

CHANGES = ("62041", "62193", "gares:ACT", "-colleges:0620004T")
COMMUNES = st.lists(st.sampled_from(CHANGES), unique=True)
SERVICES = st.lists(st.sampled_from(("gares", "mairies", "l’an (2)*")), unique=True).map(tuple)
SCENARIOS = st.lists(COMMUNES.map(tuple), max_size=4).map(tuple).filter(lambda s: not s or any(s))


@st.composite
def gap_views(draw):
    scenarios = draw(SCENARIOS)
    return GapView(
        draw(st.sampled_from(("colleges_publics", "mairies", "gares", "apporté l’an (2)*!"))),
        draw(st.sampled_from((5, 15.0, 20.0)) | st.integers(1, 24_000).map(lambda n: n / 100)),
        draw(st.sampled_from(("vol-d-oiseau", "distance"))),
        draw(st.sampled_from(Public)),
        scenarios,
        draw(st.integers(0, max(len(scenarios) - 1, 0))),
        draw(st.integers(0, 5)),
        draw(st.sampled_from((0, 500, 5000))),
        draw(st.none() | map_views()),
        draw(SERVICES),
        draw(st.sampled_from((1, 2))),
        draw(st.sampled_from(Measured)),
        draw(SERVICES),
        draw(st.sampled_from(("", "gares"))),
        draw(st.sampled_from(("", "gares:ACT", "62041"))),
    )


def gathered(strategy, usual, count):
    """Return that many views of a strategy, and the usual one."""
    found = [usual]

    @settings(max_examples=count, database=None)
    @given(strategy)
    def gather(view):
        found.append(view)

    gather()
    return found


def seen(map_view: MapView | None):
    """Return what the map of a view says of itself."""
    return map_view and (map_view.zoom, map_view.latitude, map_view.longitude)


def written_by_scripts(**given):
    done = subprocess.run(  # noqa: S603 - a script of this project
        [NODE, ROOT / "tests/app/view/write_views.js"],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_view_has_one_address_in_python_and_in_the_browser():
    asked, gaps = gathered(views(), DEFAULT, 200), gathered(gap_views(), GapView(), 100)
    explorer = [
        {
            "place": view.shown,
            "choice": {part: texts_of(view)[part] for part in CHOICE},
            "operations": {part: texts_of(view)[part] for part in OPERATIONS},
            "table": view.table,
            "layers": view.layers,
            "map_view": seen(view.map_view),
        }
        for view in asked
    ]
    given = [{**_state(view), "map_view": seen(view.map_view)} for view in gaps]
    written = written_by_scripts(explorer=explorer, gaps=given)
    for view, addresses in zip(asked, written["explorer"], strict=True):
        assert {*addresses} == {format_view(view)}
    for view, addresses in zip(gaps, written["gaps"], strict=True):
        assert {*addresses} == {format_gap_view(view)}


def test_the_scripts_have_the_keys_that_python_has():
    script = runpy.run_path(str(ROOT / "scripts/address-keys"))
    assert (ROOT / script["MODULE"]).read_text("utf-8") == script["module"]()
