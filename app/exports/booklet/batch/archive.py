"""The ZIP of a batch: its pages and their table of contents; the same pages give the same bytes."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from app.exports.formats import save
from app.exports.tables import write_csv
from layers.french.wording import format_number, plural

CONTENTS: Final = "sommaire.html"
CONTENTS_TABLE: Final = "sommaire.csv"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_STYLE: Final = (
    "body{font:16px/1.5 'Source Sans 3',sans-serif;color:#1f2b33;max-width:45rem;margin:2rem auto;"
    "padding:0 1rem}td,th{padding:.2rem 1rem .2rem 0;text-align:left}"
    "td:nth-child(3){text-align:right;white-space:nowrap}"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of a batch.

    Parameters
    ----------
    file
        Name in the folder and in the ZIP.
    scale
        Denominator.
    digest
        SHA-256 of the file.
    group
        What its place belongs to: the EPCI of a commune; empty for others.
    """

    file: str
    title: str
    scale: int
    digest: str
    group: str = ""


def write_archive(
    path: Path, folder: Path, entries: Sequence[Entry], failures: Iterable[tuple[str, str]]
) -> None:
    """Write the ZIP, whole or not at all.

    Raises
    ------
    SaveError
        It cannot be written.
    """
    told = list(failures)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        _add(archive, CONTENTS, _contents(entries, told).encode())
        _add(archive, CONTENTS_TABLE, _table(entries, told))
        for entry in entries:
            _add(archive, entry.file, (folder / entry.file).read_bytes())
    save(written.getvalue(), path, replace=True)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.external_attr = 0o644 << 16
    # Pages are compressed already.
    packed = zipfile.ZIP_DEFLATED if name.endswith((".html", ".csv", ".svg")) else 0
    archive.writestr(info, content, packed)


def _contents(entries: Sequence[Entry], failures: Sequence[tuple[str, str]]) -> str:
    grouped = any(entry.group for entry in entries)
    rows = "".join(
        f'<tr><td>{number}</td><td><a href="{escape(entry.file)}">{escape(entry.title)}</a></td>'
        f"<td>1:{format_number(entry.scale)}</td>"
        + (f"<td>{escape(entry.group)}</td></tr>" if grouped else "</tr>")
        for number, entry in enumerate(entries, start=1)
    )
    missing = "".join(f"<li>{escape(name)} : {escape(why)}</li>" for name, why in failures)
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Sommaire</title><style>{_STYLE}</style></head><body><h1>Sommaire</h1>"
        f"<p>{plural(len(entries), 'page')}.</p>"
        "<table><thead><tr><th>N°</th><th>Page</th><th>Échelle</th>"
        + ("<th>EPCI</th>" if grouped else "")
        + "</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
        + (f"<h2>Pages manquantes</h2><ul>{missing}</ul>" if missing else "")
        + "</body></html>"
    )


def _table(entries: Sequence[Entry], failures: Sequence[tuple[str, str]]) -> bytes:
    drawn = [(each.title, each.file, f"1:{each.scale}", each.group, "") for each in entries]
    missing = [(name, "", "", "", why) for name, why in failures]
    return write_csv(("Page", "Fichier", "Échelle", "EPCI", "Remarque"), [*drawn, *missing])
