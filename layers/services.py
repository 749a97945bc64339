"""What layers of services share: a table of sites, French words for its codes, points."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from geo.reference.places import Reference
from layers.model.layer import Field, Read
from layers.model.points import PLACE, POSITION, place
from layers.model.tables import Table

NAME: Final = Field("name", "Nom", "Nom du site.")
ADDRESS: Final = Field("address", "Adresse", "Numéro et voie.", nullable=True)
POSTCODE: Final = Field("postcode", "Code postal", "Code postal de l’adresse.", nullable=True)


COMMUNE_CODE, COMMUNE = PLACE[:2]
WHERE: Final = (COMMUNE, COMMUNE_CODE, *POSITION)
"""Columns of a table of sites that say where each is, as :func:`read_sites` wants them."""
NAME_SOURCE: Final = Field("name_source", "Nom de la source", "Nom tel que la source l’écrit.")


def coded(name: str, words: Mapping[str, str], label: str, meaning: str) -> Field:
    """Return the column of a table that holds the codes of :func:`read_sites`."""
    return Field(name, label, meaning, allowed=tuple(words))


def kind_field(words: Mapping[str, str], meaning: str) -> Field:
    """Return the column ``kind``, which takes only the French words given."""
    return Field("kind", "Catégorie", meaning, allowed=tuple(words.values()))


def read_sites(table: Table, **words: Mapping[str, str]) -> Read:
    """Return the reader of a table of sites.

    Parameters
    ----------
    table
        With the columns of :data:`layers.model.points.POSITION`.
    **words
        For each coded column, the French word for each code; an unknown code stays as it is, for
        the schema to refuse.
    """

    def read(reference: Reference, data: Path) -> gpd.GeoDataFrame:
        frame = table.texts(data)
        for column, translations in words.items():
            frame[column] = [translations.get(code, code) for code in frame[column]]
        return place(frame, reference, f"Fichier {table.file}")

    return read


def site_title(row: Mapping[str, Any]) -> str:
    """Return the name of a site."""
    return str(row["name"])


def site_summary(row: Mapping[str, Any]) -> str:
    """Return what a site is and where, in one sentence."""
    parts = [row.get("kind") or row.get("sector"), row.get("address"), row["commune"]]
    text = ", ".join(part for part in parts if isinstance(part, str))
    return f"{text[:1].upper()}{text[1:]}."
