"""The grants as open data: the SCDL *Subventions* 2.1.1 file, and what keeps a grant out of it.

Nothing is made up: a grant of which a mandatory column is not known stays out, and is named.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic.alias_generators import to_camel
from stdnum.fr import siret

from app.exports.tables import guard_formula, is_unknown
from geo.perimeter import Level, Perimeter, shorten
from layers.catalogue import Catalogue
from layers.contracts import CONTRACTS
from layers.convention import schedule_payments
from layers.documents import DOCUMENTS

GRANTOR_NAME: Final = "Département du Pas-de-Calais"
GRANTOR_SIRET: Final = "22620001200012"
"""Printed in the model convention, document cd62-2023-534, line 9500."""

_ABBREVIATION = re.compile(r" \([A-Z0-9]+\)$")


def _read_day(text: object) -> object:
    """Read a day written AAAA-MM-JJ, and in no other way."""
    if not isinstance(text, str):
        return text
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(text)
    return day


def _read_yes_or_no(text: object) -> object:
    if text not in {"oui", "non"}:
        raise ValueError(text)
    return text == "oui"


def _read_siret(text: object) -> object:
    return siret.validate(text) if isinstance(text, str) else text


def _guard(text: object) -> object:
    return guard_formula(text) if isinstance(text, str) else text


Day = Annotated[date, BeforeValidator(_read_day)]
Siret = Annotated[str, BeforeValidator(_read_siret)]
YesOrNo = Annotated[bool, BeforeValidator(_read_yes_or_no)]
FreeText = Annotated[str, Field(min_length=1, max_length=256), BeforeValidator(_guard)]
"""Text that no pattern bounds: one that a spreadsheet would run as a formula is preceded by an
apostrophe, within the 256 characters."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the values of a row are held against.

    Parameters
    ----------
    voted
        Day of the vote.
    siren
        SIREN of the beneficiary, empty where the reference does not know it.
    """

    voted: date
    siren: str


class Grant(BaseModel):
    """One row of the file; attributes are its columns, in order, under their SCDL names.

    The description of a column is what is expected of a value that is missing or wrong.
    Validation wants :class:`Circumstances` as its context.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel)

    nom_attribuant: FreeText = GRANTOR_NAME
    id_attribuant: Siret = GRANTOR_SIRET
    date_convention: Day = Field(
        description="le jour où la convention a été signée (AAAA-MM-JJ), à partir du vote"
    )
    reference_decision: FreeText = Field(description="le numéro de la délibération")
    nom_beneficiaire: FreeText = Field(description="un nom de 256 caractères au plus")
    id_beneficiaire: Siret = Field(
        description="un SIRET exact de 14 chiffres, celui du bénéficiaire"
    )
    rna_beneficiaire: None = None
    objet: FreeText = Field(description="un texte de 256 caractères au plus")
    montant: Decimal = Field(gt=0, decimal_places=2, description="un montant positif en euros")
    nature: Literal["aide en numéraire"] = "aide en numéraire"
    conditions_versement: Literal["unique", "échelonné"]
    dates_periode_versement: str = Field(
        description="un jour AAAA-MM-JJ ou une période AAAA-MM-JJ/AAAA-MM-JJ, à partir du jour de "
        "la convention"
    )
    id_rae: None = Field(default=None, alias="idRAE")
    notification_ue: YesOrNo = Field(alias="notificationUE", description="« oui » ou « non »")
    pourcentage_subvention: Decimal = Decimal("1.00")
    dispositif_aide: FreeText | None = Field(
        default=None, description="un texte de 256 caractères au plus"
    )

    @field_validator("date_convention")
    @classmethod
    def _follow_the_vote(cls, day: date, info: ValidationInfo[Circumstances]) -> date:
        if day < info.context.voted:
            raise ValueError(day)
        return day

    @field_validator("id_beneficiaire")
    @classmethod
    def _belong_to_the_beneficiary(cls, number: str, info: ValidationInfo[Circumstances]) -> str:
        if not number.startswith(info.context.siren):
            raise ValueError(number)
        return number

    @field_validator("dates_periode_versement")
    @classmethod
    def _follow_the_convention(cls, text: str, info: ValidationInfo[Circumstances]) -> str:
        first, slash, last = text.partition("/")
        days = [date.fromisoformat(part) for part in ((first, last) if slash else (first,))]
        written = "/".join(day.isoformat() for day in days)
        if written != text or days != sorted(days):
            raise ValueError(text)
        if days[0] < info.data.get("date_convention", days[0]):
            raise ValueError(text)
        return text

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Return the SCDL names of the columns, in order."""
        return tuple(str(field.alias) for field in cls.model_fields.values())


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
    it; each grant has one beneficiary. The convention pays a grant in instalments, whatever it is.

    Parameters
    ----------
    catalogue
        Its layer ``operations``, its contracts and its register of documents are read.
    complements
        As from :func:`app.exports.complements.read_complements`.

    Raises
    ------
    layers.schema.LayerError
        A table is missing or damaged.
    """
    documents = DOCUMENTS.read(catalogue.data).set_index("id")
    partners = CONTRACTS.read(catalogue.data).set_index("id")["perimeter"]
    complete, kept_out = [], []
    for operation in catalogue.load("operations").to_dict("records"):
        document = documents.loc[operation["document"]]
        facts = _from_documents(operation, document["number"])
        known = {
            **{column: value for column, value in facts.items() if not is_unknown(value)},
            **complements.get(operation["id"], {}),
        }
        context = Circumstances(
            voted=date.fromisoformat(document["date"]),
            siren=_siren(known["nomBeneficiaire"], partners[operation["contract"]]),
        )
        try:
            complete.append(Grant.model_validate(known, context=context))
        except ValidationError as error:
            lacks = tuple(_explain(error))
            kept_out.append(KeptOut(operation["id"], operation["title"], operation["fit"], lacks))
    return Grants(tuple(complete), tuple(kept_out))


def to_scdl(grants: tuple[Grant, ...]) -> bytes:
    """Write the SCDL file: UTF-8, comma, one line a grant; without grant, the header alone.

    Neither a decimal comma nor a byte order mark: programs read it, and the schema wants the point.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(Grant.columns())
    for grant in grants:
        table.writerow(_cell(value) for value in grant.model_dump().values())
    return text.getvalue().encode()


def _from_documents(operation: Mapping[str, Any], number: str | None) -> dict[str, Any]:
    beneficiary = operation["owner" if is_unknown(operation["delegate"]) else "delegate"]
    instalments = len(schedule_payments(operation["fit"]))
    return {
        "referenceDecision": number,
        "nomBeneficiaire": _ABBREVIATION.sub("", beneficiary),
        "objet": operation["title"],
        "montant": operation["fit"],
        "conditionsVersement": "échelonné" if instalments > 1 else "unique",
    }


def _siren(beneficiary: str, partner: str) -> str:
    """Return the SIREN of the beneficiary when it is the EPCI that signs, empty when not."""
    perimeter = Perimeter.parse(partner)
    is_partner = perimeter.level is Level.EPCI and beneficiary.startswith("Communauté")
    return perimeter.code if is_partner else ""


def _explain(error: ValidationError) -> list[Lack]:
    expected = {field.alias: field.description or "" for field in Grant.model_fields.values()}
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
