"""What the page of a file says of it, kept so that no request has to read the file's table."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from app.imports.limits import BroughtFileError
from app.imports.table import Table
from geo.reference.places import Reference
from geo.whole_file import write_whole
from layers.brought.choice import Choice
from layers.brought.guess import Guess, guess_roles
from layers.brought.problems import WHOLE_FILE, Problem
from layers.brought.roles import Role
from layers.brought.units import guess_rows
from layers.brought.values.whole_codes import with_whole_codes
from layers.model.measures import Measure

SUMMARY: Final = "summary.json"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a file holds, in short.

    Parameters
    ----------
    name
        Name of the file.
    part, parts, hidden
        Sheet or layer that was read, all that there are, and those that a workbook does not show.
    heading
        Line of the names of the columns; 0 where no line holds them.
    told
        What was mended or not read of the whole file.
    rows
        Number of rows.
    placed
        Whether each row has its geometry already.
    guesses
        The role of each column, in the file's order.
    level
        Of which each row seems to be a perimeter; empty where each is a place.
    measures
        How its numbers seem to be mapped.
    """

    name: str
    part: str
    parts: tuple[str, ...]
    hidden: tuple[str, ...]
    heading: int
    told: tuple[Problem, ...]
    rows: int
    placed: bool
    guesses: dict[str, Guess]
    level: str = ""
    measures: tuple[Measure, ...] = ()

    @property
    def choice(self) -> Choice:
        """What is made of the file, as guessed."""
        return Choice.guessed(self.name, self.guesses, self.level, self.measures)


def summarise(table: Table, reference: Reference) -> Summary:
    """Return what the page of a table says of it."""
    placed = table.geometry is not None
    guesses = guess_roles(table.frame, reference, placed=placed, kinds=table.kinds)
    roles = {column: guess.role for column, guess in guesses.items()}
    level, measures = guess_rows(
        with_whole_codes(table.frame, roles)[0], roles, reference, placed=placed
    )
    return Summary(
        name=table.name,
        part=table.part,
        parts=table.parts,
        hidden=table.hidden,
        heading=table.heading,
        told=tuple(problem for problem in table.problems if problem.line == WHOLE_FILE),
        rows=len(table.frame),
        placed=placed,
        guesses=guesses,
        level=level,
        measures=measures,
    )


def keep_summary(summary: Summary, folder: Path) -> None:
    """Write a summary into a folder, for :func:`load_summary`."""
    write_whole(folder / SUMMARY, json.dumps(asdict(summary)))


def load_summary(folder: Path) -> Summary:
    """Return the summary that was kept in a folder.

    Raises
    ------
    BroughtFileError
        There is none.
    """
    try:
        record = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BroughtFileError("Ce fichier n’est plus là : apportez-le de nouveau.") from error
    guesses = {
        name: Guess(Role(guess["role"]), guess["share"], tuple(guess["samples"]))
        for name, guess in record["guesses"].items()
    }
    told = tuple(Problem(**problem) for problem in record["told"])
    lists = {name: tuple(record[name]) for name in ("parts", "hidden")}
    measures = tuple(Measure(**measure) for measure in record.get("measures", ()))
    return Summary(**{**record, **lists, "told": told, "guesses": guesses, "measures": measures})
