"""A layer as a data set of a catalogue: what it is, whose, under which licence, in which files."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from app.exports.formats import WRITERS
from app.exports.media_types import MEDIA_TYPES
from app.exports.moment import last_change, written_at
from layers.catalogue.layers import Catalogue
from layers.model.layer import Layer, LayerError

LICENCE_URLS: Final[Mapping[str, str]] = {
    "Licence Ouverte": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
}
"""Of the licences that sources name; a document of an administration has none, it has the law."""
KEYWORDS: Final = ("pas-de-calais", "contrat-de-territoire", "atlas-62")
"""Of every data set."""
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file of a data set.

    Parameters
    ----------
    ending
        Of its name: ``gpkg``, ``geojson``, ``csv``, ``xlsx``.
    path
        On this server.
    size
        Bytes.
    sha256
        Of its bytes, hexadecimal.
    """

    ending: str
    path: str
    media: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A layer that everybody sees, with its files.

    Parameters
    ----------
    bounds
        West, south, east, north, degrees WGS 84; None without rows.
    days
        First and last day that its rows are of; None where they have no dates.
    changed
        ISO 8601, when its files last changed.
    """

    layer: Layer
    bounds: tuple[float, float, float, float] | None
    days: tuple[str, str] | None
    changed: str
    distributions: tuple[Distribution, ...]

    @property
    def keywords(self) -> tuple[str, ...]:
        """Words by which it is found: those of its title, and those of all."""
        words = _WORD.findall(self.layer.title.lower())
        return tuple(dict.fromkeys((*words, *KEYWORDS)))

    @property
    def licence(self) -> str:
        """Address of the licence that all of its sources are under, empty where there is none."""
        licences = {source.licence for source in self.layer.sources}
        return LICENCE_URLS.get(licences.pop(), "") if len(licences) == 1 else ""

    @property
    def rights(self) -> str:
        """Each source with its producer, vintage and licence, in words."""
        return " ; ".join(source.printed for source in self.layer.sources)

    @property
    def producers(self) -> tuple[str, ...]:
        """Who publishes the sources, each once."""
        return tuple(dict.fromkeys(source.producer for source in self.layer.sources))


def datasets(catalogue: Catalogue) -> tuple[Dataset, ...]:
    """Return a data set for each layer that can be read, for :meth:`Catalogue.derive`.

    The files are made as they are for who downloads them, once: their sums are told.
    """
    moment = last_change(catalogue)
    found = []
    for layer in catalogue.layers.values():
        try:
            rows = catalogue.load(layer.id)
        except LayerError:
            continue
        with written_at(moment):
            files = {ending: write(layer, rows) for ending, write in WRITERS.items()}
        west, south, east, north = rows.total_bounds.tolist()
        found.append(
            Dataset(
                layer,
                (west, south, east, north) if len(rows) else None,
                _days(layer, rows),
                moment.isoformat(),
                tuple(_distribution(layer, ending, files[ending]) for ending in files),
            )
        )
    return tuple(found)


def _distribution(layer: Layer, ending: str, content: bytes) -> Distribution:
    return Distribution(
        ending,
        f"/telecharger/{quote(layer.id, safe='')}.{ending}",
        MEDIA_TYPES[ending].partition(";")[0],
        len(content),
        hashlib.sha256(content).hexdigest(),
    )


def _days(layer: Layer, rows: object) -> tuple[str, str] | None:
    dated = next((field.name for field in layer.fields if field.dtype == "date"), None)
    if dated is None:
        return None
    known = sorted(text for text in rows[dated] if isinstance(text, str))  # type: ignore[index]
    return (known[0], known[-1]) if known else None
