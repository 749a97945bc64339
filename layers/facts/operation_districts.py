"""Operations that a document itself puts in a quartier prioritaire, which it may not name."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from layers.documents.convention import Quotation
from layers.documents.quotations import read_quotations
from layers.documents.register import DOCUMENT, DOCUMENTS, LINE
from layers.facts.contracts import OPERATIONS
from layers.french.wording import enumerate_words
from layers.model.schema import Field
from layers.model.tables import Table
from layers.priority_districts import TABLE as DISTRICTS

OPERATION_DISTRICTS: Final = Table(
    "contracts/operation_districts.csv",
    (Field("operation", "Opération", "Identifiant de l’opération."), DOCUMENT, LINE),
)


@dataclass(frozen=True, slots=True)
class StatedDistrict:
    """What a document says of the quartier that an operation is in.

    Parameters
    ----------
    commune
        Code of the commune of the operation.
    choices
        Codes and names of the quartiers that touch this commune; the document names none.
    sources
        The lines that say it.
    act
        Number of the deliberation.
    """

    commune: str
    choices: tuple[tuple[str, str], ...]
    sources: tuple[Quotation, ...]
    act: str

    @property
    def only(self) -> str | None:
        """Code of the quartier where the commune has no other; None where it cannot be told."""
        return self.choices[0][0] if len(self.choices) == 1 else None

    @property
    def lines(self) -> str:
        """French: the act and its lines."""
        numbers = enumerate_words(str(source.line) for source in self.sources)
        return f"délibération n° {self.act}, lignes {numbers}"

    @property
    def sentence(self) -> str:
        """French sentence: where the operation is said to be, and what is not said."""
        if self.only:
            where = f"le quartier prioritaire de sa commune, « {self.choices[0][1]} »"
        else:
            where = f"un quartier prioritaire ; sa commune en a {len(self.choices)}"
        return f"Située dans {where}. Le document ne le nomme pas ({self.lines})."


def stated_districts(data: Path) -> Mapping[str, StatedDistrict]:
    """Return what the documents say, by operation.

    Raises
    ------
    layers.model.schema.LayerError
        A table is missing or damaged.
    """
    words, acts = read_quotations(data), DOCUMENTS.read(data).set_index("id")["number"]
    operations = OPERATIONS.read(data)
    communes = dict(zip(operations["id"], operations["communes"], strict=True))
    choices: dict[str, list[tuple[str, str]]] = {}
    for row in DISTRICTS.texts(data).to_dict("records"):
        for commune in row["commune_codes"].split(";"):
            choices.setdefault(commune, []).append((row["code"], row["name"]))
    found = {}
    for operation, rows in OPERATION_DISTRICTS.read(data).groupby("operation", sort=False):
        if operation not in communes:
            continue
        commune, document = communes[operation][0], rows["document"].iloc[0]
        found[str(operation)] = StatedDistrict(
            commune,
            tuple(choices.get(commune, ())),
            tuple(
                Quotation(
                    words.get((row["document"], row["line"]), ""), row["line"], row["document"]
                )
                for row in rows.to_dict("records")
            ),
            str(acts[document]),
        )
    return found
