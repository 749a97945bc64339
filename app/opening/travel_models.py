"""The travel models of the page Écarts: those that need no file, that of the operator's file."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

import click

from geo.travel.line import Distance, StraightLine
from geo.travel.matrix import TravelMatrix
from geo.travel.network import open_network
from geo.travel.roads import Roads
from geo.travel.times import TravelModel

Make = Callable[[], TravelModel]

ALWAYS: Final[Mapping[str, Make]] = MappingProxyType(
    {StraightLine.id: StraightLine, Distance.id: Distance}
)
"""Models that need no file."""
EXTRACTS: Final = (".pbf", ".osm")
"""Endings of an OpenStreetMap extract; any other file is a table of minutes."""


def models_of(file: Path | None) -> Mapping[str, Make]:
    """Return how to make each travel model, by identifier.

    Parameters
    ----------
    file
        The operator's: an OpenStreetMap extract or a table (``from``, ``to``, ``minutes``).
    """
    if file is None:
        return ALWAYS
    if is_extract(file):
        return {**ALWAYS, Roads.id: lambda: Roads(open_network(file, networks_folder()))}
    return {**ALWAYS, TravelMatrix.id: partial(TravelMatrix.read, file)}


def is_extract(file: Path) -> bool:
    """Tell whether a file is an OpenStreetMap extract, by its name."""
    return file.suffix.lower() in EXTRACTS


def networks_folder() -> Path:
    """Return where the networks made of extracts are kept for the next time."""
    return Path(click.get_app_dir("atlas62")) / "routes"
