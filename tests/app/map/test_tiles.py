import json

import pytest

from app.map.tiles import TILES
from app.server import create_app
from app.settings import BaseMap, Settings


@pytest.fixture(scope="module")
def answers(application, catalogue):
    """Ask for the page and its layout under each setting of the base map."""

    def ask(base_map):
        none = base_map is BaseMap.NONE
        made = application if none else create_app(Settings(base_map=base_map), catalogue)
        reader = made.server.test_client()
        policy = reader.get("/").headers["Content-Security-Policy"]
        return policy, json.dumps(reader.get("/_dash-layout").json, ensure_ascii=False)

    return {base_map: ask(base_map) for base_map in BaseMap}


def test_without_a_base_map_no_other_host_is_named(answers):
    policy, layout = answers[BaseMap.NONE]
    assert "https://" not in policy
    assert "TileLayer" not in layout
    assert "geopf" not in layout


@pytest.mark.parametrize("base_map", list(TILES))
def test_a_base_map_brings_its_tiles_its_credit_and_the_leave_to_load_them(answers, base_map):
    policy, layout = answers[base_map]
    tiles = TILES[base_map]
    images = next(rule for rule in policy.split("; ") if rule.startswith("img-src"))
    assert images.endswith(f" {tiles.origin}")
    assert policy.count("https://") == 1
    assert tiles.origin + tiles.path in layout
    assert tiles.credit in layout


def test_every_base_map_that_can_be_set_has_its_tiles():
    assert set(TILES) == set(BaseMap) - {BaseMap.NONE}
