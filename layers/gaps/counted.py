"""Services that are only counted by commune: one place each at the town hall, and what is sure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.reference.places import Reference
from layers.facilities import FACILITIES_SOURCE, read_facilities
from layers.model.layer import Layer
from layers.model.points import PLACE, place_at_town_halls
from layers.model.schema import Field
from layers.placing.given import Given

COUNTED: Final = ("pharmacies", "supermarkets")
"""Columns of the table of facilities that are asked about."""
_NOUNS: Final[Mapping[str, str]] = {"pharmacies": "Pharmacie", "supermarkets": "Supermarché"}
NO_POINT: Final = "Base permanente des équipements : un nombre par commune, sans adresse ;"
_REMARKS: Final[Mapping[str, str]] = {
    "pharmacies": "un nombre par commune, sans adresse ni position. Chacune est supposée à la "
    "mairie : là où elles sont ailleurs dans la commune, le trajet vrai est plus court ou plus "
    "long. Ce qui est sûr : quelles communes n’en ont aucune.",
    "supermarkets": "un nombre par commune, sans adresse ni position. Chacun est supposé à la "
    "mairie. Les hypermarchés, les supérettes et les épiceries n’y sont pas : une commune sans "
    "supermarché peut avoir un hypermarché, et les personnes comptées au-delà sont donc trop "
    "nombreuses.",
}


def counted_rows(given: Given) -> Mapping[str, gpd.GeoDataFrame]:
    """Return, for each of :data:`COUNTED`, one row a facility at the town hall of its commune.

    Raises
    ------
    LayerError
        The table of facilities is damaged or missing.
    """
    return {
        column: counted_layer(column, column, column).load(given.reference, given.data)
        for column in COUNTED
    }


@lru_cache(maxsize=8)
def counted_layer(layer_id: str, title: str, column: str) -> Layer:
    """Return the layer that is made of a column of counts; it is no layer of the catalogue."""

    def read(reference: Reference, data: Path) -> gpd.GeoDataFrame:
        counts = read_facilities(reference, data)[column]
        codes = np.repeat(counts.index.to_numpy(), counts.to_numpy())
        number = pd.Series(codes).groupby(codes).cumcount() + 1
        rows = pd.DataFrame({"commune_code": codes, "number": number.to_numpy()})
        rows["name"] = [f"{_NOUNS[column]} ({reference.communes[code].name})" for code in codes]
        rows["id"] = rows["commune_code"] + "-" + rows["number"].astype(str)
        return place_at_town_halls(rows, reference, "Équipements", NO_POINT)

    return Layer(
        id=layer_id,
        title=title,
        geometry="point",
        key="id",
        fields=(
            Field("id", "Identifiant", "Code de la commune, puis un numéro."),
            Field("name", "Nom", "Ce que c’est, et la commune."),
            *PLACE,
        ),
        sources=(FACILITIES_SOURCE,),
        read=read,
        title_of=lambda row: str(row["name"]),
        summary_of=lambda row: f"{row['name']}.",
        remark=_REMARKS[column],
    )


@dataclass(frozen=True, slots=True)
class Without:
    """The communes that have none of a counted service, and who lives there: that is sure."""

    communes: int
    people: int


def without_any(codes: pd.Series, people: pd.Series, having: pd.Series) -> Without:
    """Count the communes, and their people, that are not among those that have some.

    Parameters
    ----------
    codes, people
        Of each commune that is asked about.
    having
        Code of the commune of each facility.
    """
    none = ~codes.isin(having).to_numpy()
    return Without(int(none.sum()), round(float(people.to_numpy()[none].sum())))
