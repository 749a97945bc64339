"""A table with one row for each commune of today: none missing, none unknown, none twice."""

from pathlib import Path

import pandas as pd

from geo.perimeter import shorten
from geo.reference.places import Reference
from layers.model.schema import Field, LayerError
from layers.model.tables import Table

CODE = Field("commune_code", "Code commune", "Code Insee de la commune en 2026.")
NAME = Field("commune", "Commune", "Nom de la commune.")


def read_every_commune(table: Table, reference: Reference, data: Path) -> pd.DataFrame:
    """Return the rows of a table by code of commune, in the order of the reference.

    Parameters
    ----------
    table
        Has the columns of :data:`CODE` and :data:`NAME`, and ``commune_code`` as its key.

    Returns
    -------
    pandas.DataFrame
        The other columns, typed as declared; the index is named ``commune_code``.

    Raises
    ------
    LayerError
        The file is damaged, a code is not that of a commune of today, or a commune has no row.
    """
    rows = table.read(data)
    codes = rows[CODE.name]
    strange = codes[~codes.isin(reference.communes.keys())]
    if len(strange):
        raise LayerError(
            f"Fichier {table.file} : ligne {strange.index[0]}, colonne « {CODE.name} » : trouvé "
            f"« {shorten(str(strange.iloc[0]))} », attendu : le code d’une commune actuelle du "
            "Pas-de-Calais."
        )
    found = set(codes)
    missing = [code for code in reference.communes if code not in found]
    if missing:
        commune = reference.communes[missing[0]]
        raise LayerError(
            f"Fichier {table.file} : rien pour {commune.name} ({commune.code}), attendu : une "
            "ligne pour chaque commune."
        )
    return rows.set_index(CODE.name).drop(columns=NAME.name).loc[[*reference.communes]]
