"""Layers whose rows come from an official source that was asked, not from what is embedded.

The folder of the facts then holds :data:`FILE`: for each such layer how its rows are cited, how
many there are, and what is to be known of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import orjson

from layers.model.layer import Layer, LayerError, Source

FILE: Final = "sources.json"
_YEAR: Final = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True, slots=True)
class TakenRows:
    """Of one layer.

    Parameters
    ----------
    remark
        In place of the layer's, which may speak of the embedded rows; empty to leave it.
    replaces
        Title of the one source of the layer in whose place this one comes; empty for all of them.
    added
        Whether it comes beside those of the layer.
    """

    source: Source
    rows: int
    remark: str
    replaces: str = ""
    added: bool = False


def write_taken(taken: Mapping[str, TakenRows]) -> bytes:
    """Return the content of the file."""
    return orjson.dumps(taken, option=orjson.OPT_INDENT_2)


def read_taken(data: Path) -> Mapping[str, TakenRows]:
    """Return what was taken, by layer; empty where all rows are the embedded ones.

    Raises
    ------
    LayerError
        The file is damaged.
    """
    try:
        told = orjson.loads((data / FILE).read_bytes())
        return {
            layer: TakenRows(**{**one, "source": Source(**one["source"])})
            for layer, one in told.items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LayerError(f"Fichier {FILE} : illisible ou endommagé.") from error


def cited_source(data: Path, file: str, usual: Source) -> Source:
    """Return what the rows of a file that several read are cited by.

    Parameters
    ----------
    usual
        Of the embedded rows.

    Raises
    ------
    LayerError
        What was taken is not told as it should be.
    """
    taken = read_taken(data)
    return taken[file].source if file in taken else usual


def year_of(source: Source) -> str:
    """Return the first year of what a source is of, in its vintage."""
    return next(iter(_YEAR.findall(source.vintage)), "")


def with_taken(layer: Layer, taken: Mapping[str, TakenRows]) -> Layer:
    """Return a layer that cites the source that its rows were taken from."""
    if layer.id not in taken:
        return layer
    one = taken[layer.id]
    return replace(
        layer,
        sources=tuple(_cited(layer, one)),
        known_total=one.rows,
        remark=one.remark or layer.remark,
    )


def _cited(layer: Layer, one: TakenRows) -> Iterator[Source]:
    if one.replaces:
        yield from (one.source if s.title == one.replaces else s for s in layer.sources)
    elif one.added:
        yield from (*layer.sources, one.source)
    else:
        yield one.source
