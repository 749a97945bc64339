"""The map as it is laid out: a crowded layer is gathered, the others are drawn point by point."""

import pytest

from app.map.atlas import Atlas
from app.map.panes import CLUSTERED_FROM, render_map
from app.view.state import DEFAULT
from benchmarks.explorer import points_layer


def gathered(node):
    """Return which layers of points of a map are gathered, by identifier."""
    children = getattr(node, "children", None) or []
    parts = children if isinstance(children, list) else [children]
    found = {key: value for part in parts for key, value in gathered(part).items()}
    if isinstance(getattr(node, "id", None), dict):
        found[node.id["layer"]] = node.cluster
    return found


@pytest.mark.parametrize(("count", "crowded"), [(CLUSTERED_FROM, False), (1_600, True)])
def test_only_a_crowded_layer_is_gathered(catalogue, count, crowded):
    map_of = gathered(
        render_map(Atlas(catalogue.with_layers([points_layer(catalogue, count)])), DEFAULT)
    )
    assert map_of.pop("points") is crowded
    assert {"operations", "colleges", "mairies"} <= set(map_of)
    assert not any(map_of.values())
