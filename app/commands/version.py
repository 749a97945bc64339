"""``atlas62 --version``: which program, and which facts it opens."""

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Final

import click

from app.opening.data import open_facts, start
from layers.documents.register import DOCUMENTS
from layers.french.wording import plural

SHOWN: Final = 12
"""Digits of the digest: enough to tell two folders apart."""


def tell_version(context: click.Context) -> None:
    """Say the version of the program and that of the data, and end the command."""
    click.echo(f"Atlas 62, version {version('atlas62')}")
    data = open_facts(start())
    documents = plural(len(DOCUMENTS.read(data)), "document")
    click.echo(f"Données : {documents}, empreinte {digest_folder(data)[:SHOWN]}, {data}")
    context.exit()


def digest_folder(folder: Path) -> str:
    """Return the SHA-256 of the names and contents of the files that the program reads.

    What makes the data, tries the geocoder or lies hidden is not among them, so that a checkout and
    an installed program with the same facts have the same digest.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        name = path.relative_to(folder)
        if path.is_file() and name.parts[0] not in {"build", "trial"} and name.name[0] != ".":
            digest.update(f"{name.as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
