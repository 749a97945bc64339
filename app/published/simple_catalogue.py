"""The catalogue that a collectivity publishes as one table: the SCDL *Catalogue* 0.1.3 file.

Who publishes it, and since when, is for the operator to say. A data set here is what that publisher
composes of its sources, which its description names.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from app.exports.scdl import OpenFile, Row, join_words, limit
from app.published.dataset import Dataset
from app.settings import Settings

TITLE: Final = "Catalogue 0.1.3"
COLUMNS: Final = (
    "COLL_NOM", "COLL_SIRET", "ID", "TITRE", "DESCRIPTION", "THEME", "PRODUCTEUR_NOM",
    "PRODUCTEUR_SIRET", "COUV_SPAT_MAILLE", "COUV_SPAT_NOM", "COUV_TEMP_DEBUT", "COUV_TEMP_FIN",
    "DATE_PUBL", "FREQ_MAJ", "DATE_MAJ", "MOTS_CLES", "LICENCE", "NOMBRE_RESSOURCES",
    "FORMAT_RESSOURCES", "URL",
)  # fmt: skip
EXPECTED: Final[Mapping[str, str]] = dict.fromkeys(COLUMNS, "une valeur") | {
    "COLL_NOM": "le nom de qui publie, par le réglage ATLAS62_PUBLISHER",
    "COLL_SIRET": "le SIRET de qui publie, par le réglage ATLAS62_PUBLISHER_SIRET",
    "PRODUCTEUR_NOM": "le nom de qui publie, par le réglage ATLAS62_PUBLISHER",
    "PRODUCTEUR_SIRET": "le SIRET de qui publie, par le réglage ATLAS62_PUBLISHER_SIRET",
    "DATE_PUBL": "le jour de la première publication, par le réglage ATLAS62_PUBLISHED",
    "COUV_TEMP_DEBUT": "une source qui dise son année sans à-peu-près",
    "COUV_TEMP_FIN": "une source qui dise son année sans à-peu-près",
}
THEME: Final = "Aménagement du territoire"
SHORT: Final = 140
"""Characters that the schema allows in a name."""
PLACE: Final = "Pas-de-Calais"
LICENCES: Final[Mapping[str, str]] = {
    "Licence Ouverte": "Licence Ouverte-LO",
    "ODbL 1.0": "Open Database License-ODBL",
}
OTHER_LICENCE: Final = "Spécifique ou autre"
_YEAR: Final = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_DECREE: Final = re.compile(r"n° ?[0-9-]+")
_DAY: Final = len("2026-11-30")
_ABOUT: Final = re.compile(r"\b(?:vers|environ|non daté)\b")


def simple_catalogue(datasets: Iterable[Dataset], settings: Settings, root: str) -> OpenFile:
    """Return a row for each data set.

    Parameters
    ----------
    settings
        Say who publishes, and since when.
    root
        What every address begins with: scheme, name and path.
    """
    rows = (Row(one.layer.title, _cells(one, settings, root)) for one in datasets)
    return OpenFile(TITLE, COLUMNS, EXPECTED, tuple(rows))


def _cells(one: Dataset, settings: Settings, root: str) -> dict[str, str]:
    layer, (first, last) = one.layer, _period(one)
    publisher = limit(settings.publisher_name, SHORT)
    licences = {source.licence for source in layer.sources}
    return {
        "COLL_NOM": publisher,
        "COLL_SIRET": settings.publisher_number,
        "ID": f"atlas62-{layer.id}".replace("_", "-"),
        "TITRE": f"{layer.title} ({PLACE})",
        "DESCRIPTION": f"{layer.remark} Sources : {one.rights}.".strip(),
        "THEME": THEME,
        "PRODUCTEUR_NOM": publisher,
        "PRODUCTEUR_SIRET": settings.publisher_number,
        "COUV_SPAT_MAILLE": "Départementale",
        "COUV_SPAT_NOM": PLACE,
        "COUV_TEMP_DEBUT": first,
        "COUV_TEMP_FIN": last,
        "DATE_PUBL": settings.first_published,
        "FREQ_MAJ": "Inconnue",
        "DATE_MAJ": one.changed[:_DAY],
        "MOTS_CLES": join_words(map(_plain, one.keywords)),
        "LICENCE": LICENCES.get(licences.pop(), OTHER_LICENCE)
        if len(licences) == 1
        else OTHER_LICENCE,
        "NOMBRE_RESSOURCES": str(len(one.distributions)),
        "FORMAT_RESSOURCES": join_words(sorted(file.ending for file in one.distributions)),
        "URL": f"{root}/donnees#couche-{layer.id}",
    }


def _period(one: Dataset) -> tuple[str, str]:
    """Return the days of the rows, else of the years of the sources; empty where one is vague."""
    if one.days and all(len(day) == _DAY for day in one.days):
        return one.days
    vintages = [source.vintage for source in one.layer.sources]
    years = sorted(year for text in vintages for year in _YEAR.findall(_DECREE.sub("", text)))
    if not years or any(_ABOUT.search(text) for text in vintages):
        return "", ""
    return f"{years[0]}-01-01", f"{years[-1]}-12-31"


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
