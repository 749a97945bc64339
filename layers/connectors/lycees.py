"""Public lycées, from the ministry's directory of schools (Explore v2.1, export of all rows)."""

from typing import Final
from urllib.parse import quote

import pandas as pd

from geo.names import normalise
from geo.reference.places import Reference
from layers.connectors.declaration import (
    EDUCATION,
    Connector,
    Direct,
    tell_left_out,
    word_of,
)
from layers.connectors.layer_rows import LayerRows, SiteRows
from layers.connectors.positions import place_sites
from layers.lycees import LYCEES, TABLE

KINDS: Final = {
    "lycee polyvalent": "polyvalent",
    "lycee professionnel": "vocational",
    "lycee enseignt general": "general",
    "lycee d enseignement general": "general",
    "lycee general": "general",
    "lycee agricole": "agricultural",
    "lycee d enseignement agricole": "agricultural",
    "etablissement regional": "adapted",
    "etablissement experimental": "experimental",
}
"""How the ministry's words for the nature of a school begin → the code of the table."""
NOT_SCHOOLS: Final = ("section", "centre de formation")
"""Natures of what is part of another establishment, or none of secondary education."""
COLUMNS: Final = {
    "identifiant_de_l_etablissement": "uai",
    "nom_etablissement": "name",
    "code_commune": "commune_code",
    "code_postal": "postcode",
    "latitude": "latitude",
    "longitude": "longitude",
    "libelle_nature": "nature",
    "statut_public_prive": "sector",
    "etat": "state",
    "date_maj_ligne": "changed",
}
WHERE: Final = 'code_departement="062" and type_etablissement in ("Lycée","EREA")'
DATASET: Final = "fr-en-annuaire-education"


def take(rows: pd.DataFrame, reference: Reference) -> SiteRows:
    """Return the public lycées that are open, each once."""
    named = rows.rename(columns=COLUMNS)
    natures = named["nature"].map(normalise)
    open_ = named["state"].map(normalise).str.startswith("ouvert")
    public = named["sector"].map(normalise) == "public"
    ours = named[open_ & public & ~natures.str.startswith(NOT_SCHOOLS)]
    kinds = natures[ours.index].map(lambda text: word_of(KINDS, text))
    once = ours.assign(kind=kinds, name_source=ours["name"])[kinds.notna()]
    once = once.drop_duplicates("uai")
    placed = place_sites(once, reference, "source_unstated")
    left = ours["nature"][kinds.isna()]
    why = "d’une nature que l’on ne connaît pas"
    told = tell_left_out(len(left), "établissement", why, sorted(set(left)))
    return SiteRows(placed[[*TABLE.columns]], told)


CONNECTOR: Final = Connector(
    id="lycees",
    feed=LayerRows(LYCEES, TABLE, take),
    title="Annuaire de l’éducation",
    producer="Ministère de l’Éducation nationale",
    licence="Licence Ouverte 2.0",
    address=f"{EDUCATION}/explore/dataset/{DATASET}/",
    where=Direct(
        f"{EDUCATION}/api/explore/v2.1/catalog/datasets/{DATASET}/exports/csv"
        f"?select={quote(','.join(COLUMNS))}&where={quote(WHERE)}&delimiter=%3B&with_bom=false",
        (EDUCATION,),
    ),
    columns=tuple(COLUMNS),
    dated="date_maj_ligne",
    rhythm=30,
)
