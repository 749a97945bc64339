"""Positions given by hand: the only way to move a row of a layer, and it wins over all others."""

import csv
import io
import os
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from geo.cells import bare_text, guard_formula
from geo.names import of_place
from geo.precision import Precision
from geo.reference.places import Reference
from layers.model.points import FARTHEST_OUTSIDE, point_outside
from layers.model.schema import Field, LayerError
from layers.model.tables import Table

FILE: Final = "positions.csv"
BY_HAND: Final = (
    Precision.ADDRESS,
    Precision.STREET,
    Precision.SITE,
    Precision.DISTRICT,
    Precision.COMMUNE,
)
"""How exactly a person may say that a place is known."""
TAKEN_BACK: Final = "retiree"
"""Instead of a precision: no correction of that row holds any more."""

LONGEST: Final = 300
"""Characters of a reason or a name."""

TABLE: Final = Table(
    FILE,
    (
        Field("layer", "Couche", "Identifiant de la couche."),
        Field("key", "Identifiant", "Identifiant de la ligne dans sa couche."),
        Field("name", "Objet", "Ce que c’est, pour qui relit."),
        Field("longitude", "Longitude", "WGS 84.", "float", unit="°"),
        Field("latitude", "Latitude", "WGS 84.", "float", unit="°"),
        Field("commune_code", "Code commune", "Code Insee de la commune."),
        Field(
            "precision", "Précision", "Finesse du point.", allowed=(*map(str, BY_HAND), TAKEN_BACK)
        ),
        Field("said_by", "Selon", "Qui le dit."),
        Field("reason", "Raison", "Pourquoi."),
        Field("date", "Date", "Jour de la correction.", "date"),
    ),
)


@dataclass(frozen=True, slots=True)
class Correction:
    """Where a row is, who says so and why; the columns of the table, in order.

    Parameters
    ----------
    layer, key
        Which row of which layer.
    name
        Title of the row, for who reads the table.
    longitude, latitude
        Degrees, WGS 84.
    date
        Day, ISO.
    """

    layer: str
    key: str
    name: str
    longitude: float
    latitude: float
    commune_code: str
    precision: str
    said_by: str
    reason: str
    date: str


def read_corrections(data: Path) -> dict[tuple[str, str], Correction]:
    """Return the corrections by layer and key; of several for one row, the last line holds.

    Raises
    ------
    LayerError
        The table is damaged; without a table there is none.
    """
    if not (data / FILE).exists():
        return {}
    records: list[dict[Any, Any]] = TABLE.read(data).to_dict("records")
    last = {(row["layer"], row["key"]): Correction(**_bare(row)) for row in records}
    return {row: one for row, one in last.items() if one.precision != TAKEN_BACK}


def write_correction(correction: Correction, data: Path, reference: Reference) -> None:
    """Add a line to the table, in one write: two people at once lose nothing.

    Raises
    ------
    LayerError
        The correction says something impossible, or the table cannot be written.
    """
    check_correction(correction, reference)
    _append(correction, data)


def go_back(correction: Correction, before: Correction | None, data: Path) -> None:
    """Undo a correction by one more line: what was before it, or that none holds.

    Parameters
    ----------
    before
        Correction of the same row that held before; None for none.

    Raises
    ------
    LayerError
        Another one holds meanwhile, or the table cannot be written.
    """
    held = read_corrections(data).get((correction.layer, correction.key))
    if held != correction:
        raise LayerError("La position a été corrigée autrement depuis : rien n’est changé.")
    _append(before or replace(correction, precision=TAKEN_BACK), data)


def _append(correction: Correction, data: Path) -> None:
    path = data / FILE
    head = b"" if path.exists() else _line([field.name for field in fields(Correction)])
    line = _line([guard_formula(str(value)) for value in astuple(correction)])
    try:
        ends = not head and path.stat().st_size and path.read_bytes()[-1:] != b"\n"
        with path.open("ab", buffering=0) as file:
            file.write((b"\n" if ends else b"") + head + line)
            os.fsync(file.fileno())
    except OSError as error:
        raise LayerError(f"Fichier {FILE} : écriture impossible ({error.strerror}).") from error


def check_correction(correction: Correction, reference: Reference) -> None:
    """Refuse a correction without a commune, a reason or an author, or far from its commune.

    Raises
    ------
    LayerError
        Says what was found and what was expected.
    """
    for value, what in ((correction.said_by, "qui le dit"), (correction.reason, "pourquoi")):
        if not value.strip() or len(value) > LONGEST or not value.isprintable():
            raise LayerError(
                f"Correction : trouvé {len(value)} caractères, attendu {what}, en une ligne de 1 à "
                f"{LONGEST} caractères."
            )
    if correction.precision not in BY_HAND:
        raise LayerError(
            f"Correction : précision « {correction.precision} », attendu : {', '.join(BY_HAND)}."
        )
    if correction.commune_code not in reference.communes:
        raise LayerError(
            f"Correction : commune « {correction.commune_code} », attendu le code Insee d’une "
            "commune du Pas-de-Calais."
        )
    metres = point_outside(
        correction.longitude, correction.latitude, correction.commune_code, reference
    )
    if not metres <= FARTHEST_OUTSIDE:
        name = reference.communes[correction.commune_code].name
        raise LayerError(
            f"Correction : trouvé le point {correction.longitude}, {correction.latitude}, attendu "
            f"longitude puis latitude, en degrés, d’un point {of_place(name)} ou à "
            f"{FARTHEST_OUTSIDE} m au plus."
        )


def today() -> str:
    """Return the day as the table writes it."""
    return date.today().isoformat()  # noqa: DTZ011 - the day of the person who corrects


def _bare(row: dict[Any, Any]) -> dict[Any, Any]:
    return {name: bare_text(v) if isinstance(v, str) else v for name, v in row.items()}


def _line(values: list[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(values)
    return text.getvalue().encode()
