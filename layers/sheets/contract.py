"""The sheet of a contract as plain data: parties, period, axes, operations, what they add up to."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from geo.perimeter import Perimeter, shorten
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.contracts import KINDS
from layers.documents.convention import Quotation
from layers.documents.quotations import read_quotations
from layers.facts.contracts import CONTRACTS
from layers.facts.town_framework import FrameworkFact, read_framework
from layers.french.wording import format_date, format_euros
from layers.operation.fiche import Statement
from layers.operation.funding import Funding, Operation, by_contract, operations
from layers.operation.sheet import UnknownRowError, find_row
from layers.operation.statements import ContractWords, adopted
from layers.sheets.sentences import counted, named, size

LAYERS: Final = ("contrats", "contrats_ville")
TOWN: Final = "ville"
"""How the table calls a contrat de ville."""


@dataclass(frozen=True, slots=True)
class ContractSheet:
    """What is known of one contract.

    Parameters
    ----------
    kind
        ``contrat de territoire`` or ``contrat de ville``.
    partner
        As the document writes it, and where.
    perimeter
        Of the partner.
    period
        First and last year.
    axes_source
        Where the axes are announced, None where there are none.
    operations
        Those that have joined it; a contrat de ville has none.
    funding
        What they add up to, None for a contrat de ville.
    peers
        The same of every contract that has it, this one included.
    words
        What its booklet says, as adopted.
    towns
        Codes of the communes of the partner that a quartier prioritaire touches; of a contrat de
        ville only.
    framework
        What the framework says of all its contrats de ville; nothing of a contrat de territoire.
    """

    id: str
    kind: str
    partner: Statement
    perimeter: Perimeter
    period: tuple[int, int]
    vote: date
    deliberation: str
    axes: tuple[str, ...]
    axes_source: Quotation | None
    remark: str
    operations: tuple[Operation, ...]
    funding: Funding | None
    peers: tuple[Funding, ...]
    words: ContractWords
    towns: tuple[str, ...] = ()
    framework: tuple[FrameworkFact, ...] = ()

    def framed(self, topic: str) -> tuple[FrameworkFact, ...]:
        """Return what the framework says of one topic."""
        return tuple(fact for fact in self.framework if fact.topic == topic)

    @property
    def sources(self) -> tuple[Quotation, ...]:
        """Every line of the documents that it is made from."""
        said = (self.partner, *self.words.statements)
        return (
            *(statement.source for statement in said),
            *((self.axes_source,) if self.axes_source else ()),
            *(fact.source for fact in self.framework),
        )


def contract_sheet(catalogue: Catalogue, contract: str) -> ContractSheet:
    """Return the sheet of a contract of either kind.

    Raises
    ------
    UnknownRowError
        There is no such contract.
    layers.model.layer.LayerError
        A table cannot be read.
    """
    layer = next((one for one in LAYERS if _holds(catalogue, one, contract)), None)
    if layer is None:
        raise UnknownRowError(f"Contrats : « {shorten(contract)} » est inconnu.")
    row = find_row(catalogue, layer, contract)
    quotations = read_quotations(catalogue.data)

    def source(line: int) -> Quotation:
        return Quotation(quotations.get((row["document"], line), ""), line, row["document"])

    axes_line = _axes_line(catalogue.data, contract)
    fundings = {group.key: group.funding for group in by_contract(catalogue).groups}
    return ContractSheet(
        id=contract,
        kind=KINDS[row["kind"]],
        partner=Statement(row["partner"], source(row["line"])),
        perimeter=Perimeter.parse(row["perimeter"]),
        period=(row["start_year"], row["end_year"]),
        vote=date.fromisoformat(row["vote_date"]),
        deliberation=row["deliberation"],
        axes=row["axes"] or (),
        axes_source=source(axes_line) if axes_line else None,
        remark=row["remark"] or "",
        operations=tuple(each for each in operations(catalogue) if each.contract == contract),
        funding=fundings.get(contract),
        peers=tuple(funding for funding in fundings.values() if funding),
        words=adopted(catalogue).contract(contract, row["document"]),
        towns=tuple(row.get("commune_codes", ())),
        framework=(read_framework(catalogue.data, row["document"]) if row["kind"] == TOWN else ()),
    )


def contract_sentence(sheet: ContractSheet, reference: Reference) -> str:
    """Return one French sentence about a contract, to be read aloud."""
    partner = f"{named(sheet.perimeter, reference)} ({size(sheet.perimeter, reference)})"
    subject = f"Le {sheet.kind} {sheet.period[0]}-{sheet.period[1]} avec {partner}"
    money = sheet.funding
    if money is None:
        return f"{subject} est à venir{announced(sheet)}."
    if not money.operations:
        return f"{subject} ne compte encore aucune opération dans les documents recueillis."
    several = "s" if money.operations > 1 else ""
    rate = money.per_inhabitant
    each = f", soit {format_euros(rate, cents=True)} par habitant" if rate is not None else ""
    return (
        f"{subject} compte {counted(money.operations, 'opération', feminine=True)} "
        f"soutenue{several} pour {format_euros(money.fit)} de FIT{each}, "
        f"sur un coût total de {format_euros(money.cost)} HT."
    )


def announced(sheet: ContractSheet) -> str:
    """Say what was voted of a contrat de ville: a framework, and how many axes and amounts."""
    vote = f" : son cadre a été voté le {format_date(sheet.vote)}"
    axes, amounts = len(sheet.framed("axe")), len(sheet.framed("montant"))
    if not axes and not amounts:
        return vote
    return (
        f"{vote}, avec {counted(axes, 'axe')} et {counted(amounts, 'montant')} pour l’ensemble des "
        "partenaires, sans détail pour celui-ci"
    )


def _holds(catalogue: Catalogue, layer: str, contract: str) -> bool:
    return contract in set(catalogue.load(layer)["id"])


def _axes_line(data: Path, contract: str) -> int:
    rows = CONTRACTS.read(data, "id", "axes_line").set_index("id")["axes_line"].dropna()
    return int(rows.get(contract, 0))
