"""The page of the sources: what feeds which layers, how old it is, how its renewal went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from layers.catalogue.layers import Catalogue
from layers.connectors.declaration import Connector
from layers.connectors.kept import Attempt, KeptSource
from layers.connectors.registry import CONNECTORS
from layers.model.layer import Source


@dataclass(frozen=True, slots=True)
class Renewal:
    """Of a source that a command renews.

    Parameters
    ----------
    age
        Days since the newest date in the data; None where it is not known.
    """

    connector: Connector
    age: int | None
    attempt: Attempt | None

    @property
    def late(self) -> bool:
        """Whether the data are older than the rhythm of their producer."""
        return self.age is not None and self.age > self.connector.rhythm


def find_renewals(sources: Path, today: date) -> Mapping[str, Renewal]:
    """Return what can be renewed, by the layer that it feeds.

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
        found[connector.layer.id] = Renewal(connector, age, kept.attempt())
    return found


def sources_page(catalogue: Catalogue, sources: Path, today: date) -> dict[str, Any]:
    """Return what the page shows: each source once, with the titles of the layers that it feeds."""
    fed: dict[Source, list[str]] = {}
    renewed: dict[Source, Renewal] = {}
    renewals = find_renewals(sources, today)
    for layer in catalogue.layers.values():
        for source in layer.sources:
            fed.setdefault(source, []).append(layer.title)
            if layer.id in renewals:
                renewed[source] = renewals[layer.id]
    return {"fed": fed, "renewals": renewed}
