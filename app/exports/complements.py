"""What the operator adds to the documents: date of a signed convention, SIRET, payment period."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from geo.perimeter import shorten
from layers.facts.contracts import CONVENTIONS
from layers.model.schema import LayerError, validate
from layers.model.tables import read_text

FILE: Final = CONVENTIONS.file
"""Where the complements stand in the data folder, unless another file is given."""

COLUMNS: Final = CONVENTIONS.columns[1:]
"""The SCDL columns that no deliberation gives, or not every one."""


def read_complements(path: Path, operations: frozenset[str]) -> Mapping[str, Mapping[str, str]]:
    """Read what the operator knows of each operation; an empty cell is not known.

    Whether a value is right is for the row that takes it to say.

    Parameters
    ----------
    path
        CSV file: UTF-8, comma, columns ``operation`` and any of :data:`COLUMNS`.
    operations
        Identifiers of the operations there are.

    Returns
    -------
    Mapping
        Operation → SCDL column → text.

    Raises
    ------
    LayerError
        The file is missing or damaged, has an unknown column, or names an operation that does not
        exist or that it has named already.
    """
    rows = read_text(path)
    where = f"Fichier {path.name}"
    named = validate(rows, CONVENTIONS.pick("operation"), key="operation", where=where)["operation"]
    for column in rows.columns.drop("operation"):
        if column not in COLUMNS:
            raise LayerError(
                f"{where} : colonne « {shorten(column)} » inconnue ; "
                f"colonnes connues : operation, {', '.join(COLUMNS)}."
            )
    for line, operation in named.items():
        if operation not in operations:
            raise LayerError(
                f"{where} : ligne {line}, opération « {shorten(operation)} » inconnue ; "
                "« atlas62 export couche operations » donne les identifiants."
            )
    cells = rows.drop(columns="operation").to_dict("records")
    return {
        operation: {str(column): text.strip() for column, text in row.items() if text.strip()}
        for operation, row in zip(named, cells, strict=True)
    }
