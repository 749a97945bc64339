"""A new version of a file that somebody brought: what changed is told before it replaces one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from app.exports.differences import differences_csv
from app.imports.brought_file import FileImport
from app.imports.file_folder import LAYER
from app.imports.limits import BroughtFileError
from app.readers.intended import LASTING, RENEWS, intend, lasting
from app.readers.sessions import Session
from geo.reference.places import Reference
from geo.whole_file import write_whole
from layers.brought.differences import Comparison, compare_tables
from layers.brought.problems import NOT_TAKEN_UP
from layers.french.wording import plural

MOST_SHOWN: Final = 100
"""Rows that the page shows; the file has all."""
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
    problems = job.result["problems"] if job.result else []
    lost = sum(one.outcome == NOT_TAKEN_UP for one in problems)
    carried = sum(edit.kind not in LASTING for edit in session.store.edits(job.layer_id))
    return {
        "renews": old.title,
        "differences": told.differences[:MOST_SHOWN],
        "more_differences": max(0, len(told.differences) - MOST_SHOWN),
        "renewal": f"{told.counted}. {told.found_by}",
        "columns_added": told.columns_added,
        "columns_gone": told.columns_gone,
        "lost_edits": plural(lost, "modification", "modifications") if lost else "",
        "carried_edits": plural(carried, "modification", "modifications") if carried else "",
    }


def renewal_csv(session: Session, job: FileImport, reference: Reference) -> bytes:
    """Return what changed, a line for each cell, as CSV for Excel; raises BroughtFileError."""
    old = old_version(session, job, reference)
    if old is None:
        raise BroughtFileError(NOT_ITS_OWN)
    return differences_csv(_compare(old, job).differences)


def replace_old(session: Session, job: FileImport, reference: Reference) -> None:
    """Give the layer of a new version the place of the old one, under its identifier.

    Links to it show the new rows, with what was corrected by hand as far as it could be taken up.

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
    told = [one for one in job.result["problems"] if one.outcome == NOT_TAKEN_UP]
    session.store.adopt(replace(made.description, id=kept), made.rows, replace=True)
    session.store.set_edits(kept, edits)
    job.say(LAYER, kept)
    job.keep_result(kept, made, len(job.table.frame), told)
    session.store.remove(fresh)
    (job.folder / RENEWS).unlink(missing_ok=True)
    old.forget()


def _compare(old: FileImport, job: FileImport) -> Comparison:
    roles: Mapping[str, Any] = job.choice.roles if job.choice else {}
    return compare_tables(old.table.frame, job.table.frame, roles)
