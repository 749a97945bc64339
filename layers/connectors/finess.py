"""Health and care establishments, from FINESS: one JSON file of all France, read as it streams."""

import gzip
import zlib
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import ijson
import pandas as pd

from geo.reference.places import Reference
from layers.connectors.declaration import (
    DATA_GOUV,
    Connector,
    ConnectorError,
    DataGouv,
    tell_left_out,
)
from layers.connectors.finess_points import read_point
from layers.connectors.layer_rows import LayerRows, Renewed, SiteRows
from layers.connectors.positions import COMMUNE_ONLY, place_sites
from layers.connectors.reading import open_plain
from layers.hospitals import HOPITAUX
from layers.hospitals import TABLE as HOSPITAL_TABLE
from layers.official_sites import EHPAD, PHARMACIES, SITE_ID, SiteList

SITES: Final = "pmej.item.ege.item"
"""Where the establishments are: each below the body that runs it."""
OF_THE_SITE: Final = "03"
"""Use of an address: where the establishment is, not where its letters go."""
ACTIVE: Final = "A"
HOME: Final = "62"
NEEDED: Final = ("numFinessEge", "nomEgeLong", "etatObjet", "usageAdresse", "cogCommune")
"""Read by name: the file is refused where it says one of them of no establishment."""
COLUMNS: Final = (
    *(SITE_ID, "name", "category", "address", "postcode", "commune_code", "longitude", "latitude"),
    *("quality", "changed"),
)
CATEGORIES: Final[Mapping[str, str]] = {"500": "ehpad", "620": "pharmacy", "627": "mine_pharmacy"}
"""Of FINESS (table TRE_R66) → our kinds."""
RENEWED: Final = (
    *("commune_code", "commune", "longitude", "latitude", "position_quality"),
    "metres_outside_commune",
)


def read_establishments(
    path: Path, connector: Connector, categories: Collection[str] = ()
) -> pd.DataFrame:
    """Return the establishments of the département that are open, as texts.

    Parameters
    ----------
    categories
        Those wanted; all where empty.

    Raises
    ------
    ConnectorError
        It is no such file, it is cut, or it says no more what is needed.
    """
    seen: set[str] = set()
    rows: list[tuple[str, ...]] = []
    with open_plain(path, connector, ".json") as stream:
        try:
            for site in ijson.items(stream, SITES, use_float=True):
                rows += _read_site(site, categories, seen)
        except (ijson.JSONError, gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise ConnectorError(f"{connector.title} : fichier endommagé ou coupé.") from error
        except (AttributeError, TypeError) as error:
            raise ConnectorError(f"{connector.title} : d’une autre forme qu’attendu.") from error
    missing = [name for name in NEEDED if name not in seen]
    if missing:
        raise ConnectorError(f"{connector.title} : « {missing[0]} » absent du fichier.")
    return pd.DataFrame(rows, columns=[*COLUMNS], dtype=object)


def _read_site(
    site: Mapping[str, Any], categories: Collection[str], seen: set[str]
) -> Iterator[tuple[str, ...]]:
    """Yield the row of an establishment, if it is wanted, open and of the département."""
    told = site.get("informationsGeneralesEGE") or {}
    addresses = site.get("adresse") or []
    seen.update(told, site, *addresses[:1])
    where = next((a for a in addresses if a.get("usageAdresse") == OF_THE_SITE), None)
    category = str(site.get("categorieentiteGeographiqueExercice", ""))
    if (
        where is None
        or not str(where.get("cogCommune", "")).startswith(HOME)
        or site.get("etatObjet") != ACTIVE
        or told.get("dateFermeture")
        or (categories and category not in categories)
    ):
        return
    texts = (told.get("numFinessEge"), told.get("nomEgeLong") or told.get("nomEgeCourt"), category)
    place = (where.get("ligneQuatre"), where.get("codePostal"), where["cogCommune"])
    point = read_point(where.get("coordonneesGeographique") or {})
    changed = site.get("dateDerniereMaj")
    yield tuple(
        " ".join(str(text or "").split())
        for text in (*texts, *place, point.longitude, point.latitude, point.quality, changed)
    )


def take_sites(sites: SiteList, rows: pd.DataFrame, reference: Reference) -> SiteRows:
    """Return the rows of a list, each establishment once."""
    once = rows.drop_duplicates(SITE_ID)
    placed = place_sites(
        once.assign(kind=once["category"].map(CATEGORIES)), reference, once["quality"]
    )
    return SiteRows(placed[[*sites.table.columns]])


def renew_hospitals(rows: pd.DataFrame, known: pd.DataFrame, reference: Reference) -> SiteRows:
    """Return the hospitals where FINESS has them; what they do stays as it is known.

    One that FINESS has no more, or without a point, stays as it is, and is told.
    """
    ours = rows[rows[SITE_ID].isin(known["finess"])].drop_duplicates(SITE_ID)
    placed = place_sites(ours, reference, ours["quality"]).set_index(SITE_ID)
    placed = placed[placed["position_quality"] != COMMUNE_ONLY]
    there = known["finess"].isin(placed.index)
    fresh = placed.loc[known["finess"][there]]
    renewed = known.copy()
    for column in RENEWED:
        renewed.loc[there, column] = fresh[column].to_numpy()
    without = known.loc[~there, "name"]
    why = "sans point dans FINESS, ou fermé : gardé tel quel"
    return SiteRows(renewed, tell_left_out(len(without), "établissement", why, without))


def _connector(name: str, feed: LayerRows, change: float = 0.3) -> Connector:
    return Connector(
        id=name,
        feed=feed,
        title="FINESS, extraction journalière des structures",
        producer="Agence du numérique en santé",
        licence="Licence Ouverte 2.0",
        address=f"{DATA_GOUV}/datasets/finess-structures-1/",
        where=DataGouv("finess-structures-1", r"finess-structures-journalier-\d+", form=""),
        columns=NEEDED,
        dated="changed",
        rhythm=30,
        most_bytes=300_000_000,
        most_unpacked=3_000_000_000,
        change=change,
    )


def _list(sites: SiteList, about: int, *categories: str) -> LayerRows:
    read = partial(read_establishments, categories=categories)
    return LayerRows(sites.layer, sites.table, partial(take_sites, sites), read=read, about=about)


CONNECTORS: Final = (
    _connector(
        "hopitaux",
        LayerRows(
            HOPITAUX,
            HOSPITAL_TABLE,
            Renewed(HOSPITAL_TABLE, renew_hospitals),
            read=read_establishments,
            added=True,
        ),
    ),
    _connector("ehpad", _list(EHPAD, 160, "500")),
    _connector("pharmacies", _list(PHARMACIES, 500, "620", "627")),
)
