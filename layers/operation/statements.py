"""What the adopted deliberations say beyond the tables: commitments, services, achievements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from layers.catalogue.layers import Catalogue
from layers.deliberation.adoption.contract_rows import identify_contracts
from layers.deliberation.adoption.held_tables import CONTRACTS, read_rows
from layers.deliberation.adoption.operation_rows import identify_operations
from layers.deliberation.adoption.transaction import list_adopted, name_draft
from layers.deliberation.draft.error import DeliberationError
from layers.deliberation.draft.model import AxisBody, Contract, Operation, Provision
from layers.documents.convention import Quotation
from layers.documents.quotations import quote
from layers.documents.register import DOCUMENTS
from layers.operation.fiche import Statement

NOTHING: Final[tuple[Statement, ...]] = ()


@dataclass(frozen=True, slots=True)
class OperationWords:
    """What a fiche says in words; each part is empty where nothing is known.

    Parameters
    ----------
    designer
        The maîtrise d’œuvre: none or one statement.
    ours, theirs
        Who answers for it, at the Département and at the partner's: services, never persons.
    context, description
        Why it is, and what is built: the first words of each.
    engineering, working
        Who helps besides the maîtrise d’œuvre; how it will run, none or one statement.
    commitments
        Of the part « Engagements réciproques »: boxes that are ticked, or items where it prints no
        box.
    problem
        French sentence when its act was adopted and holds no such fiche, empty otherwise.
    """

    designer: tuple[Statement, ...] = NOTHING
    objectives: tuple[Statement, ...] = NOTHING
    partners: tuple[Statement, ...] = NOTHING
    commitments: tuple[Statement, ...] = NOTHING
    ours: tuple[Statement, ...] = NOTHING
    theirs: tuple[Statement, ...] = NOTHING
    context: tuple[Statement, ...] = NOTHING
    description: tuple[Statement, ...] = NOTHING
    engineering: tuple[Statement, ...] = NOTHING
    working: tuple[Statement, ...] = NOTHING
    problem: str = ""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All of them, in reading order."""
        return (
            *self.designer, *self.ours, *self.theirs, *self.context, *self.description,
            *self.objectives, *self.partners, *self.engineering, *self.working, *self.commitments,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContractWords:
    """What a booklet says in words; each part is empty where nothing is known.

    Parameters
    ----------
    departement_services, partner_services
        Who to speak to: services and functions, never persons.
    bodies
        The heading of each axis that the booklet develops, and the first words below it.
    signatories
        Functions that sign, never persons.
    engineering
        What may be called upon: none or one statement.
    achievements
        What the contracts before this one have built.
    zoom
        The achievement that the booklet tells of at length: none or one statement.
    problem
        French sentence when its act was adopted and holds no such contract, empty otherwise.
    """

    departement_services: tuple[Statement, ...] = NOTHING
    partner_services: tuple[Statement, ...] = NOTHING
    achievements: tuple[Statement, ...] = NOTHING
    zoom: tuple[Statement, ...] = NOTHING
    bodies: tuple[Statement, ...] = NOTHING
    signatories: tuple[Statement, ...] = NOTHING
    engineering: tuple[Statement, ...] = NOTHING
    problem: str = ""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All of them, in reading order."""
        services = (*self.departement_services, *self.partner_services)
        read = (*self.bodies, *self.engineering, *self.signatories)
        return (*read, *services, *self.achievements, *self.zoom)


@dataclass(frozen=True, slots=True)
class Adopted:
    """The adopted deliberations, by what the tables call their operations and contracts.

    Parameters
    ----------
    operations, contracts
        What is said of each, by document and identifier.
    provisions
        What each document says of all contracts, by document.
    documents
        Those that were adopted: each of their rows must have its words.
    problem
        French sentence when a file cannot be read, empty otherwise.
    """

    operations: Mapping[tuple[str, str], OperationWords]
    contracts: Mapping[tuple[str, str], ContractWords]
    documents: frozenset[str] = frozenset()
    problem: str = ""
    provisions: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)

    def operation(self, identifier: str, document: str) -> OperationWords:
        """Return what the fiche of an operation says, nothing where its act was not adopted."""
        lost = OperationWords(problem=self._lost(identifier, document, "cette opération"))
        return self.operations.get((document, identifier), lost)

    def contract(self, identifier: str, document: str) -> ContractWords:
        """Return what the booklet of a contract says, nothing where its act was not adopted."""
        lost = ContractWords(problem=self._lost(identifier, document, "ce contrat"))
        return self.contracts.get((document, identifier), lost)

    def _lost(self, identifier: str, document: str, what: str) -> str:
        if document not in self.documents:
            return ""
        return (
            f"La délibération adoptée ({document}) ne dit rien de {what}, « {identifier} » : ce "
            "qu’elle en dit est peut-être rangé sous un autre identifiant."
        )


def adopted(catalogue: Catalogue) -> Adopted:
    """Return the adopted deliberations of a catalogue, read once.

    Raises
    ------
    layers.model.layer.LayerError
        The register of documents or the table of contracts cannot be read.
    """
    return catalogue.derive(_read)


def _read(catalogue: Catalogue) -> Adopted:
    data, reference = catalogue.data, catalogue.reference
    documents = DOCUMENTS.read(data)
    names = dict(zip(documents["sha256"], documents["id"], strict=True))
    held = read_rows(data, CONTRACTS)
    operations, contracts, provisions, known = {}, {}, {}, set()
    try:
        for draft in list_adopted(data):
            document = names.get(draft.document.sha256, draft.document.fichier)
            known.add(document)
            provisions[document] = tuple(
                _provision(document, one) for one in draft.deliberation.dispositions
            )
            fiches = identify_operations(draft, name_draft(draft), reference, held)
            for identifier, fiche in zip(fiches, draft.operations, strict=True):
                if identifier:
                    operations[document, identifier] = _operation_words(document, fiche)
            booklets = identify_contracts(draft, reference, held)
            for identifier, booklet in zip(booklets, draft.contrats, strict=True):
                if identifier:
                    contracts[document, identifier] = _contract_words(document, booklet)
    except DeliberationError as error:
        return Adopted({}, {}, problem=str(error))
    return Adopted(operations, contracts, frozenset(known), provisions=provisions)


def _operation_words(document: str, fiche: Operation) -> OperationWords:
    return OperationWords(
        _one(document, fiche, "maitrise_oeuvre"),
        _several(document, fiche, "objectifs"),
        _several(document, fiche, "partenaires"),
        _several(document, fiche, "engagements"),
        _several(document, fiche, "referents_departement"),
        _several(document, fiche, "referents_partenaire"),
        _one(document, fiche, "contexte"),
        _several(document, fiche, "descriptif"),
        _several(document, fiche, "ingenierie"),
        _one(document, fiche, "fonctionnement"),
    )


def _contract_words(document: str, booklet: Contract) -> ContractWords:
    return ContractWords(
        _several(document, booklet, "interlocuteurs_departement"),
        _several(document, booklet, "interlocuteurs_partenaire"),
        _several(document, booklet, "realisations"),
        _one(document, booklet, "zoom"),
        tuple(_body(document, axis) for axis in booklet.corps_axes),
        _several(document, booklet, "signataires"),
        _one(document, booklet, "ingenierie"),
    )


def _body(document: str, axis: AxisBody) -> Statement:
    said = f"{axis.titre} : « {axis.extrait} »"
    return Statement(said, Quotation(quote(axis.extrait), axis.sources["extrait"].ligne, document))


def _provision(document: str, one: Provision) -> Statement:
    said = f"{one.sujet} : « {one.extrait} »"
    return Statement(said, Quotation(quote(one.extrait), one.sources["extrait"].ligne, document))


def _several(document: str, record: Contract | Operation, name: str) -> tuple[Statement, ...]:
    values: list[str] = getattr(record, name)
    return tuple(
        Statement(value, _source(document, record, f"{name}.{rank}", value))
        for rank, value in enumerate(values)
    )


def _one(document: str, record: Contract | Operation, name: str) -> tuple[Statement, ...]:
    value: str | None = getattr(record, name)
    return (Statement(value, _source(document, record, name, value)),) if value else NOTHING


def _source(document: str, record: Contract | Operation, name: str, value: str) -> Quotation:
    trace = record.sources.get(name)
    return Quotation(quote(value), trace.ligne if trace else 0, document)
