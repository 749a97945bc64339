"""A file on its way to the map, as its page shows it: the guess, the progress, the report."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.data.layers import FORMATS
from app.exports.tables import iterate_rows, write_cell
from app.imports.brought_file import FileImport
from app.imports.geocoded_rows import Progress
from app.imports.precisions import say_precisions
from app.imports.summary import Summary
from app.imports.turns import GEOCODE, MAKE, PLACE, TAKE_IN
from app.parts.typography import typeset
from app.web import addresses as urls
from geo.perimeter import Level
from layers.brought.choice import LONGEST, Choice
from layers.brought.guess import Guess
from layers.brought.measured import LONGEST_UNIT, NUMERIC, title_of
from layers.brought.problems import BroughtError
from layers.brought.roles import WORDS, Role
from layers.brought.units import WORDS as LEVELS_OF_ROWS
from layers.catalogue.layers import Catalogue
from layers.french.wording import format_date, format_euros, format_number, plural
from layers.indicators.every import list_indicators
from layers.model.layer import Layer
from layers.model.measures import HOUSEHOLDS, INHABITANTS, Measure
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

ROWS: Final = "lignes"
"""Name of the choice of what a row is."""
MEASURE, PER, UNIT = "mesure-", "rapport-", "unite-"
"""Begin the names of what is chosen of how a column of numbers is mapped."""
KINDS: Final = {"total": "un total", "rate": "un taux ou une moyenne"}
BASES: Final = {INHABITANTS: "les habitants", HOUSEHOLDS: "les ménages"}
ROLE: Final = "role-"
"""Begins the name of the choice of each column in the form; its number follows."""


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column, the role it has and why.

    Parameters
    ----------
    field
        Name of its choice in the form.
    number
        Its place among the columns, which ends the names of its other fields.
    measure
        How it is mapped, None where it is not.
    """

    field: str
    name: str
    role: Role
    guess: Guess
    number: int
    measure: Measure | None

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers, which can be mapped."""
        return self.role in NUMERIC


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
    choice = kept or job.choice or summary.choice
    measures = {measure.column: measure for measure in choice.measures}
    return {
        "table": summary,
        "choice": choice,
        "columns": [
            ColumnView(
                f"{ROLE}{number}",
                name,
                choice.roles.get(name, guess.role),
                guess,
                number,
                measures.get(name),
            )
            for number, (name, guess) in enumerate(guesses.items())
        ],
        "levels": LEVELS_OF_ROWS,
        "kinds": KINDS,
        "bases": BASES,
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
    placed = plural(progress.done, "adresse placée", "adresses placées")
    done = f"{placed} sur {format_number(progress.total)}."
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
    producer, licence, vintage = (
        " ".join(form.get(name, "").split())[:LONGEST] for name in ("producteur", "licence", "date")
    )
    level = form.get(ROWS, "")
    if level not in LEVELS_OF_ROWS:
        raise BroughtError("Ce qu’est une ligne : trouvé une réponse inconnue.")
    measures = tuple(read_measures(roles, form))
    title = title or summary.name[:LONGEST]
    return Choice(title, roles, producer, licence, vintage, level, measures)


def read_measures(roles: Mapping[str, Role], form: Mapping[str, str]) -> Iterator[Measure]:
    """Yield how each column of numbers is mapped, as the form says.

    Raises
    ------
    BroughtError
        It is mapped in no way that there is.
    """
    for number, (heading, role) in enumerate(roles.items()):
        kind = form.get(f"{MEASURE}{number}", "")
        if role not in NUMERIC or not kind:
            continue
        per = form.get(f"{PER}{number}", "")
        if kind not in KINDS or (per and per not in BASES and per not in roles):
            raise BroughtError(f"Colonne « {heading} » : façon de la mettre sur la carte inconnue.")
        unit = " ".join(form.get(f"{UNIT}{number}", "").split())[:LONGEST_UNIT]
        title = title_of(heading)
        if kind == "total":
            yield Measure(heading, "total", per if per != heading else "", unit, title)
        else:
            yield Measure(heading, "rate", unit=unit, title=title)


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
    painted = indicators_of(catalogue, layer)
    rows = catalogue.load(layer.id)
    shown = tuple(field for field in layer.fields if field.name != layer.key)[:MOST_COLUMNS]
    problems = result["problems"]
    return {
        "layer": layer,
        "result": result,
        "placed": plural(result["imported"], *_done_words(layer)),
        "indicators": painted,
        "left": plural(len(result["left_out"]), "ligne écartée", "lignes écartées"),
        "outcomes": Counter(problem.outcome for problem in problems),
        "problems": problems[:MOST_PROBLEMS],
        "more": max(0, len(problems) - MOST_PROBLEMS),
        "fields": shown,
        "sample": [
            [_written(field, value) for field, value in zip(shown, values, strict=True)]
            for values in iterate_rows(shown, rows.head(MOST_ROWS))
        ],
        "precisions": say_precisions(rows),
        "downloads": {
            words: urls.layer_file_url(layer.id, ending) for ending, words in FORMATS.items()
        },
        "gaps_url": f"{urls.GAPS}?service={layer.id}" if layer.geometry == "point" else "",
        "map_url": painted[0][2] if painted and layer.joining else urls.layer_url(layer.id),
    }


def indicators_of(catalogue: Catalogue, layer: Layer) -> list[tuple[str, str, str]]:
    """Return the indicators that are counted from a layer: title, words, and address of its map."""
    shown = layer.joining.level if layer.joining else ""
    level = Level(shown) if shown in list(Level) else Level.EPCI
    return [
        (one.title, one.meaning, urls.indicator_url(one.id, level))
        for one in catalogue.derive_own(list_indicators).values()
        if one.brought == layer.id
    ]


def _done_words(layer: Layer) -> tuple[str, str]:
    if layer.joining is None:
        return "ligne placée", "lignes placées"
    return "ligne jointe à son territoire", "lignes jointes à leur territoire"


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
