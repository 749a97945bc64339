"""docs/sources.md names every source of the layers, with licence and age, and every connector."""

from pathlib import Path

import pytest

from layers.connectors.declaration import DataGouv
from layers.connectors.registry import CONNECTORS

READ_ELSEWHERE = {
    *("nom_lieu_dit", "FILOSOFI_MEASURE", "CONF_STATUS"),
    *("plage_ouverture", "date_modification"),
    *("highway", "waterway", "railway", "landuse"),
}
"""In the producer’s program (ban-plateforme, lib/formatters/csv-legacy.js), not on its pages; in
the list of columns that another reader of the file keeps; in programs that ask the directory of
the administration; the keys of OpenStreetMap on its own wiki."""
PAGE = (Path(__file__).parents[1] / "docs" / "sources.md").read_text("utf-8")


def test_every_source_has_its_line_and_no_line_is_without_a_source(catalogue):
    fed = {}
    for layer in catalogue.layers.values():
        for one in layer.sources:
            fed.setdefault(one, []).append(f"`{layer.id}`")
    lines = {
        f"| {one.title} | {one.producer} | {one.licence} | {one.vintage} | {', '.join(ids)} |"
        for one, ids in fed.items()
    }
    embedded = PAGE.partition("## Embedded")[2].partition("## Connectors")[0]
    told = [line for line in embedded.splitlines() if line.startswith("| ")][2:]
    assert {*told} == lines


@pytest.mark.parametrize("connector", CONNECTORS.values(), ids=CONNECTORS)
def test_every_connector_has_its_line(connector):
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{connector.id}` |")]
    layer = connector.feed.layer
    fed = f"`{layer.id}`" if layer else connector.feed.title
    for told in (connector.title, connector.licence, connector.address, fed):
        assert told in line
    assert f"| {connector.rhythm} |" in line


@pytest.mark.parametrize("connector", CONNECTORS.values(), ids=CONNECTORS)
def test_the_columns_are_those_that_the_producer_lists(connector, shared):
    """The list was read in the producer's own pages."""
    facts = (shared / "research" / "live_sources.md").read_text("utf-8")
    assert {name for name in connector.columns if name not in facts} <= READ_ELSEWHERE
    where = connector.where
    assert (where.dataset if isinstance(where, DataGouv) else where.origins[0]) in facts
