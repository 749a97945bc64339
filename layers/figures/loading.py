"""Reading ``data/figures``: every row checked against what it says of itself."""

import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from geo.perimeter import Perimeter, PlaceError, shorten
from layers.documents.register import DOCUMENT, LINE, document_titles
from layers.figures.printed import read_number
from layers.figures.records import Comparison, Figure, Figures, Measure, Remark
from layers.model.schema import Field, LayerError
from layers.model.tables import Table

FIGURE_FILES: Final = (
    "territories",
    "mds",
    "mdadt",
    "culture_sport",
    "booklets",
    "department",
)
"""In the order of the documents' weight: of two printings, the first is the one that is shown."""

PRECISIONS: Final = ("jour", "mois", "année", "années", "année scolaire", "document")
_DATE = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
PERIOD: Final = re.compile(rf"{_DATE}(?:/{_DATE})?", re.ASCII)
RULES: Final = (
    "somme", "parties", "ventilation", "deux_valeurs", "comparaison", "densite", "part",
    "superficie", "communes", "colleges", "montant_calcule", "repas", "lecture",
)  # fmt: skip

_MEASURE: Final = Field("figure", "Mesure", "Identifiant de la mesure.")
_PERIMETER: Final = Field("perimeter", "Territoire", "Niveau et code, comme « mds:ternois ».")
_UNIT: Final = Field("unit", "Unité", "Unité de la valeur.")
_FIGURE_FIELDS: Final = (
    _MEASURE,
    _PERIMETER,
    Field("printed", "Imprimé", "La valeur telle qu’elle est imprimée."),
    Field("value", "Valeur", "La valeur, dans l’unité.", nullable=True),
    _UNIT,
    Field("qualifier", "Réserve", "« environ », « plus de »… devant la valeur.", nullable=True),
    Field("period", "Période", "Date ou intervalle ISO 8601."),
    Field("precision", "Précision", "Ce qui nomme la période.", allowed=PRECISIONS),
    Field("footnote", "Note", "Note de bas de page, résolue.", nullable=True),
    DOCUMENT,
    Field("lines", "Lignes", "Lignes de la version texte du document.", "list"),
    Field("remarks", "Remarques", "Identifiants des remarques.", "list", nullable=True),
    Field("derived", "Calculé", "Vrai si le document l’a calculé d’une moyenne.", "bool"),
)
FIGURES: Final = tuple(Table(f"figures/{name}.csv", _FIGURE_FIELDS) for name in FIGURE_FILES)
_MEASURES: Final = Table(
    "figures/indicators.csv",
    (
        _MEASURE,
        Field("title", "Titre", "Titre français."),
        Field("meaning", "Sens", "Ce que la mesure compte."),
        _UNIT,
        Field("aggregate", "Cumul", "Comment se cumule.", allowed=("sum", "mean", "none")),
        Field("theme", "Thème", "Thème de la mesure."),
        Field("part_of", "Partie de", "Mesure dont elle est une partie.", nullable=True),
    ),
    key="figure",
)
_COMPARISONS: Final = Table(
    "figures/comparisons.csv",
    (
        _MEASURE,
        _PERIMETER,
        Field("against", "Comparé à", "Somme de termes « mesure@territoire ».", "list"),
    ),
)
_REMARKS: Final = Table(
    "figures/remarks.csv",
    (
        Field("id", "Remarque", "Identifiant : règle, mesure, territoire."),
        Field("rule", "Règle", "Ce qui a été confronté.", allowed=RULES),
        _MEASURE,
        _PERIMETER,
        Field("printed", "Imprimé", "Valeur imprimée."),
        Field("other", "Autre valeur", "Valeur recalculée ou autre impression.", nullable=True),
        Field("difference", "Écart", "Imprimé moins autre valeur.", nullable=True),
        _UNIT,
        Field("explanation", "Explication", "Ce que l’on en sait."),
        Field("quotation", "Citation", "Mots du document, 25 au plus."),
        DOCUMENT,
        LINE,
    ),
    key="id",
)


