"""Adopt a reviewed draft into the data and its tables: all or nothing, once, with a journal."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from geo.cells import guard_formula
from geo.names import normalise
from geo.reference.places import Reference
from geo.tables import DamagedReferenceError
from layers.deliberation.adoption.differences import differ
from layers.deliberation.adoption.held_tables import added, appended, read_rows
from layers.deliberation.adoption.projection import project
from layers.deliberation.adoption.writing import write_together
from layers.deliberation.checks.consistency import check
from layers.deliberation.draft.error import DeliberationError
from layers.deliberation.draft.files import as_record, read_draft, to_yaml
from layers.deliberation.draft.model import DELIBERATION, READING, Draft, Remark
from layers.facts import contracts
from layers.french.wording import plural
from layers.model.schema import LayerError

FOLDER: Final = Path("contracts") / "deliberations"
JOURNAL: Final = Path(contracts.JOURNAL.file).name
MOST_DIFFERENCES: Final = 20

_NAME: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,59}")
_WITHOUT_NUMBER: Final = frozenset({"Conseil communautaire", "Conseil municipal"})
"""Assemblies whose deliberations may be joined without their number: their date names them."""
_HEADER: Final = """\
# Délibération adoptée après relecture. Ne pas modifier à la main : relire, puis adopter de nouveau.
"""
_COMPLETED: Final = frozenset({"montant-illisible", "montant-absent", "fit-absent"})
"""Remarks of the reading that no longer hold once the essentials are there."""


class AdoptionError(DeliberationError):
    """A draft is not adopted; the message is a French sentence for a person."""


class ConflictError(AdoptionError):
    """The deliberation is there already, and the draft is not in everything what is held of it.

    Parameters
    ----------
    where
        French: where it is, as « adoptée ».
    number
        Number of the deliberation.
    differences
        One French line each: where, adopted value, new value.
    """

    def __init__(self, number: str, differences: list[str], where: str) -> None:
        self.differences = differences
        shown = "\n".join(f"  {line}" for line in differences[:MOST_DIFFERENCES])
        rest = len(differences) - MOST_DIFFERENCES
        more = f"\n  … et {plural(rest, 'autre')}" if rest > 0 else ""
        count = plural(
            len(differences), "valeur du brouillon n’est pas", "valeurs du brouillon ne sont pas"
        )
        super().__init__(
            f"La délibération {number} est déjà {where} : rien n’est changé. {count} ce qui est "
            f"tenu. Si la différence est une correction faite à la main, il n’y a rien à "
            f"faire :\n{shown}{more}"
        )


@dataclass(frozen=True, slots=True)
class Adoption:
    """What an adoption did.

    Parameters
    ----------
    name
        Number of the deliberation, or its date and assembly.
    path
        The adopted file.
    changed
        False when the same deliberation had been adopted before.
    remarks
        What the checks say of the adopted values.
    """

    name: str
    path: Path
    changed: bool
    remarks: tuple[Remark, ...]


def adopt(draft_file: Path, data: Path, who: str, when: datetime) -> Adoption:
    """Add a draft to the data: its own file, its rows in the tables, its line in the journal.

    The checks are made again on the values as they were edited; their remarks are kept with them.

    Parameters
    ----------
    draft_file
        A draft, YAML or JSON.
    data
        The data folder.
    who, when
        Written in the journal.

    Raises
    ------
    DraftError
        The draft does not keep to the schema.
    AdoptionError
        An essential value is missing or unreadable, or the data folder cannot be written.
    layers.deliberation.adoption.projection.ProjectionError
        The tables need what the draft leaves out or in doubt; nothing is written.
    ConflictError
        The deliberation was adopted before, or is in the tables, with other values.
    """
    draft = read_draft(draft_file)
    number = name_draft(draft)
    read = [r for r in draft.remarques if r.origine == READING and r.regle not in _COMPLETED]
    draft.remarques = [*read, *check(draft)]
    folder = data / FOLDER
    path = folder / f"{number}.yaml"
    text = to_yaml(as_record(draft), _HEADER)
    if path.exists():
        differences = list(differ(as_record(read_draft(path)), as_record(draft)))
        if differences:
            raise ConflictError(number, differences, "adoptée")
        return Adoption(number, path, changed=False, remarks=tuple(draft.remarques))
    origin = draft.document
    moment = when.isoformat(timespec="seconds")
    entry = (moment, who, draft_file.name, origin.fichier, origin.sha256, number)
    texts = _extend_tables(draft, number, data)
    try:
        texts |= {path: text, folder / JOURNAL: _add_entry(folder / JOURNAL, entry)}
        write_together(texts)
    except OSError as error:
        raise AdoptionError(f"Données : écriture impossible ({error.strerror}).") from error
    return Adoption(number, path, changed=True, remarks=tuple(draft.remarques))


def _extend_tables(draft: Draft, number: str, data: Path) -> dict[Path, str]:
    """Return the text of each table that the draft adds rows to.

    Raises
    ------
    AdoptionError, ConflictError, layers.deliberation.adoption.projection.ProjectionError
        The tables are damaged, hold other values, or need more than the draft says.
    """
    texts: dict[Path, str] = {}
    differences: list[str] = []
    try:
        reference = Reference.load(data / "communes")
        for file, rows in project(draft, number, reference, data).items():
            lacking, other = added(read_rows(data, file), rows, file)
            differences += other
            if lacking:
                texts[data / file] = appended(data, file, lacking)
    except (LayerError, DamagedReferenceError) as error:
        raise AdoptionError(str(error)) from error
    if differences:
        raise ConflictError(number, differences, "dans les tables")
    return texts


def list_adopted(data: Path) -> list[Draft]:
    """Read every adopted deliberation, in the order of their numbers.

    Raises
    ------
    DraftError
        A file is damaged.
    """
    return [read_draft(path) for path in sorted((data / FOLDER).glob("*.yaml"))]


def name_draft(draft: Draft) -> str:
    """Return the name under which a draft is adopted.

    Raises
    ------
    AdoptionError
        It is no deliberation, or an essential value is missing.
    """
    act = draft.deliberation
    if act.nature != DELIBERATION:
        raise AdoptionError("Ce brouillon n’est pas celui d’une délibération : rien à adopter.")
    missing = [name for name in ("date", "objet") if getattr(act, name) is None]
    if act.numero is None and act.assemblee not in _WITHOUT_NUMBER:
        missing.append("numero")
    for index, operation in enumerate(draft.operations):
        where = f"operations.{index}"
        missing += [
            f"{where}.{name}"
            for name in ("titre", "contrat", "montant_fit")
            if getattr(operation, name) is None
        ]
        missing += [
            f"{where}.{name}.{place}.montant"
            for name in ("depenses", "recettes")
            for place, line in enumerate(getattr(operation, name))
            if line.montant is None
        ]
    if missing:
        raise AdoptionError(
            f"Le brouillon n’est pas complet, il manque : {', '.join(missing)}. "
            "Complétez-le d’après le document, puis adoptez-le de nouveau."
        )
    assembly = normalise(act.assemblee or "").replace(" ", "-")
    name = act.numero.replace("/", "-") if act.numero else f"{act.date}-{assembly}"
    if not _NAME.fullmatch(name):
        raise AdoptionError(f"Numéro de délibération « {name} » : « 2023-534 » est attendu.")
    return name


def _add_entry(journal: Path, entry: tuple[str, ...]) -> str:
    before = journal.read_text(encoding="utf-8") if journal.exists() else None
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    if before is None:
        writer.writerow(contracts.JOURNAL.columns)
    writer.writerow(map(guard_formula, entry))
    return (before or "") + out.getvalue()
