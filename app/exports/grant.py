"""One row of the SCDL *Subventions* 2.1.1 file, and what each of its values must be."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic.alias_generators import to_camel
from stdnum.fr import siret

from geo.cells import guard_formula

GRANTOR_NAME: Final = "Département du Pas-de-Calais"
GRANTOR_SIRET: Final = "22620001200012"
"""Printed in the model convention, document cd62-2023-534, line 9500."""


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
    conditions_versement: Literal["unique", "échelonné"] = Field(
        description="« unique » ou « échelonné » : la convention de cette délibération n’est pas "
        "connue"
    )
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
