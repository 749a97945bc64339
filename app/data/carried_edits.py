"""What was changed by hand of a file, made again on another reading of it, or told where it cannot.

A correction holds for the row that it was made of, wherever that stands in the new version, as long
as the file itself says there what it said before: what the file says anew is not overwritten.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any, Final

from app.data.renewal import old_version
from app.imports.brought_file import FileImport
from app.readers.intended import LASTING, edit_as_intended
from app.readers.sessions import Session
from geo.reference.places import Reference
from layers.brought.differences import find_again
from layers.brought.problems import LONGEST_VALUE, NOT_TAKEN_UP, WHOLE_FILE, Problem
from layers.brought.roles import POSITION, Role
from layers.model.layer import LayerError
from layers.store.description import Description
from layers.store.edit_checks import check_edit
from layers.store.edited import EditedStore
from layers.store.edits import Edit
from layers.store.protocol import StoreError

FITTING: Final = "une modification qui convienne à la couche"
SAME_ROW: Final = "la ligne dans la nouvelle version"
SAME_CELL: Final = "ce que disait l’ancienne version ; le fichier dit maintenant « {} »"
LOCATING: Final = (*POSITION, Role.ADDRESS, Role.COMMUNE, Role.COMMUNE_CODE, Role.POSTCODE)
WORDS: Final = {
    "describe": "titre et descriptions", "row": "correction", "move": "point déplacé",
    "delete": "ligne retirée", "filter": "filtre", "order": "ordre", "style": "signe",
}  # fmt: skip


def take_up_edits(session: Session, job: FileImport, reference: Reference) -> None:
    """Make again what was changed by hand of a file elsewhere, and tell what cannot be."""
    store = session.store
    told: list[Problem] = []
    with suppress(StoreError, LayerError, KeyError):
        made = store.adoptions()[job.layer_id].description
        told += tell_unfit(edit_as_intended(store, job), made)
        if (old := old_version(session, job, reference)) is not None:
            told += carry_edits(store, old, job)
    if told:
        job.keep_result(job.layer_id, job.made, len(job.table.frame), told)


def tell_unfit(records: Sequence[Any], made: Description) -> Iterator[Problem]:
    """Yield the edits of a list from outside that do not fit a layer, and are not made."""
    for record in records:
        try:
            edit = Edit(str(record["kind"]), record["said"])
            check_edit(edit, made)
        except LayerError as error:
            yield _lost(Edit(str(record["kind"]), record["said"]), "", str(error))
        except (KeyError, TypeError):
            yield Problem(WHOLE_FILE, "", str(record)[:LONGEST_VALUE], FITTING, NOT_TAKEN_UP)


def carry_edits(store: EditedStore, old: FileImport, job: FileImport) -> list[Problem]:
    """Make again on a new version what was corrected in the rows of the old one.

    Returns
    -------
    list of Problem
        What could not be made, each with its line in the old version.
    """
    made = store.adoptions()[job.layer_id].description
    carried = _Carried(old, job, made)
    problems: list[Problem] = []
    for edit in store.edits(old.layer_id):
        if edit.kind in LASTING:
            continue
        again, lost = carried.again(edit)
        problems += lost
        for one in again:
            try:
                store.edit(job.layer_id, one)
            except LayerError as error:
                problems.append(_lost(edit, "", str(error)))
    return problems


class _Carried:
    """Two versions of a file, and where the rows of the old one stand in the new."""

    def __init__(self, old: FileImport, job: FileImport, made: Description) -> None:
        choice = job.choice
        self.roles = choice.roles if choice else {}
        self.before, self.after = old.table.frame, job.table.frame
        self.lines = find_again(self.before, self.after, self.roles)
        self.labels = {field.name: field.label for field in made.fields}

    def again(self, edit: Edit) -> tuple[list[Edit], list[Problem]]:
        """Return an edit as it is made of the new version, and what of it cannot be."""
        if edit.kind == "delete":
            found = [str(self.lines[int(n)]) for n in edit.said["lines"] if int(n) in self.lines]
            return ([replace(edit, said={"lines": found})] if found else []), []
        line = int(edit.said["line"])
        if line not in self.lines:
            return [], [_lost(edit, "", SAME_ROW)]
        said = {**edit.said, "line": str(self.lines[line])}
        if edit.kind == "move":
            moved = [c for c, role in self.roles.items() if role in LOCATING]
            changed = next((c for c in moved if self._fresh(line, c) is not None), None)
            if changed is None:
                return [replace(edit, said=said)], []
            return [], [_lost(edit, changed, SAME_CELL.format(self._fresh(line, changed)))]
        values = {}
        lost = []
        for name, value in edit.said["values"].items():
            heading = self.labels.get(name, name)
            fresh = self._fresh(line, heading)
            if fresh is None:
                values[name] = value
            else:
                one = replace(edit, said={**edit.said, "values": {name: value}})
                lost.append(_lost(one, heading, SAME_CELL.format(fresh)))
        return ([replace(edit, said={**said, "values": values})] if values else []), lost

    def _fresh(self, line: int, heading: str) -> str | None:
        """Return what the new version says in a cell where that differs, None where it does not."""
        if heading not in self.before or heading not in self.after:
            return None
        old = self.before.loc[line, heading]
        new = self.after.loc[self.lines[line], heading]
        told = [cell if isinstance(cell, str) else "" for cell in (old, new)]
        return None if told[0] == told[1] else told[1][:60] or "vide"


def _lost(edit: Edit, heading: str, expected: str) -> Problem:
    said = asdict(edit)["said"]
    values = said.get("values", {}) if isinstance(said, dict) else {}
    told = (
        " ; ".join(f"{value}" for value in values.values()) if values else WORDS.get(edit.kind, "")
    )
    line = str(said.get("line", "")) if isinstance(said, dict) else ""
    number = int(line) if line.isdecimal() else WHOLE_FILE
    return Problem(number, heading, told[:LONGEST_VALUE], expected, NOT_TAKEN_UP)
