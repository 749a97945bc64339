"""A file on its way to the map, as its page shows it: the guess, the progress, the report."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.data.layers import FORMATS
from app.exports.tables import iterate_rows, write_cell
from app.imports.brought_file import FileImport
from app.imports.geocoded_rows import Progress
from app.imports.summary import Summary
from app.imports.turns import GEOCODE, MAKE, PLACE, TAKE_IN
from app.parts.typography import typeset
from app.web import addresses as urls
from layers.brought.choice import LONGEST, Choice
from layers.brought.guess import Guess
from layers.brought.problems import BroughtError
from layers.brought.roles import WORDS, Role
from layers.catalogue.layers import Catalogue
from layers.french.wording import format_date, format_euros, format_number, plural
from layers.model.schema import Field

MOST_PROBLEMS: Final = 100
"""Shown on the page; the report has them all."""
MOST_ROWS: Final = 20
"""Of the layer, shown on the page."""
MOST_COLUMNS: Final = 6
LONGEST_LINE_NUMBER: Final = 8
DAY: Final = len("2026-01-01")

STEPS: Final = {
    TAKE_IN: "Lecture du fichier",
    PLACE: "Vérification des positions",
    GEOCODE: "Placement des adresses",
    MAKE: "Fabrication de la couche",
}
"""What each step of the queue is called for people."""

ROLE: Final = "role-"
"""Begins the name of the choice of each column in the form; its number follows."""


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column, the role it has and why.

    Parameters
    ----------
    field
        Name of its choice in the form.
    """

    field: str
    name: str
    role: Role
    guess: Guess


def columns_page(job: FileImport, refused: str = "", kept: Choice | None = None) -> dict[str, Any]:
    """Return what the template of the columns speaks of.

    Parameters
    ----------
    refused
        Why the choice that was sent cannot be used.
    kept
        That choice, shown again.
    """
    guesses = job.guess()
    summary = job.summary
    choice = kept or job.choice or Choice.guessed(summary.name, guesses)
    return {
        "table": summary,
        "choice": choice,
        "columns": [
            ColumnView(f"{ROLE}{number}", name, choice.roles.get(name, guess.role), guess)
            for number, (name, guess) in enumerate(guesses.items())
        ],
        "roles": WORDS,
        "told": summary.told,
        "refused": refused,
        "rows": plural(summary.rows, "ligne"),
        "placed": summary.placed,
    }


def waiting_words(step: str, place: int) -> str:
    """Say where a file is in the queue, in a French sentence.

    Parameters
    ----------
    step
        That waits or is taken.
    place
        From 1; 0 when it is being taken.
    """
    if not place:
        return f"{STEPS.get(step, 'Lecture')} en cours."
    if place == 1:
        return "Premier de la file d’attente : son tour vient dès qu’une place se libère."
    return f"{place}ᵉ de la file d’attente ; deux fichiers sont lus à la fois."


def placing_words(progress: Progress, place: int) -> str:
    """Say how many addresses are placed, and whether others have their turn meanwhile."""
    done = f"{format_number(progress.done)} adresses placées sur {format_number(progress.total)}."
    return f"{done} D’autres fichiers ont leur tour avant la suite." if place else done


def read_choice(job: FileImport, form: Mapping[str, str]) -> Choice:
    """Read the form of the columns.

    Raises
    ------
    BroughtError
        A role is none that exists.
    """
    roles, summary = {}, job.summary
    for number, name in enumerate(summary.guesses):
        role = form.get(f"{ROLE}{number}", Role.IGNORED)
        if role not in list(Role):
            raise BroughtError(f"Colonne « {name} » : rôle inconnu.")
        roles[str(name)] = Role(role)
    title = " ".join(form.get("titre", "").split())[:LONGEST]
    texts = [" ".join(form.get(n, "").split())[:LONGEST] for n in ("producteur", "licence", "date")]
    return Choice(title or summary.name[:LONGEST], roles, *texts)


def read_heading(form: Mapping[str, str], summary: Summary) -> int:
    """Return the line that the form says to hold the names of the columns.

    Raises
    ------
    BroughtError
        It is no number of a line.
    """
    text = form.get("entete", "").strip()
    if not text:
        return summary.heading
    if not (text.isascii() and text.isdecimal() and len(text) < LONGEST_LINE_NUMBER):
        raise BroughtError(
            f"Ligne des noms de colonnes : trouvé « {text[:20]} », attendu un numéro de ligne, "
            "0 si aucune ne les porte."
        )
    return int(text)


def result_page(result: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """Return what the template of a layer that was made speaks of."""
    layer = catalogue.layer(result["layer"])
    rows = catalogue.load(layer.id)
    shown = tuple(field for field in layer.fields if field.name != layer.key)[:MOST_COLUMNS]
    problems = result["problems"]
    return {
        "layer": layer,
        "result": result,
        "placed": plural(result["imported"], "ligne placée", "lignes placées"),
        "left": plural(len(result["left_out"]), "ligne écartée", "lignes écartées"),
        "outcomes": Counter(problem.outcome for problem in problems),
        "problems": problems[:MOST_PROBLEMS],
        "more": max(0, len(problems) - MOST_PROBLEMS),
        "fields": shown,
        "sample": [
            [_written(field, value) for field, value in zip(shown, values, strict=True)]
            for values in iterate_rows(shown, rows.head(MOST_ROWS))
        ],
        "precisions": Counter(rows["precision"]) if "precision" in rows else {},
        "downloads": {
            words: urls.layer_file_url(layer.id, ending) for ending, words in FORMATS.items()
        },
        "gaps_url": f"{urls.GAPS}?service={layer.id}" if layer.geometry == "point" else "",
        "map_url": urls.layer_url(layer.id),
    }


def _written(field: Field, value: Any) -> str:  # noqa: ANN401 - of the field's type
    """Write a value for a person to read; a file writes it for programs."""
    if value is None:
        return ""
    match field.dtype:
        case "money":
            return format_euros(value)
        case "int" | "float":
            return format_number(value)
        case "date":
            return format_date(date.fromisoformat(value)) if len(value) == DAY else str(value)
        case _:
            return typeset(write_cell(field, value))
