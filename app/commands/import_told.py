"""What ``atlas62 importer`` says of a file: its columns, its problems, the layer made of it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from app.imports.precisions import count_precisions, say_precisions
from app.imports.table import Table
from layers.brought.choice import Choice
from layers.brought.differences import Comparison
from layers.brought.guess import Guess
from layers.brought.making import Made
from layers.brought.problems import Problem
from layers.brought.roles import WORDS
from layers.brought.units import WORDS as WORDS_OF_ROWS
from layers.french.wording import format_percent, plural, typeset
from layers.store.adoptions import Adoption

MOST_SHOWN: Final = 10
PLACED: Final = ("ligne placée", "lignes placées")


@dataclass(frozen=True, slots=True)
class Adopted:
    """How a layer was adopted.

    Parameters
    ----------
    layer_id
        Its identifier in the store.
    replaced
        The layer that it replaces.
    beside
        The layer that has the identifier that it would have had.
    """

    layer_id: str
    replaced: Adoption | None = None
    beside: Adoption | None = None


@dataclass(slots=True)
class ImportTold:
    """All that is told of an import.

    Parameters
    ----------
    compared
        What it changes of the layer that it replaces; None where it replaces none.
    adoption
        None for a trial.
    """

    table: Table
    made: Made
    choice: Choice
    guesses: Mapping[str, Guess]
    compared: Comparison | None = None
    adoption: Adopted | None = None

    def as_record(self) -> dict[str, Any]:
        """Return plain values, for JSON."""
        adoption = self.adoption
        return {
            "file": self.table.name,
            "part": self.table.part,
            "parts": self.table.parts,
            "hidden": self.table.hidden,
            "heading": self.table.heading,
            "encoding": self.table.encoding,
            "layer": adoption.layer_id if adoption else self.made.description.id,
            "title": self.made.description.title,
            "adopted": adoption is not None,
            "replaces": adoption.replaced.told if adoption and adoption.replaced else None,
            "rows": len(self.table.frame),
            "imported": len(self.made.rows),
            "left_out": len(self.made.left_out),
            "precisions": count_precisions(self.made.rows),
            "rows_are": self.choice.level or "lieu",
            "measures": [asdict(measure) for measure in self.choice.measures]
            if self.choice.level
            else [],
            "columns": _columns_as_records(self.choice, self.guesses),
            "problems": [asdict(problem) for problem in self.made.problems],
            "differences": asdict(self.compared) if self.compared else None,
        }

    def as_text(self) -> Iterator[str]:
        """Yield lines for a person."""
        table, made = self.table, self.made
        yield from columns_as_text(table, self.choice, self.guesses)
        yield from _problems_as_text(made.problems)
        words = ("ligne jointe", "lignes jointes") if self.choice.level else PLACED
        placed = plural(len(made.rows), *words)
        yield from self._mapped_as_text()
        yield from _differences_as_text(self.compared)
        if where := say_precisions(made.rows):
            yield f"Où sont les points : {where}."
        written = f"{placed} sur {len(table.frame)}"
        if self.adoption is None:
            yield f"{written}. Essai : rien n’est ajouté."
            return
        layer_id = self.adoption.layer_id
        yield f"{written}, dans la couche « {layer_id} » ({made.description.title})."
        if self.adoption.replaced:
            yield f"Elle remplace : {self.adoption.replaced.told}."
        if self.adoption.beside:
            held = self.adoption.beside
            yield (
                f"Une autre couche a cet identifiant et reste : {held.told}. La remplacer : "
                f"--identifiant {held.description.id} --remplacer."
            )
        yield f"La retirer : atlas62 retirer {layer_id}"

    def _mapped_as_text(self) -> Iterator[str]:
        """Yield what each row is, and what is mapped of it."""
        if not self.choice.level:
            return
        yield f"Chaque ligne est {WORDS_OF_ROWS[self.choice.level]} : --lignes lieu pour la placer."
        for measure in self.choice.measures:
            kind = "total" if measure.kind == "total" else "taux"
            yield f"  sur la carte : {measure.title} ({kind})"
        if remark := self.made.description.remark:
            yield remark


def _differences_as_text(compared: Comparison | None) -> Iterator[str]:
    """Yield what changes of the layer that is replaced, its first rows one by one."""
    if compared is None:
        return
    yield f"Par rapport à la couche remplacée : {compared.counted}. {compared.found_by}"
    for one in compared.differences[:MOST_SHOWN]:
        cells = " ; ".join(
            f"{column} : {before[:60] or 'vide'} → {after[:60] or 'vide'}"
            for column, before, after in one.cells
        )
        yield f"  {one.kind} : {one.name[:60]}{f' ({cells})' if cells else ''}"
    if (more := len(compared.differences) - MOST_SHOWN) > 0:
        yield f"  et {plural(more, 'autre', 'autres')} : --differences FICHIER les écrit toutes."
    for words, columns in (
        ("nouvelles", compared.columns_added),
        ("disparues", compared.columns_gone),
    ):
        if columns:
            yield f"  colonnes {words} : {', '.join(columns)}"


def refusal_as_record(
    table: Table, choice: Choice, guesses: Mapping[str, Guess], error: str
) -> dict[str, Any]:
    """Return why a file that was read made no layer, and what its columns were taken for."""
    return {
        "file": table.name,
        "error": typeset(error),
        "adopted": False,
        "rows": len(table.frame),
        "columns": _columns_as_records(choice, guesses),
    }


def _columns_as_records(choice: Choice, guesses: Mapping[str, Guess]) -> list[dict[str, Any]]:
    return [
        {
            "name": column,
            "role": str(choice.roles[column]),
            "guessed": str(guess.role),
            "share": round(guess.share, 4),
            "samples": guess.samples,
        }
        for column, guess in guesses.items()
    ]


def columns_as_text(table: Table, choice: Choice, guesses: Mapping[str, Guess]) -> Iterator[str]:
    """Yield what was read, and what each column was taken for."""
    read = [plural(len(table.frame), "ligne")]
    if len(table.parts) > 1:
        read.append(f"« {table.part} » lue sur {len(table.parts)}")
    if table.heading > 1:
        read.append(f"noms des colonnes en ligne {table.heading}")
    if table.encoding not in {"", "UTF-8"}:
        read.append(f"encodage {table.encoding}")
    yield f"{table.name} : {', '.join(read)}."
    if not guesses:
        yield "  Le fichier n’a aucune colonne."
        return
    width = max(len(column[:30]) for column in guesses)
    for column, guess in guesses.items():
        role = choice.roles[column]
        share = "" if role is not guess.role else f" ({format_percent(guess.share, 0)})"
        yield f"  {column[:30]:{width}}  {WORDS[role]}{share}"


def _problems_as_text(problems: tuple[Problem, ...]) -> Iterator[str]:
    counts = Counter(problem.outcome for problem in problems)
    for problem in problems[:MOST_SHOWN]:
        line = f"ligne {problem.line}" if problem.line else "tout le fichier"
        column = f", colonne « {problem.column} »" if problem.column else ""
        yield (
            f"{line}{column} : trouvé « {problem.value} », attendu {problem.expected} ; "
            f"{problem.outcome}."
        )
    if len(problems) > MOST_SHOWN:
        told = ", ".join(f"{count} × {outcome}" for outcome, count in counts.items())
        yield f"En tout : {told}. Le détail : --rapport FICHIER."
