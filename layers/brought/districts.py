"""The priority districts that cells name, by code, or by name and, of namesakes, by commune."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Self

import geopandas as gpd

from geo.names import normalise
from geo.reference.places import Reference
from layers.model.measures import DISTRICT
from layers.priority_districts import TABLE, read_outlines

FIRST_WORDS: Final = ("quartier prioritaire", "qpv", "qp", "quartier")
"""What may stand before a name, or be a part of it."""

Texts = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, order=True)
class District:
    """One priority district; ``str`` gives its written form, as ``qpv:QN06201M``."""

    code: str

    def __str__(self) -> str:
        return f"{DISTRICT}:{self.code}"


class Districts:
    """The priority districts of the département.

    Parameters
    ----------
    names
        Names of each code, the one that is shown first.
    communes
        Codes of the communes that each code touches, the first before the others.
    data
        Folder of the facts, where their outlines are.
    """

    def __init__(
        self,
        names: Texts,
        communes: Texts,
        data: Path,
    ) -> None:
        self.names = names
        self.communes = communes
        self.data = data
        self._by_words: defaultdict[str, set[str]] = defaultdict(set)
        for code, each in names.items():
            for words in {_words(name) for name in each} | {normalise(name) for name in each}:
                self._by_words[words].add(code)

    @classmethod
    def of(cls, reference: Reference) -> Self:
        """Return the districts whose table stands beside the communes; none without it."""
        return cls(*_read(reference.coverage.embedded.folder.parent))

    def outlines(self) -> gpd.GeoSeries:
        """Return the outlines by code, EPSG:4326; raises LayerError where they cannot be read."""
        return read_outlines(self.data)

    def knows(self, text: str) -> bool:
        """Tell whether a text names a district, or several of one name."""
        return self.find(text) is not None or normalise(text) in self._by_words

    def find(self, text: str, commune: str = "") -> District | None:
        """Return the district that a text names, None where it names none or several.

        Parameters
        ----------
        text
            A code in any case, or a name.
        commune
            Code of the commune that the row names, empty for none: it tells namesakes apart.
        """
        code = "".join(text.split()).upper()
        if code in self.names:
            return District(code)
        found = self._by_words.get(normalise(text)) or self._by_words.get(_words(text)) or set()
        here = {one for one in found if not commune or commune in self.communes[one]}
        return District(here.pop()) if len(here) == 1 else None


@lru_cache(maxsize=4)
def _read(data: Path) -> tuple[Texts, Texts, Path]:
    if not (data / TABLE.file).exists():
        return {}, {}, data
    rows = TABLE.texts(data)
    names = zip(rows["name"], rows["name_source"], strict=True)
    communes = (tuple(codes.split(";")) for codes in rows["commune_codes"])
    return (
        dict(zip(rows["code"], names, strict=True)),
        dict(zip(rows["code"], communes, strict=True)),
        data,
    )


def _words(name: str) -> str:
    """Return a name as it is compared, without the words that only say that it is a district."""
    words = normalise(name)
    for first in FIRST_WORDS:
        if words.startswith(f"{first} "):
            return words.removeprefix(f"{first} ").removeprefix("de ").removeprefix("du ")
    return words
