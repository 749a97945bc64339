"""The page of the sources: what feeds which layers, how old it is, how its renewal went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from layers.catalogue.layers import Catalogue
from layers.connectors.declaration import Connector
from layers.connectors.facts import source_of
from layers.connectors.kept import Attempt, KeptSource
from layers.connectors.registry import CONNECTORS
from layers.model.layer import Source

NOT_TAKEN: Final = "pas encore pris"
EMBEDDED: Final = "lignes du projet, rien de plus récent n’est pris"


@dataclass(frozen=True, slots=True)
class Renewal:
    """Of a source that a command renews.

    Parameters
    ----------
    age
        Days since the newest date in the data; None where nothing was taken.
    """

    connector: Connector
    age: int | None
    attempt: Attempt | None
    source: Source

    @property
    def late(self) -> bool:
        """Whether the data are older than the rhythm of their producer."""
        return self.age is not None and self.age > self.connector.rhythm

    def renews(self, source: Source) -> bool:
        """Tell whether a source of the layer is the one that is renewed."""
        feed = self.connector.feed
        if feed.added and feed.layer:
            return source in {feed.layer.sources[0], self.source}
        return feed.replaces in {"", source.title} or source == self.source


def find_renewals(sources: Path, today: date) -> Mapping[str, Renewal]:
    """Return what can be renewed, by what is typed.

    Parameters
    ----------
    sources
        Folder of what was taken; need not exist.
    """
    found = {}
    for connector in CONNECTORS.values():
        kept = KeptSource(sources, connector)
        version = kept.current()
        age = version.origin.age(today) if version else None
        source = source_of(version.origin) if version else _not_taken(connector)
        found[connector.id] = Renewal(connector, age, kept.attempt(), source)
    return found


def _not_taken(connector: Connector) -> Source:
    layer = connector.feed.layer
    return Source(
        f"{connector.title} : {layer.title}" if layer else connector.title,
        connector.producer,
        connector.licence,
        EMBEDDED if connector.feed.replaces and layer is None else NOT_TAKEN,
        connector.address,
    )


def sources_page(catalogue: Catalogue, sources: Path, today: date) -> dict[str, Any]:
    """Return what the page shows: each source once, with the titles of what it feeds."""
    fed: dict[Source, list[str]] = {}
    renewed: dict[Source, Renewal] = {}
    renewals = find_renewals(sources, today).values()
    by_layer = {one.connector.feed.layer.id: one for one in renewals if one.connector.feed.layer}
    for layer in catalogue.layers.values():
        for source in layer.sources:
            fed.setdefault(source, []).append(layer.title)
            if layer.id in by_layer and by_layer[layer.id].renews(source):
                renewed[source] = by_layer[layer.id]
    for one in renewals:
        if one.connector.feed.layer is None or one.connector.feed.layer.id not in catalogue.layers:
            fed.setdefault(one.source, [one.connector.feed.title])
            renewed[one.source] = one
    return {"fed": fed, "renewals": renewed}
