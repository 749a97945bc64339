"""The sentence that says a territory aloud: who, how many, which contract, how many euros."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from geo.names import of_place
from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.areas import MDS_REMARK
from layers.french.wording import (
    enumerate_words,
    format_date,
    format_euros,
    plural,
)
from layers.indicators.counted import NO_CONTRACT
from layers.sheets.contract_ties import ContractTie, Relation

SPELT: Final = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
MOST_NAMED: Final = 3
"""Partners named in a sentence; beyond, only their number is said."""

AREA_NAMES: Final = {
    "arrageois": "de l’Arrageois",
    "artois": "de l’Artois",
    "audomarois": "de l’Audomarois",
    "boulonnais": "du Boulonnais",
    "calaisis": "du Calaisis",
    "montreuillois": "du Montreuillois",
    "montreuillois-ternois": "du Montreuillois-Ternois",
    "ternois": "du Ternois",
}
"""Areas whose name takes an article."""

NOUNS: Final = {
    Level.TERRITORY: "le territoire",
    Level.MDS: "le secteur MDS",
    Level.CANTON: "le canton",
    Level.COMMUNE: "la commune",
}


@dataclass(frozen=True, slots=True)
class Money:
    """What is known of the operations of a perimeter.

    Parameters
    ----------
    operations
        Their number, None when unknown.
    fit, per_inhabitant
        Euros, None when unknown.
    why
        French sentence that says why the FIT is unknown, empty when it is known.
    partial
        French: of how many territories the amounts are, empty where they are of all.
    around
        What is known of the partner of a contract that the place only lies in; None elsewhere.
    """

    operations: int | None
    fit: Decimal | None
    per_inhabitant: Decimal | None
    why: str = ""
    partial: str = ""
    around: "Money | None" = None


def named(perimeter: Perimeter, reference: Reference) -> str:
    """Return a place as a sentence names it: ``la CC du Ternois``, ``la commune d’Arras``."""
    name = reference.name_of(perimeter).replace("'", "’")
    if perimeter.level is Level.DEPARTEMENT:
        return f"le {name}"
    if perimeter.level is Level.EPCI:
        return f"la {name}"
    return f"{NOUNS[perimeter.level]} {AREA_NAMES.get(perimeter.code, of_place(name))}"


def territory_sentence(
    perimeter: Perimeter,
    reference: Reference,
    contracts: Sequence[ContractTie],
    town_contracts: Sequence[ContractTie],
    money: Money,
) -> str:
    """Return one French sentence about a territory, to be read aloud.

    Parameters
    ----------
    contracts
        Its contrats de territoire.
    town_contracts
        Its contrats de ville; said only where no contrat de territoire was read.
    money
        Its operations.
    """
    subject = f"{named(perimeter, reference)} ({size(perimeter, reference)})"
    if not contracts:
        return f"Aucun contrat de territoire n’est connu pour {subject}{_town(town_contracts)}."
    shared = _around(money, perimeter) if money.around else f" ; {_operations(money)}"
    text = f"{subject} {_contracts(contracts, reference)}{shared}."
    return text[0].upper() + text[1:]


def size(perimeter: Perimeter, reference: Reference) -> str:
    """Return how many inhabitants and communes a place has, in the words of a sentence."""
    population = reference.population(perimeter)
    members = reference.members(perimeter)
    if perimeter.level is Level.CANTON and population is None:
        shared = reference.cantons[perimeter.code].shared_communes
        names = f"{enumerate_words(reference.communes[code].name for code in shared)} en partie"
        return names if len(members) == 1 else f"{plural(len(members), 'commune')}, dont {names}"
    people = plural(population, "habitant")
    if perimeter.level is Level.COMMUNE:
        return people
    text = f"{people}, {plural(len(members), 'commune')}"
    if perimeter.level is Level.EPCI and reference.epcis[perimeter.code].communes_outside:
        return f"{text} dans le Pas-de-Calais"
    return text


def _contracts(ties: Sequence[ContractTie], reference: Reference) -> str:
    first = ties[0]
    periods = enumerate_words(dict.fromkeys(tie.period for tie in ties))
    title = f"contrat de territoire {first.period}"
    if first.relation is Relation.OWN:
        return f"a un {title} voté"
    if first.relation is Relation.INSIDE:
        return f"est dans le périmètre du {title} voté pour {named(first.perimeter, reference)}"
    verb = "recoupe" if any(tie.relation is Relation.MEETS for tie in ties) else "compte"
    several = len(ties) > 1
    count = counted(len(ties), "contrat")
    text = f"{verb} {count} de territoire {periods}"
    if len(ties) > MOST_NAMED:
        return text
    partners = enumerate_words(f"de {named(tie.perimeter, reference)}" for tie in ties)
    return f"{text}, {'ceux' if several else 'celui'} {partners}"


def _vote_days(ties: Sequence[ContractTie]) -> str:
    days = sorted({tie.vote_date for tie in ties})
    return enumerate_words(f"le {format_date(date.fromisoformat(day))}" for day in days)


def _operations(money: Money) -> str:
    if money.operations is None or money.fit is None:
        return f"le FIT n’y est pas connu ({money.why[:1].lower()}{money.why[1:].rstrip('.')})"
    if not money.operations:
        return "aucune opération n’y est soutenue dans les documents recueillis"
    several = money.operations > 1
    text = (
        f"{counted(money.operations, 'opération', feminine=True)} "
        f"y {'sont soutenues' if several else 'est soutenue'} "
        f"pour {format_euros(money.fit)} de FIT"
    )
    if money.per_inhabitant is None:
        return text
    rate = f"{text}, soit {format_euros(money.per_inhabitant, cents=True)} par habitant"
    return f"{rate} là où le contrat est connu ({money.partial})" if money.partial else rate


def _around(money: Money, perimeter: Perimeter) -> str:
    """Say what the contract around a place brings, then what of it is there."""
    whole = money.around
    if whole is None or whole.operations is None or whole.fit is None:
        return f" ; {_operations(money)}"
    if not whole.operations:
        return ", qui ne compte aucune opération dans les documents recueillis"
    several = whole.operations > 1
    text = (
        f", où {counted(whole.operations, 'opération', feminine=True)} "
        f"{'sont soutenues' if several else 'est soutenue'} pour {format_euros(whole.fit)} de FIT"
    )
    here = NOUNS[perimeter.level]
    if money.operations is None or money.fit is None:
        return f"{text} ; ce qui en est dans {here} n’est pas connu"
    if not money.operations:
        return f"{text} ; aucune n’est située dans {here}"
    if money.operations == whole.operations == 1:
        return f"{text} ; elle est située dans {here}"
    count = counted(money.operations, "", feminine=True).strip()
    placed = "sont situées" if money.operations > 1 else "est située"
    return f"{text} ; {count} {placed} dans {here}, pour {format_euros(money.fit)} de FIT"


def _town(ties: Sequence[ContractTie]) -> str:
    near = [tie for tie in ties if tie.relation in {Relation.OWN, Relation.HOLDS}]
    unknown = " : le FIT n’y est pas connu"
    if not near:
        return unknown
    several = len(near) > 1
    count = f"{counted(len(near), 'contrat')} de ville {near[0].period}"
    return f", où {count} {'sont prévus' if several else 'est prévu'}{unknown}"


def counted(count: int, noun: str, *, feminine: bool = False) -> str:
    """Write a count with its noun, in words up to nine: ``une opération``, ``12 communes``."""
    if count >= len(SPELT):
        return plural(count, noun)
    word = "une" if count == 1 and feminine else SPELT[count]
    return f"{word} {noun}{'s' if count > 1 else ''}"


def territory_remarks(
    perimeter: Perimeter,
    reference: Reference,
    contracts: Sequence[ContractTie],
    vague_operations: int,
) -> tuple[str, ...]:
    """Return what must be known of a territory beside its sentence.

    Parameters
    ----------
    contracts
        Its contrats de territoire.
    vague_operations
        Number of its operations whose place is known in words only.
    """
    remarks = []
    if contracts:
        remarks.append(
            f"Les documents recueillis disent le vote des contrats, {_vote_days(contracts)}, et "
            "autorisent leur signature : ils n’en donnent pas la date."
        )
    else:
        remarks.append(NO_CONTRACT)
    if perimeter.level is Level.MDS:
        remarks.append(MDS_REMARK)
    if any(tie.relation in {Relation.HOLDS, Relation.MEETS} for tie in contracts):
        remarks.append(
            "D’autres contrats ont pu être votés : seuls ceux des documents recueillis sont "
            "comptés, et les euros par habitant divisent par la population des communes de ces "
            "contrats."
        )
    if vague_operations:
        remarks.append(
            f"Lieu connu en mots seulement pour {plural(vague_operations, 'opération')} : "
            "point placé à la mairie de la commune."
        )
    if perimeter.level is Level.EPCI and reference.epcis[perimeter.code].communes_outside:
        outside = len(reference.epcis[perimeter.code].communes_outside)
        remarks.append(
            f"L’EPCI déborde du département ({plural(outside, 'commune')} hors du Pas-de-Calais) : "
            "les chiffres sont ceux de sa partie dans le Pas-de-Calais."
        )
    return tuple(remarks)
