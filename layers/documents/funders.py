"""Who pays: the funder and the programme behind a receipt's label, and how much aid is public."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from geo.names import normalise
from layers.french.money import round_to_cent

CEILING_RATE: Final = Decimal("0.80")
"""Share of the cost that public aid may not exceed (article 4 of the convention)."""


class Funder(StrEnum):
    """Who pays a receipt of a plan de financement."""

    DEPARTEMENT = "Département"
    ETAT = "État"
    REGION = "Région"
    EPCI = "EPCI"
    COMMUNE = "Commune"
    AGENCE_DE_L_EAU = "Agence de l’eau"
    EUROPE = "Europe"
    OWNER = "Maître d’ouvrage"
    OTHER = "Autre"

    @property
    def is_public(self) -> bool | None:
        """Whether its money is public aid; None when the class cannot tell."""
        return None if self is Funder.OTHER else self is not Funder.OWNER


@dataclass(frozen=True, slots=True)
class Classed:
    """A receipt's label, classed.

    Parameters
    ----------
    funder
        Who pays.
    programme
        Name of the fund or programme, empty when the label names none.
    """

    funder: Funder
    programme: str = ""

    @property
    def is_fit(self) -> bool:
        """Whether this is the Fonds d'innovation territorial of the Département."""
        return self.funder is Funder.DEPARTEMENT and self.programme == FIT


FIT: Final = "FIT"

_STATE_FUNDS: Final = {
    r"detr": "DETR",
    r"dsil|dotation de soutien a l investissement local": "DSIL",
    r"dotation d equipement des territoires ruraux": "DETR",
    r"dpv|dotation politique de la ville": "DPV",
    r"crte": "CRTE",
    r"fnadt": "FNADT",
    r"ans|agence nationale du sport": "ANS",
    r"anru|agence nationale pour la renovation urbaine": "ANRU",
    r"anah": "ANAH",
    r"anct": "ANCT",
    r"ademe": "ADEME",
    r"drac": "DRAC",
    r"fonds vert": "Fonds vert",
    r"fonds friches?": "Fonds friches",
    r"france relance|plan de relance": "France Relance",
    r"banque des territoires|cdc|caisse des depots": "Banque des territoires",
    r"ars|agence regionale de sante": "ARS",
    r"cnc": "CNC",
}
_OWNER = (
    r"reste a (?:la )?charge|fonds propres|auto ?financements?|maitre d ouvrage|emprunts?"
    r"|part (?:de la )?(?:commune|communale|intercommunale)|participation du porteur|solde a charge"
)
_RULES: Final = (
    (Funder.OWNER, _OWNER),
    (Funder.EUROPE, r"europe|union europeenne|ue|feder|fse|feader|leader|interreg|feamp|feampa"),
    (Funder.AGENCE_DE_L_EAU, r"agences? de l eau|aeap"),
    (Funder.ETAT, "|".join(["l?etat(?! des lieux)", "prefecture", "ministere", *_STATE_FUNDS])),
    (Funder.REGION, r"(?:conseil )?regional|regions?|hauts de france|hdf"),
    (
        Funder.DEPARTEMENT,
        r"departement(?:s|al)?|cd ?62|pas de calais|fit|farda|fonds d innovation territorial",
    ),
    (
        Funder.EPCI,
        r"epci|communautes? (?:d agglomeration|de communes|urbaine)|agglo\w*|intercom\w*|c[acu]",
    ),
    (Funder.COMMUNE, r"communes?|villes?|municipalite"),
)
_COMPILED = tuple((funder, re.compile(rf"\b(?:{words})\b")) for funder, words in _RULES)
_STATE = tuple((re.compile(rf"\b(?:{words})\b"), name) for words, name in _STATE_FUNDS.items())
_FOOTNOTE = re.compile(r"(?<=[a-z]{2})\d\b")
_FIT = re.compile(r"\b(?:fit|fonds d innovation territorial)\b")
_PARTY = re.compile(
    r"^(?:la |le |l )?(?:communaute (?:d agglomeration|de communes|urbaine)|commune|ville|c[acu])"
    r"(?: de la| de l| du| des| de| d)? "
)
_GROUP_WORDS = {"epci", "intercommunalite", "agglomeration", "agglo", "communaute"}
_PART = re.compile(
    r"\((?P<inside>[^()]{1,80})\)|[/–—:]\s*(?P<after>.{1,80})$|\s-\s*(?P<dash>.{1,80})$"
)


