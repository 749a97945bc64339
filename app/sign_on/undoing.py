"""Undoing a line of the journal: the layer or the position is again what it was before."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from layers.french.wording import plural
from layers.model.schema import LayerError
from layers.placing.corrections import Correction, go_back
from layers.store.adoptions import Adoption
from layers.store.backups import OPERATOR
from layers.store.description import Description
from layers.store.journal import Change, Journal, Line
from layers.store.protocol import Store

BY_COMMAND: Final[Mapping[str, str]] = {
    "source": "« atlas62 actualiser », avec --revenir, revient aux données d’avant.",
    "restauration": "« atlas62 restaurer » revient au magasin d’avant.",
    "délibération": "elle est dans les fichiers de données : reprenez la copie d’avant.",
    "brouillon": "un brouillon n’a rien changé : retirez son dossier.",
}
"""Kind of change → why it is not undone here."""


@dataclass(frozen=True, slots=True)
class Undoing:
    """What lines are undone in.

    Parameters
    ----------
    data
        Folder of the facts, where corrections stand.
    """

    journal: Journal
    store: Store
    data: Path

    def undo(self, number: int, who: str) -> None:
        """Undo a line, and write that into the journal.

        Raises
        ------
        LayerError, StoreError
            There is no such line, it is undone, something came after it, or what was before is
            no longer there; nothing is changed.
        """
        acts: dict[str, Callable[[Change], None]] = {
            "adoption": self._layer,
            "retrait": self._layer,
            "correction": self._correction,
        }
        with self.journal.noting() as noting:
            line = self._line(number)
            change = line.change
            if change.kind not in acts:
                raise LayerError(f"Ligne {number} : {BY_COMMAND[change.kind]}")
            newest = self.journal.newest_of(change.subject)
            if newest is not None and newest.number != number:
                raise LayerError(
                    f"Ligne {number} : changé depuis par la ligne {newest.number} ; annulez "
                    "d’abord celle-ci."
                )
            acts[change.kind](change)
            noting.change = Change(
                who, change.kind, change.subject, f"Annule la ligne {number} : {change.what}",
                change.after, change.before, undoes=number,
            )  # fmt: skip

    def _line(self, number: int) -> Line:
        line = next((one for one in self.journal.lines() if one.number == number), None)
        if line is None:
            raise LayerError(f"Ligne {number} : absente du journal.")
        if line.undone is not None:
            raise LayerError(f"Ligne {number} : déjà annulée par la ligne {line.undone}.")
        if line.change.undoes is not None:
            raise LayerError(f"Ligne {number} : une annulation ne s’annule pas, refaites le geste.")
        return line

    def _layer(self, change: Change) -> None:
        layer_id = change.subject.partition(":")[2]
        if not change.before:
            self.store.remove(layer_id)
            return
        name = str(change.before.get("backup", ""))
        backup = next((one for one in self.store.backups() if one.name == name), None)
        if backup is None:
            raise LayerError(f"La sauvegarde d’avant ({name or 'sans nom'}) n’est plus là.")
        content = self.store.open_backup(backup)
        held = content.adoptions().get(layer_id)
        if held is None:
            raise LayerError(f"La sauvegarde {name} n’a pas la couche « {layer_id} ».")
        rows = content.read(held.description)
        today = self.store.adoptions().get(layer_id)
        kept = today is not None and today.source == held.source
        source = held.source if kept else OPERATOR
        self.store.adopt(held.description, rows, replace=today is not None, source=source)

    def _correction(self, change: Change) -> None:
        before = Correction(**change.before) if change.before else None
        go_back(Correction(**change.after), before, self.data)


def adoption_noted(
    store: Store, who: str, description: Description, rows: int, replaced: Adoption | None
) -> Change:
    """Return what the journal says of an adoption.

    To be asked right after it, while the journal is held: the newest backup is then the store as
    it was before.
    """
    words = f"Adopte la couche « {description.title} » ({description.id}, {plural(rows, 'ligne')})"
    before = layer_as_it_was(store, replaced) if replaced else {}
    after = {"title": description.title, "rows": rows}
    told = f"{words}, qui remplace {replaced.told}." if replaced else f"{words}."
    return Change(who, "adoption", f"couche:{description.id}", told, before, after)


def layer_as_it_was(store: Store, held: Adoption) -> dict[str, Any]:
    """Return what a layer was, and in which backup it is: the newest, right after a change."""
    backups = store.backups()
    name = backups[0].name if backups else ""
    return {"title": held.description.title, "rows": held.rows, "backup": name}


def correction_noted(who: str, correction: Correction, before: Correction | None) -> Change:
    """Return what the journal says of a correction."""
    return Change(
        who,
        "correction",
        f"position:{correction.layer}/{correction.key}",
        f"Corrige la position de « {correction.name} » : {correction.reason}",
        asdict(before) if before else {},
        asdict(correction),
    )
