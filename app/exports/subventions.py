"""The grants as open data: the SCDL *Subventions* 2.1.1 file, and what keeps a grant out of it.

Nothing is made up: a grant of which a mandatory column is not known stays out, and is named.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from pydantic import ValidationError

from app.exports.grant import Circumstances, Grant
from app.exports.tables import is_unknown, write_csv
from geo.perimeter import Level, Perimeter, shorten
from layers.catalogue.layers import Catalogue
from layers.documents.convention import DOCUMENT, schedule_payments
from layers.documents.register import DOCUMENTS
from layers.facts.contracts import CONTRACTS

_ABBREVIATION: Final = re.compile(r" \([A-Z0-9]+\)$")


@dataclass(frozen=True, slots=True)
class Lack:
    """Why a grant is kept out: a column, what was found (empty for nothing), what was expected."""

    column: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A grant that is not in the file.

    Parameters
    ----------
    operation, title
        Which one.
    amount
        Euros.
    lacks
        At least one, in the order of the columns.
    """

    operation: str
    title: str
    amount: Decimal
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Grants:
    """Every grant of the data, either complete or kept out."""

    complete: tuple[Grant, ...]
    kept_out: tuple[KeptOut, ...]


def collect_grants(catalogue: Catalogue, complements: Mapping[str, Mapping[str, str]]) -> Grants:
    """Make a row of each operation from the documents and what the operator adds to them.

    The mandataire is the beneficiary where there is one, as article 5 of deliberation 2023-534 has
    it; each grant has one beneficiary. The convention of 2023 pays a grant in instalments, whatever
    it is; how another act pays is for the operator to say.

    Parameters
    ----------
    catalogue
        Its layer ``operations``, its contracts and its register of documents are read.
    complements
        As from :func:`app.exports.complements.read_complements`.

    Raises
    ------
    layers.model.schema.LayerError
        A table is missing or damaged.
    """
    documents = DOCUMENTS.read(catalogue.data).set_index("id")
    partners = CONTRACTS.read(catalogue.data, "id", "perimeter").set_index("id")["perimeter"]
    complete, kept_out = [], []
    for operation in catalogue.load("operations").to_dict("records"):
        document = documents.loc[operation["document"]]
        facts = _from_documents(operation, document["number"])
        known = {
            **{column: value for column, value in facts.items() if not is_unknown(value)},
            **complements.get(operation["id"], {}),
        }
        circumstances = Circumstances(
            voted=date.fromisoformat(document["date"]),
            siren=_siren(known["nomBeneficiaire"], partners[operation["contract"]]),
        )
        try:
            complete.append(Grant.model_validate(known, context=circumstances))
        except ValidationError as error:
            lacks = tuple(_explain(error, circumstances))
            kept_out.append(KeptOut(operation["id"], operation["title"], operation["fit"], lacks))
    return Grants(tuple(complete), tuple(kept_out))


def to_scdl(grants: tuple[Grant, ...]) -> bytes:
    """Write the SCDL file: UTF-8, comma, one line a grant; without grant, the header alone.

    Neither a decimal comma nor a byte order mark: programs read it, and the schema wants the point.
    """
    rows = (map(_cell, grant.model_dump().values()) for grant in grants)
    return write_csv(Grant.columns(), rows, separator=",", mark="")


def _from_documents(operation: Mapping[str, Any], number: str | None) -> dict[str, Any]:
    beneficiary = operation["owner" if is_unknown(operation["delegate"]) else "delegate"]
    known = operation["document"] == DOCUMENT
    instalments = len(schedule_payments(operation["fit"]))
    return {
        "referenceDecision": number,
        "nomBeneficiaire": _ABBREVIATION.sub("", beneficiary),
        "objet": operation["title"],
        "montant": operation["fit"],
        "conditionsVersement": ("échelonné" if instalments > 1 else "unique") if known else None,
    }


def _siren(beneficiary: str, partner: str) -> str:
    """Return the SIREN of the beneficiary when it is the EPCI that signs, empty when not."""
    perimeter = Perimeter.parse(partner)
    is_partner = perimeter.level is Level.EPCI and beneficiary.startswith("Communauté")
    return perimeter.code if is_partner else ""


def _explain(error: ValidationError, circumstances: Circumstances) -> list[Lack]:
    expected = {field.alias: field.description or "" for field in Grant.model_fields.values()}
    if circumstances.siren:
        expected["idBeneficiaire"] += f", qui commence par {circumstances.siren}"
    return [
        Lack(
            column=(column := str(problem["loc"][0])),
            found="" if problem["type"] == "missing" else shorten(str(problem["input"])),
            expected=expected[column],
        )
        for problem in error.errors()
    ]


def _cell(value: date | Decimal | bool | str | None) -> str:  # noqa: FBT001 - a value, not a flag
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case Decimal():
            return f"{value:.2f}"
        case _:
            return str(value)
