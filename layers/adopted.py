"""What the adopted deliberations say beyond the tables: commitments, services, achievements."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from geo.names import normalise
from layers.catalogue import Catalogue
from layers.convention import Quotation
from layers.deliberation.adoption import list_adopted
from layers.deliberation.draft import DraftError
from layers.deliberation.model import Contract, Draft, Operation
from layers.documents import DOCUMENTS
from layers.fiche import Statement
from layers.quotations import quote

NOTHING: Final[tuple[Statement, ...]] = ()


@dataclass(frozen=True, slots=True)
class OperationWords:
    """What a fiche says in words; each part is empty where nothing is known.

    Parameters
    ----------
    designer
        The maîtrise d’œuvre: none or one statement.
    commitments
        The boxes that are ticked ☒.
    """

    designer: tuple[Statement, ...] = NOTHING
    objectives: tuple[Statement, ...] = NOTHING
    partners: tuple[Statement, ...] = NOTHING
    commitments: tuple[Statement, ...] = NOTHING

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All of them, in reading order."""
        return (*self.designer, *self.objectives, *self.partners, *self.commitments)


@dataclass(frozen=True, slots=True)
class ContractWords:
    """What a booklet says in words; each part is empty where nothing is known.

    Parameters
    ----------
    departement_services, partner_services
        Who to speak to: services and functions, never persons.
    achievements
        What the contracts before this one have built.
    zoom
        The achievement that the booklet tells of at length: none or one statement.
    """

    departement_services: tuple[Statement, ...] = NOTHING
    partner_services: tuple[Statement, ...] = NOTHING
    achievements: tuple[Statement, ...] = NOTHING
    zoom: tuple[Statement, ...] = NOTHING

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All of them, in reading order."""
        services = (*self.departement_services, *self.partner_services)
        return (*services, *self.achievements, *self.zoom)


@dataclass(frozen=True, slots=True)
class Adopted:
    """The adopted deliberations.

    Parameters
    ----------
    drafts
        By identifier of their document in the register, or by file name where it is not there.
    problem
        French sentence when a file cannot be read, empty otherwise.
    """

    drafts: tuple[tuple[str, Draft], ...]
    problem: str = ""

    def operation(self, deliberation: str, number: int, title: str) -> OperationWords:
        """Return what the fiche of that number and title says, nothing where it was not adopted."""
        wanted = number, normalise(title)
        for document, draft in self._of(deliberation):
            for each in draft.operations:
                if (each.numero_fiche, normalise(each.titre or "")) == wanted:
                    return OperationWords(
                        _one(document, each, "maitrise_oeuvre"),
                        _several(document, each, "objectifs"),
                        _several(document, each, "partenaires"),
                        _several(document, each, "engagements"),
                    )
        return OperationWords()

    def contract(self, deliberation: str, partner: str) -> ContractWords:
        """Return what the booklet of a partner says, nothing where it was not adopted."""
        wanted = normalise(partner)
        for document, draft in self._of(deliberation):
            for each in draft.contrats:
                if wanted in map(normalise, (each.partenaire, *each.graphies)):
                    return ContractWords(
                        _several(document, each, "interlocuteurs_departement"),
                        _several(document, each, "interlocuteurs_partenaire"),
                        _several(document, each, "realisations"),
                        _one(document, each, "zoom"),
                    )
        return ContractWords()

    def _of(self, deliberation: str) -> Iterable[tuple[str, Draft]]:
        return (each for each in self.drafts if each[1].deliberation.numero == deliberation)


def adopted(catalogue: Catalogue) -> Adopted:
    """Return the adopted deliberations of a catalogue, read once.

    Raises
    ------
    layers.base.LayerError
        The register of documents cannot be read.
    """
    return catalogue.derive(_read)


def _read(catalogue: Catalogue) -> Adopted:
    documents = DOCUMENTS.read(catalogue.data)
    names = dict(zip(documents["sha256"], documents["id"], strict=True))
    try:
        drafts = list_adopted(catalogue.data)
    except DraftError as error:
        return Adopted((), str(error))
    return Adopted(
        tuple((names.get(each.document.sha256, each.document.fichier), each) for each in drafts)
    )


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
