"""Écoles, collèges and private lycées, from the ministry's directory of schools."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

import pandas as pd

from geo.names import normalise
from geo.reference.places import Reference
from layers.colleges import COLLEGES
from layers.colleges import TABLE as COLLEGE_TABLE
from layers.connectors.declaration import EDUCATION, Connector, Direct, tell_left_out, word_of
from layers.connectors.layer_rows import LayerRows, Renewed, SiteRows
from layers.connectors.positions import place_sites
from layers.official_sites import ECOLES, LYCEES_PRIVES, SITE_ID, SiteList

DATASET: Final = "fr-en-annuaire-education"
COLUMNS: Final = {
    "identifiant_de_l_etablissement": SITE_ID,
    "nom_etablissement": "name",
    "adresse_1": "address",
    "code_commune": "commune_code",
    "code_postal": "postcode",
    "latitude": "latitude",
    "longitude": "longitude",
    "libelle_nature": "nature",
    "statut_public_prive": "sector",
    "type_contrat_prive": "contract",
    "precision_localisation": "quality",
    "etat": "state",
    "date_maj_ligne": "changed",
}
QUALITIES: Final = (
    (("commune", "ville", "mairie", "centre", "mauvaise", "faible"), "town_hall_of_commune"),
    (("numero", "plaque", "batiment", "parfaite"), "geocoded_good"),
    (("rue", "voie", "correcte", "moyenne", "interpolation"), "geocoded_medium"),
)
"""Words in what the ministry says of its point → how exactly we say it is known, in this order."""
UNSTATED: Final = "source_unstated"
LEVELS: Final = {
    "ecole maternelle": "nursery",
    "ecole elementaire": "elementary",
    "ecole primaire": "primary",
}
"""How the ministry's words for the nature of an école begin → what it teaches."""


def export_of(where: str) -> Direct:
    """Return the address of the rows of the département for which a condition holds."""
    condition = quote(f'code_departement="062" and {where}')
    return Direct(
        f"{EDUCATION}/api/explore/v2.1/catalog/datasets/{DATASET}/exports/csv"
        f"?select={quote(','.join(COLUMNS))}&where={condition}&delimiter=%3B&with_bom=false",
        (EDUCATION,),
    )


def quality_of(text: str) -> str:
    """Return how exactly a point is known, by what the ministry says of it."""
    words = normalise(text).split()
    found = (kind for said, kind in QUALITIES if not set(said).isdisjoint(words))
    return next(found, UNSTATED)


def _open(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the schools that are open, each once, with what is known of their points."""
    named = rows.rename(columns=COLUMNS)
    open_ = named[named["state"].map(normalise).str.startswith("ouvert")]
    once = open_.drop_duplicates(SITE_ID)
    return once.assign(quality=once["quality"].map(quality_of), nature=once["nature"])


def take_schools(rows: pd.DataFrame, reference: Reference) -> SiteRows:
    """Return the écoles that are open."""
    schools = _open(rows)
    levels = schools["nature"].map(lambda text: word_of(LEVELS, normalise(text)))
    sector = (schools["sector"].map(normalise) == "public").map({True: "public", False: "private"})
    kinds = (sector + "_" + levels).where(levels.notna())
    told = _unknown(schools["nature"][levels.isna()])
    return _placed(schools.assign(kind=kinds)[levels.notna()], ECOLES, reference, told)


def take_private_lycees(rows: pd.DataFrame, reference: Reference) -> SiteRows:
    """Return the private lycées that are open, under contract or not."""
    schools = _open(rows)
    private = schools[schools["sector"].map(normalise) != "public"]
    bound = private["contract"].map(normalise).str.contains("contrat")
    bound &= ~private["contract"].map(normalise).str.contains("hors|sans")
    kinds = bound.map({True: "under_contract", False: "without_contract"})
    return _placed(private.assign(kind=kinds), LYCEES_PRIVES, reference, ())


def _placed(
    rows: pd.DataFrame, sites: SiteList, reference: Reference, told: tuple[str, ...]
) -> SiteRows:
    placed = place_sites(rows, reference, rows["quality"])
    return SiteRows(placed[[*sites.table.columns]], told)


def _unknown(natures: pd.Series) -> tuple[str, ...]:
    why = "d’une nature que l’on ne connaît pas"
    return tell_left_out(len(natures), "établissement", why, sorted(set(natures)))


def renew_colleges(rows: pd.DataFrame, known: pd.DataFrame, reference: Reference) -> SiteRows:
    """Return the collèges with the directory's names and points; their pupils stay those known.

    A new one is left out and told, as nobody has counted its pupils; so is one that is not in the
    directory any more: its row stays.
    """
    schools = _open(rows).rename(columns={SITE_ID: "uai"})
    placed = place_sites(schools, reference, schools["quality"]).set_index("uai")
    there = known["uai"].isin(placed.index)
    fresh = placed.loc[known["uai"][there]]
    renewed = known.copy()
    for column in RENEWED:
        renewed.loc[there, column] = fresh[column].to_numpy()
    return SiteRows(renewed, tuple(_tell_others(placed, known)))


RENEWED: Final = (
    *("name", "commune_code", "commune", "postcode", "longitude", "latitude"),
    *("position_quality", "metres_outside_commune"),
)
"""Columns of a collège that the directory says."""


def _tell_others(placed: pd.DataFrame, known: pd.DataFrame) -> Iterator[str]:
    new = placed.loc[~placed.index.isin(known["uai"]), "name"]
    yield from tell_left_out(len(new), "collège", "nouveau ou sans effectif connu", new)
    gone = known.loc[~known["uai"].isin(placed.index), "name"]
    if len(gone):
        yield f"Absents de l’annuaire, gardés tels quels : {', '.join(gone)}."


def _connector(
    name: str, feed: LayerRows, where: str, title: str = "Annuaire de l’éducation"
) -> Connector:
    return Connector(
        id=name,
        feed=feed,
        title=title,
        producer="Ministère de l’Éducation nationale",
        licence="Licence Ouverte 2.0",
        address=f"{EDUCATION}/explore/dataset/{DATASET}/",
        where=export_of(where),
        columns=tuple(COLUMNS),
        dated="date_maj_ligne",
        rhythm=30,
    )


CONNECTORS: Final = (
    _connector(
        "ecoles",
        LayerRows(ECOLES.layer, ECOLES.table, take_schools, about=1_300),
        'type_etablissement="Ecole"',
    ),
    _connector(
        "colleges",
        LayerRows(
            COLLEGES,
            COLLEGE_TABLE,
            Renewed(COLLEGE_TABLE, renew_colleges),
            replaces=COLLEGES.sources[1].title,
        ),
        'type_etablissement="Collège"',
    ),
    _connector(
        "lycees-prives",
        LayerRows(LYCEES_PRIVES.layer, LYCEES_PRIVES.table, take_private_lycees, about=40),
        'type_etablissement in ("Lycée","EREA")',
    ),
)
