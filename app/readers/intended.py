"""What is to be made of a file as soon as it is read: the choice of before, the edits of before."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any, Final

from app.imports.brought_file import FileImport
from app.imports.limits import BroughtFileError
from geo.whole_file import write_whole
from layers.brought.choice import LONGEST, Choice
from layers.brought.problems import BroughtError
from layers.brought.roles import Role
from layers.model.layer import LayerError
from layers.store.edited import EditedStore, read_edits
from layers.store.edits import Edit
from layers.store.protocol import StoreError

INTENDED: Final = "intended.json"
RENEWS: Final = "renews"
"""File of an import that names the one whose new version it is."""
LONGEST_RECORD: Final = 5_000_000
"""Characters of a choice and its edits."""
LASTING: Final = frozenset(("describe", "style", "filter", "order"))
"""Edits that are of no row, and hold for another version of the file."""


def intend(job: FileImport, choice: Mapping[str, Any] | None, edits: Sequence[Any]) -> None:
    """Keep what is to be made of a file; both may come from a stranger, and are read as such.

    Raises
    ------
    BroughtFileError
        They are too long.
    """
    record = json.dumps({"choice": choice, "edits": list(edits)}, ensure_ascii=False)
    if len(record) > LONGEST_RECORD:
        raise BroughtFileError(f"Fichier « {job.title} » : choix et modifications trop longs.")
    write_whole(job.folder / INTENDED, record)


def choose_as_intended(job: FileImport) -> bool:
    """Keep the choice that was intended, where it fits what the file holds; tells whether it did.

    Columns that the choice does not know play the role that is guessed; one that it needs and that
    is not there leaves the choice to be made by hand.
    """
    record = _read(job)
    if not record.get("choice"):
        return False
    try:
        intended = Choice.from_record(record["choice"])
        _check_texts(intended)
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    guesses = job.summary.guesses
    needed = {name for name, role in intended.roles.items() if role is not Role.IGNORED}
    if not needed <= set(guesses):
        return False
    roles = {name: intended.roles.get(name, guess.role) for name, guess in guesses.items()}
    try:
        job.keep_choice(replace(intended, roles=roles))
    except BroughtError:
        return False
    return True


def edit_as_intended(store: EditedStore, job: FileImport) -> list[Any]:
    """Make the edits that were intended, as far as they fit the layer; return what was intended."""
    intended = _read(job).get("edits", [])
    with suppress(StoreError, LayerError, KeyError):
        made = store.adoptions()[job.layer_id].description
        for edit in read_edits(intended, made):
            store.edit(job.layer_id, edit)
    (job.folder / INTENDED).unlink(missing_ok=True)
    return intended if isinstance(intended, list) else []


def lasting(edits: Sequence[Edit]) -> list[dict[str, Any]]:
    """Return the edits that hold for another version of the file, as plain values."""
    return [asdict(edit) for edit in edits if edit.kind in LASTING]


def _read(job: FileImport) -> dict[str, Any]:
    try:
        record = json.loads((job.folder / INTENDED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _check_texts(choice: Choice) -> None:
    """Refuse a choice that no form could have made; raises ValueError or TypeError."""
    texts = (choice.title, choice.producer, choice.licence, choice.vintage, choice.level)
    if not choice.title or not all(isinstance(t, str) and len(t) <= LONGEST for t in texts):
        raise ValueError("words of a choice")
    for measure in choice.measures:
        told = (measure.column, measure.per, measure.unit, measure.title)
        if measure.kind not in {"total", "rate"} or not all(isinstance(t, str) for t in told):
            raise ValueError("measure of a choice")
