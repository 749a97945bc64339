"""Adopting: the layer of a visitor's file among those of all readers.

A title is no identity: what is adopted is one more layer, unless its visitor asks to replace one
that they have adopted themselves. The page says which.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from app.imports.brought_file import FileImport
from app.readers.context import Readers
from app.readers.sessions import Session
from app.sign_on.permission import Permission
from app.sign_on.undoing import adoption_noted
from geo.whole_file import write_whole
from layers.store.adoptions import Adoption
from layers.store.backups import OPERATOR
from layers.store.protocol import StoreError

ADOPTED: Final = "adopted.json"
"""File of an import that says what was adopted of it."""
SOURCE_SIGNS: Final = 12
"""Of the name of a visitor's folder: they tell visitors apart and open nothing."""
NOT_ALLOWED: Final = "L’adoption depuis cette page n’est pas permise ici."
NOT_SIGNED_ON: Final = (
    "Pour adopter une couche, connectez-vous (/connexion) avec un rôle de chargé de mission."
)


def adopt(
    readers: Readers, session: Session, job: FileImport, permission: Permission, asked: str = ""
) -> None:
    """Put the layer of a file among those of all readers; what was adopted already stays as it is.

    Parameters
    ----------
    permission
        Says under which name it is noted, and holds the journal meanwhile.
    asked
        Identifier of the layer to replace; empty for one more layer.

    Raises
    ------
    StoreError
        The layer to replace is not this visitor's, or the store cannot be changed.
    """
    source, store = _source(session, permission), readers.store
    own, rows = session.store.edited(job.layer_id)
    replaced = None
    with permission.noting() as noting:
        if asked:
            description = replace(own, id=asked)
            replaced = store.adopt(description, rows, replace=True, source=source)
        elif _record(job).get("layer") in store.adoptions():
            return
        else:
            taken = frozenset(readers.shared.catalogue.layers)
            description = store.add(own, rows, source=source, taken=taken)
        noting.change = adoption_noted(store, permission.author(), description, len(rows), replaced)
    record = {"layer": description.id, "replaced": replaced.told if replaced else ""}
    write_whole(job.folder / ADOPTED, json.dumps(record, ensure_ascii=False))


def adoption_page(
    readers: Readers, session: Session, job: FileImport, title: str, permission: Permission
) -> dict[str, Any]:
    """Return what the page of a layer says of its adoption, where it is allowed."""
    held: Mapping[str, Adoption] = {}
    problem = ""
    try:
        held = readers.store.adoptions()
    except StoreError as error:
        problem = str(error)
    source, record = _source(session, permission), _record(job)
    own = [each for each in held.values() if source in {each.source, OPERATOR}]
    return {
        "store_problem": problem,
        "adopted": held.get(record.get("layer", "")),
        "replaced": record.get("replaced", ""),
        "own": own,
        "namesakes": [*_namesakes(held, title, own)],
    }


def _namesakes(held: Mapping[str, Adoption], title: str, own: list[Adoption]) -> list[Adoption]:
    return [each for each in held.values() if each.description.title == title and each not in own]


def _source(session: Session, permission: Permission) -> str:
    return permission.source(session.folder.name[:SOURCE_SIGNS])


def _record(job: FileImport) -> dict[str, str]:
    try:
        record: dict[str, str] = json.loads((job.folder / ADOPTED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record
