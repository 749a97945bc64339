"""The deliberations as open data: the SCDL *Délibérations* 2.1.5 file of the Département.

Which matter an act is of (nomenclature ACTES) stands in none of the documents: the operator says
it.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.exports.grant import GRANTOR_NAME, GRANTOR_SIRET
from app.exports.scdl import OpenFile, Row
from geo.perimeter import shorten
from layers.documents.register import ASSEMBLY, DOCUMENTS
from layers.model.schema import LayerError
from layers.model.tables import read_text

TITLE: Final = "Délibérations 2.1.5"
COLUMNS: Final = (
    "COLL_NOM", "COLL_SIRET", "DELIB_ID", "DELIB_DATE", "DELIB_MATIERE_CODE", "DELIB_MATIERE_NOM",
    "DELIB_OBJET", "BUDGET_ANNEE", "BUDGET_NOM", "PREF_ID", "PREF_DATE", "VOTE_EFFECTIF",
    "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION", "DELIB_URL",
)  # fmt: skip
MATTERS: Final = ("numero", "code", "matiere")
"""Columns of the operator's file."""
_HOW: Final = (
    "une ligne pour cette délibération dans le fichier CSV (numero, code, matiere) que nomme le "
    "réglage ATLAS62_MATTERS"
)
EXPECTED: Final = {
    "DELIB_ID": "le numéro de la délibération",
    "DELIB_DATE": "le jour du vote (AAAA-MM-JJ)",
    "DELIB_MATIERE_CODE": f"un code de la nomenclature ACTES, comme 8.4 : {_HOW}",
    "DELIB_MATIERE_NOM": f"le nom de cette matière : {_HOW}",
    "DELIB_OBJET": "l’objet de la délibération",
}
CODES: Final = {1: 7, 2: 3, 3: 6, 4: 5, 5: 8, 6: 5, 7: 10, 8: 9, 9: 4}
"""Matter of the nomenclature → how many there are below it, as the schema tells them."""
_CODE: Final = re.compile(r"([1-9])\.([1-9][0-9]?)")
_DAY: Final = len("2023-12-04")


def collect_deliberations(data: Path, matters: Mapping[str, tuple[str, str]]) -> OpenFile:
    """Make a row of each deliberation of the Département that the register of documents holds.

    Parameters
    ----------
    data
        Folder of the facts.
    matters
        Number of a deliberation → code and name of its matter, from :func:`read_matters`.

    Raises
    ------
    LayerError
        The register is missing or damaged.
    """
    rows = []
    for act in DOCUMENTS.read(data).to_dict("records"):
        number, day = act["number"], str(act["date"])
        if act["assembly"] != ASSEMBLY or not isinstance(number, str):
            continue  # a report is no act; that of another assembly is for it to publish
        code, matter = matters.get(number, ("", ""))
        cells = {
            "COLL_NOM": GRANTOR_NAME,
            "COLL_SIRET": GRANTOR_SIRET,
            "DELIB_ID": number,
            "DELIB_DATE": day if len(day) == _DAY else "",
            "DELIB_MATIERE_CODE": code,
            "DELIB_MATIERE_NOM": matter,
            "DELIB_OBJET": str(act["title"]),
        }
        rows.append(Row(f"Délibération {number}", cells))
    return OpenFile(TITLE, COLUMNS, EXPECTED, tuple(rows))


def read_matters(path: Path | None) -> Mapping[str, tuple[str, str]]:
    """Read which matter each deliberation is of.

    Parameters
    ----------
    path
        CSV file: UTF-8, comma, columns ``numero``, ``code``, ``matiere``; None for none.

    Returns
    -------
    Mapping
        Number of a deliberation → code and name of its matter.

    Raises
    ------
    LayerError
        The file cannot be read, or a line of it cannot be used.
    """
    if path is None:
        return {}
    rows, where = read_text(path), f"Fichier {path.name}"
    if tuple(rows.columns) != MATTERS:
        columns = shorten(", ".join(map(str, rows.columns)))
        raise LayerError(f"{where} : colonnes « {columns} », attendu {', '.join(MATTERS)}.")
    found: dict[str, tuple[str, str]] = {}
    for line, row in zip(rows.index, rows.to_dict("records"), strict=True):
        number, code, matter = (str(row[column]).strip() for column in MATTERS)
        if number in found:
            raise LayerError(f"{where} : ligne {line}, délibération {shorten(number)} déjà dite.")
        if not _is_code(code):
            raise LayerError(
                f"{where} : ligne {line}, code « {shorten(code)} », attendu un code de niveau 2 "
                "de la nomenclature ACTES, de 1.1 à 9.4."
            )
        found[number] = code, matter
    return found


def _is_code(text: str) -> bool:
    match = _CODE.fullmatch(text)
    return match is not None and int(match[2]) <= CODES[int(match[1])]