def load_figures(data: Path) -> Figures:
    """Read the tables of ``data/figures``.

    Raises
    ------
    LayerError
        A file is missing or damaged, a value is not the printed one, a perimeter is not one, or a
        measure or a remark is not declared; the message says file and line.
    """
    measures = {
        row["figure"]: Measure(
            id=row["figure"],
            title=row["title"],
            meaning=row["meaning"],
            unit=row["unit"],
            aggregate=row["aggregate"],
            theme=row["theme"],
            part_of=_text(row["part_of"]) or None,
        )
        for row in _MEASURES.read(data).to_dict("records")
    }
    documents = frozenset(document_titles(data).index)
    remarks = {}
    for line, row in _REMARKS.read(data).iterrows():
        where = f"Fichier {_REMARKS.file}, ligne {line}"
        _known(row["document"], documents, where)
        remarks[row["id"]] = _remark(row, measures, where)
    comparisons = tuple(
        Comparison(
            _known(row["figure"], measures, where := f"Fichier {_COMPARISONS.file}, ligne {line}"),
            _perimeter(row["perimeter"], where),
            row["against"],
        )
        for line, row in _COMPARISONS.read(data).iterrows()
    )
    rows = tuple(
        figure
        for table in FIGURES
        for figure in _read_figures(data, table, measures, remarks, documents)
    )
    return Figures(rows, MappingProxyType(measures), comparisons, MappingProxyType(remarks))


def _read_figures(
    data: Path,
    table: Table,
    measures: Mapping[str, Measure],
    remarks: Mapping[str, Remark],
    documents: Collection[str],
) -> Iterator[Figure]:
    frame = table.read(data)
    for line, row in zip(frame.index, frame.to_dict("records"), strict=True):
        where = f"Fichier {table.file}, ligne {line}"
        measure = measures[_known(row["figure"], measures, where)]
        _known(row["document"], documents, where)
        for remark in row["remarks"]:
            _known(remark, remarks, where)
        value = _number(row["value"], where)
        if value != read_number(row["printed"]):
            raise LayerError(
                f"{where} : trouvé « {row['value']} », attendu : la valeur imprimée, "
                f"« {shorten(row['printed'])} »."
            )
        if row["unit"] != measure.unit:
            raise LayerError(
                f"{where} : trouvé l’unité « {shorten(row['unit'])} », attendu : {measure.unit}."
            )
        if not all(re.fullmatch(r"[1-9]\d{0,5}", number, re.ASCII) for number in row["lines"]):
            raise LayerError(f"{where} : colonne « lines », attendu : des numéros de ligne.")
        if not PERIOD.fullmatch(row["period"]):
            raise LayerError(
                f"{where} : période « {shorten(row['period'])} », attendu : une date ou un "
                "intervalle ISO 8601 comme « 2019/2022 »."
            )
        yield Figure(
            measure=measure.id,
            perimeter=_perimeter(row["perimeter"], where),
            printed=row["printed"],
            value=value,
            unit=measure.unit,
            qualifier=_text(row["qualifier"]),
            period=row["period"],
            precision=row["precision"],
            footnote=_text(row["footnote"]),
            document=row["document"],
            lines=tuple(int(number) for number in row["lines"]),
            remarks=row["remarks"],
            derived=bool(row["derived"]),
        )


def _remark(row: Any, measures: Mapping[str, Measure], where: str) -> Remark:  # noqa: ANN401 - a row
    printed = _number(row["printed"], where)
    if printed is None:
        raise LayerError(f"{where} : colonne « printed », trouvé rien, attendu : un nombre.")
    return Remark(
        id=row["id"],
        rule=row["rule"],
        measure=_known(row["figure"], measures, where),
        perimeter=_perimeter(row["perimeter"], where),
        printed=printed,
        other=_number(row["other"], where),
        difference=_number(row["difference"], where),
        unit=row["unit"],
        explanation=row["explanation"],
        quotation=row["quotation"],
        document=row["document"],
        line=int(row["line"]),
    )


def _known(name: str, declared: Collection[str], where: str) -> str:
    if name not in declared:
        raise LayerError(f"{where} : « {shorten(name)} » n’est déclaré nulle part.")
    return name


def _perimeter(text: str, where: str) -> Perimeter:
    try:
        return Perimeter.parse(text)
    except PlaceError as error:
        raise LayerError(f"{where} : {error}") from error


def _text(cell: Any) -> str:  # noqa: ANN401 - a cell that may be missing
    return cell if isinstance(cell, str) else ""


def _number(cell: Any, where: str) -> Decimal | None:  # noqa: ANN401 - a cell that may be missing
    if not isinstance(cell, str):
        return None
    try:
        value = Decimal(cell)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise LayerError(f"{where} : trouvé « {shorten(cell)} », attendu : un nombre.")
    return value
