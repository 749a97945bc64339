"""Tables of Insee in the form of Melodi: a line for each place, measure and year."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from geo.perimeter import UnknownPlaceError
from geo.reference.places import Reference
from layers.connectors.declaration import Connector, ConnectorError
from layers.connectors.reading import stream_rows
from layers.model.schema import LayerError, validate
from layers.model.tables import Table
from layers.population.commune_rows import CODE, NAME

MEMBER: Final = "_data.csv"
"""How the name of the table ends in its archive, beside that of its codes."""
COMMUNE: Final = "COM"
HOME: Final = "62"
_COMMUNE_CODE: Final = re.compile(r"(?:COM-)?(\d[\dAB]\d{3})")

Observation = tuple[str, Mapping[str, str]]
"""Code of a commune of today, and the texts of its line."""


def read_observations(
    path: Path, connector: Connector, reference: Reference, year: str
) -> Iterator[Observation]:
    """Yield the lines of the communes of the département of one year.

    Raises
    ------
    ConnectorError
        It is no such table, or a code is that of no commune.
    """
    for line, row in stream_rows(path, connector, MEMBER):
        told = dict(zip(connector.columns, row, strict=True))
        code = _COMMUNE_CODE.fullmatch(told["GEO"])
        ours = told["GEO_OBJECT"] == COMMUNE and code is not None and code[1].startswith(HOME)
        if not ours or told["TIME_PERIOD"][:4] != year:
            continue
        try:
            yield reference.resolve_code(told["GEO"].removeprefix("COM-"))[0], told
        except UnknownPlaceError as error:
            raise ConnectorError(f"Ligne {line}, colonne GEO : {error}") from error


def newest_year(path: Path, connector: Connector) -> str:
    """Return the last year that the table is of; raises ConnectorError where it is of none."""
    place = connector.columns.index("TIME_PERIOD")
    years = {row[place][:4] for _, row in stream_rows(path, connector, MEMBER)}
    known = [year for year in years if re.fullmatch(r"20\d\d", year)]
    if not known:
        raise ConnectorError(f"{connector.title} : colonne TIME_PERIOD, aucune année trouvée.")
    return max(known)


def table_of(
    table: Table, rows: Mapping[str, Mapping[str, str]], reference: Reference, where: str
) -> pd.DataFrame:
    """Return the rows of a table of every commune, empty cells where nothing is known.

    Raises
    ------
    ConnectorError
        A value is not what the table declares.
    """
    made = pd.DataFrame(
        [
            {CODE.name: code, NAME.name: commune.name, **rows.get(code, {})}
            for code, commune in reference.communes.items()
        ],
        columns=[*table.columns],
        dtype=object,
    )
    made = made.fillna("")
    try:
        validate(made, table.fields, key=table.key, where=where)
    except LayerError as error:
        raise ConnectorError(str(error)) from error
    return made