def class_funder(label: str, owner: str = "") -> Classed:
    """Class the label of a receipt: ``Etat (DETR)`` is the State's DETR.

    Parameters
    ----------
    label
        As printed.
    owner
        Name of the maître d'ouvrage: its own money is not an aid.
    """
    text = _FOOTNOTE.sub("", normalise(label))
    if _FIT.search(text):
        return Classed(Funder.DEPARTEMENT, FIT)
    funder = next((kind for kind, words in _COMPILED if words.search(text)), Funder.OTHER)
    if funder in {Funder.EPCI, Funder.COMMUNE, Funder.OTHER} and _names_owner(text, owner):
        return Classed(Funder.OWNER)
    return Classed(funder, "" if funder is Funder.OWNER else _programme(label, text, funder))


def _names_owner(text: str, owner: str) -> bool:
    own = normalise(owner)
    if not own or not text:
        return False
    initials = {normalise(word) for word in re.findall(r"[A-Z]{3,}", owner)}
    bare = _PARTY.sub("", text)
    group = text in _GROUP_WORDS and own.startswith(("communaute", "ca ", "cc ", "cu "))
    return group or text in own or bare == _PARTY.sub("", own) or text in initials


def _programme(label: str, text: str, funder: Funder) -> str:
    if funder is Funder.ETAT:
        named = next((name for words, name in _STATE if words.search(text)), "")
        if named:
            return named
    part = _PART.search(label)
    if part:
        found = (part["inside"] or part["after"] or part["dash"] or "").strip()
        return found if normalise(found) != normalise(str(funder)) else ""
    return label.strip() if re.match(r"(?:fonds|farda|feder|leader|fse)\b", text) else ""


@dataclass(frozen=True, slots=True)
class PublicAid:
    """How much of a cost is paid by public aid, and what exceeds the ceiling.

    Parameters
    ----------
    amount
        Sum of the public receipts, euros.
    cost
        Cost they are held against, euros before tax.
    rate
        ``amount / cost``, six decimals; None when the cost is zero.
    ceiling
        80 % of the cost, rounded to the cent.
    excess
        What exceeds the ceiling, zero when nothing does.
    uncertain
        Receipts whose funder may be public or not: they are left out of ``amount``.
    """

    amount: Decimal
    cost: Decimal
    rate: Decimal | None
    ceiling: Decimal
    excess: Decimal
    uncertain: Decimal


def public_aid(cost: Decimal, receipts: Iterable[tuple[Funder, Decimal]]) -> PublicAid:
    """Compute the public aid of a plan and hold it against the ceiling of 80 %."""
    lines = tuple(receipts)
    amount = sum((value for funder, value in lines if funder.is_public), Decimal(0))
    uncertain = sum((value for funder, value in lines if funder.is_public is None), Decimal(0))
    ceiling = round_to_cent(cost * CEILING_RATE)
    rate = (amount / cost).quantize(Decimal("1e-6"), rounding=ROUND_HALF_UP) if cost > 0 else None
    excess = max(amount - ceiling, Decimal(0))
    return PublicAid(amount, cost, rate, ceiling, excess, uncertain)


def names_funder(label: str) -> int:
    """Say how much a label looks like a funder: 2 begins with one, 1 names one, 0 names none."""
    text = normalise(label)
    found = [match.start() for _, words in _COMPILED if (match := words.search(text))]
    if not found:
        return 0
    return 2 if min(found) <= len("le ") else 1
