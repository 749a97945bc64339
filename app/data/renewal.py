"""A new version of a file that somebody brought: what changed is told before it replaces one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from app.exports.tables import write_csv
from app.imports.brought_file import LAYER, FileImport
from app.imports.limits import BroughtFileError
from app.readers.intended import LASTING, RENEWS, intend, lasting
from app.readers.sessions import Session
from geo.reference.places import Reference
from geo.whole_file import write_whole
from layers.brought.differences import ADDED, CHANGED, GONE, Comparison, compare_tables
from layers.french.wording import plural

MOST_SHOWN: Final = 100
"""Rows that the page shows; the file has all."""
HEADS: Final = ("Suite", "Ligne", "Avant", "Après", "Colonne", "Valeur avant", "Valeur après")
NOT_ITS_OWN: Final = "Ce fichier n’est la nouvelle version d’aucun autre."


def begin_renewal(session: Session, old: FileImport, job: FileImport) -> None:
    """Note of a file that it is the new version of another, to be read as that one was.

    Raises
    ------
    BroughtFileError
        The other has no layer yet.
    """
    if old.result is None or old.choice is None:
        raise BroughtFileError("Ce fichier n’est pas encore placé : terminez-le d’abord.")
    edits = lasting(session.store.edits(old.layer_id))
    intend(job, old.choice.to_record(), edits)
    write_whole(job.folder / RENEWS, old.folder.name)


def old_version(session: Session, job: FileImport, reference: Reference) -> FileImport | None:
    """Return the file whose new version a file is, None where it is of none that is there."""
    try:
        name = (job.folder / RENEWS).read_text(encoding="utf-8")
    except OSError:
        return None
    old = session.job(name, reference)
    return old if old is not None and old.result is not None else None


def renewal_page(session: Session, job: FileImport, reference: Reference) -> dict[str, Any]:
    """Return what the page of a new version says of the old one, empty where there is none."""
    old = old_version(session, job, reference)
    if old is None:
        return {"renews": ""}
    told = _compare(old, job)
    edits = session.store.edits(old.layer_id)
    lost = sum(edit.kind not in LASTING for edit in edits)
    counts = {
        kind: sum(one.kind == kind for one in told.differences) for kind in (ADDED, CHANGED, GONE)
    }
    said = [plural(n, f"ligne {kind}", f"lignes {kind}s") for kind, n in counts.items() if n]
    return {
        "renews": old.title,
        "differences": told.differences[:MOST_SHOWN],
        "more_differences": max(0, len(told.differences) - MOST_SHOWN),
        "renewal": ", ".join([*said, plural(told.same, "ligne inchangée", "lignes inchangées")]),
        "key": told.key,
        "columns_added": told.columns_added,
        "columns_gone": told.columns_gone,
        "lost_edits": plural(lost, "correction", "corrections") if lost else "",
    }


def differences_csv(session: Session, job: FileImport, reference: Reference) -> bytes:
    """Return what changed, a line for each cell, as CSV for Excel; raises BroughtFileError."""
    old = old_version(session, job, reference)
    if old is None:
        raise BroughtFileError(NOT_ITS_OWN)
    return write_csv(
        HEADS,
        (
            (one.kind, one.name, *(str(line or "") for line in (one.before, one.after)), *cell)
            for one in _compare(old, job).differences
            for cell in one.cells or (("", "", ""),)
        ),
    )


def replace_old(session: Session, job: FileImport, reference: Reference) -> None:
    """Give the layer of a new version the place of the old one, under its identifier.

    Links to it show the new rows. What was corrected by hand was of the old rows and goes.

    Raises
    ------
    BroughtFileError
        The old version is gone, or the new one has no layer.
    layers.store.protocol.StoreError
        The store cannot be changed.
    """
    old = old_version(session, job, reference)
    if old is None or job.result is None:
        raise BroughtFileError(NOT_ITS_OWN)
    fresh, kept = job.layer_id, old.layer_id
    made, edits = job.made, session.store.edits(fresh)
    session.store.adopt(replace(made.description, id=kept), made.rows, replace=True)
    session.store.set_edits(kept, edits)
    job.say(LAYER, kept)
    job.keep_result(kept, made)
    session.store.remove(fresh)
    (job.folder / RENEWS).unlink(missing_ok=True)
    old.forget()


def _compare(old: FileImport, job: FileImport) -> Comparison:
    roles: Mapping[str, Any] = job.choice.roles if job.choice else {}
    return compare_tables(old.table.frame, job.table.frame, roles)
