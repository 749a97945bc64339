"""Where a command writes its file, and whether it may write over one: the same words everywhere."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

replace_option: Final = click.option(
    "--remplacer", "replace", is_flag=True, help="Écrase le fichier s’il existe déjà."
)
"""For ``replace`` of :func:`app.exports.formats.save`."""


def output_option(meaning: str) -> Decorator:
    """Return ``--sortie``, the file that the command must be told, as ``path``."""
    return click.option(
        "--sortie",
        "path",
        type=click.Path(path_type=Path),
        required=True,
        metavar="FICHIER",
        help=meaning,
    )
