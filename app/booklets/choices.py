"""What the form of the page *Livrets* offers."""

from typing import Any, Final
from urllib.parse import parse_qsl

from app.booklets.form import (
    BATCH_OUTPUTS,
    BATCHES,
    CAPTION,
    LEVEL,
    ORIENTATIONS,
    OUTPUTS,
    PAPERS,
    Form,
)
from app.exports.booklet.scene.request import DEFAULT_LAYERS
from app.exports.booklet.scene.words import filter_note
from app.parts.typography import shown_name, typeset
from app.view.class_choice import METHODS, USUAL_CLASSES
from app.view.levels import LEVEL_NAMES, low
from app.view.state import Drawing, parse_view
from app.view.words import make_vocabulary
from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.background import FOND, TITLE, has_background
from layers.catalogue.layers import Catalogue
from layers.catalogue.selection import find_perimeter
from layers.french.wording import plural
from layers.indicators.definition import Indicator
from layers.indicators.every import list_indicators
from layers.model.layer import LayerError

GROUPS: Final = (
    (Level.TERRITORY, "Territoires de la MDADT"),
    (Level.EPCI, "EPCI"),
    (Level.MDS, "Secteurs des MDS"),
    (Level.CANTON, "Cantons"),
    (Level.COMMUNE, "Communes"),
)


DRAWINGS: Final = {Drawing.COLOURS: "en aplats", Drawing.CIRCLES: "en cercles"}


def choices_of(catalogue: Catalogue, form: Form, own: frozenset[str]) -> dict[str, Any]:
    """Return what the template of the form speaks of.

    Parameters
    ----------
    own
        Identifiers of the layers that this reader alone sees.
    """
    perimeter = find_perimeter(catalogue, form.place).perimeter
    shown = DEFAULT_LAYERS[perimeter.level] if form.layers is None else form.layers
    points = [one for one in catalogue.layers.values() if one.local]
    ground = [(FOND, f"Fond : {low(TITLE)}", FOND in shown)] if has_background(catalogue) else []
    return {
        "form": form,
        "name": shown_name(catalogue.reference, perimeter),
        "contracts": _contracts(catalogue),
        "groups": [(title, _places(catalogue, level)) for level, title in GROUPS],
        "papers": PAPERS,
        "orientations": ORIENTATIONS,
        "layers": [
            *(
                (one.id, f"{one.title} (à vous)" if one.id in own else one.title, one.id in shown)
                for one in points
            ),
            *ground,
        ],
        "usual_layers": {str(level): layers for level, layers in DEFAULT_LAYERS.items()},
        "usual": form.layers is None or set(form.layers) == set(DEFAULT_LAYERS[perimeter.level]),
        "settings": _settings_words(catalogue, form),
        "operations": _operations(catalogue, form.place),
        "caption": CAPTION,
        "captions": dict(form.captions),
        "indicators": _indicators(catalogue),
        "outputs": OUTPUTS,
        "batches": {what: (title, count_pages(catalogue, what)) for what, title in BATCHES.items()},
        "batch_outputs": BATCH_OUTPUTS,
    }


def count_pages(catalogue: Catalogue, what: str) -> int:
    """Return how many pages a batch has."""
    if what == "contrats":
        return len(_contracts(catalogue))
    level = Level.EPCI if what == "epci" else Level.COMMUNE
    return len(catalogue.reference.perimeters(level))


def _settings_words(catalogue: Catalogue, form: Form) -> str:
    """Say how the view of the Explorer is set that the page is to look like."""
    given = dict(parse_qsl(form.settings))
    view, _ = parse_view(form.settings, make_vocabulary(catalogue))
    classes = view.classes
    words = [
        f"par {low(LEVEL_NAMES[Level(given[LEVEL])])}" if LEVEL in given else "",
        DRAWINGS[view.drawing] if view.drawing else "",
        low(METHODS[classes.method]).partition("…")[0] if classes != USUAL_CLASSES else "",
        plural(classes.classes, "classe") if classes.classes else "",
        f"palette {classes.palette}" if classes.palette else "",
        filter_note(view.operations, catalogue).removesuffix(".").replace("O", "o", 1),
    ]
    return ", ".join(word for word in words if word)


def _indicators(catalogue: Catalogue) -> dict[str, list[Indicator]]:
    """Return every indicator under the heading that it has in the Explorer."""
    groups: dict[str, list[Indicator]] = {}
    for one in catalogue.derive_own(list_indicators).values():
        groups.setdefault(one.group, []).append(one)
    return groups


def _contracts(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    """Return each contract as a choice, with its words and the level of its place."""
    try:
        rows = catalogue.load("contrats").to_dict("records")
    except LayerError:
        return []
    return [
        (
            f"contrat:{row['id']}",
            typeset(f"{row['partner']}, {row['start_year']}"),
            str(Perimeter.parse(row["perimeter"]).level),
        )
        for row in rows
    ]


def _places(catalogue: Catalogue, level: Level) -> list[tuple[str, str]]:
    reference = catalogue.reference
    return [(str(p), shown_name(reference, p)) for p in reference.perimeters(level)]


def _operations(catalogue: Catalogue, place: str) -> list[dict[str, Any]]:
    """Return every operation: its title, the choices it lies in, whether this is one."""
    try:
        held = catalogue.derive(_places_of_operations)
        rows = catalogue.load("operations").sort_values(["contract", "number"])
    except LayerError:
        return []
    return [
        {
            "id": row["id"],
            "title": row["title"],
            "places": " ".join(held[row["id"]]),
            "here": place in held[row["id"]],
        }
        for row in rows.to_dict("records")
    ]


def _places_of_operations(catalogue: Catalogue) -> dict[str, list[str]]:
    """Return, by operation, the written form of every choice that it lies in."""
    reference = catalogue.reference
    choices = {str(p): p for level, _ in GROUPS for p in reference.perimeters(level)}
    choices[str(DEPARTEMENT)] = DEPARTEMENT
    for contract, _, _ in _contracts(catalogue):
        choices[contract] = find_perimeter(catalogue, contract).perimeter
    rows = catalogue.load("operations")
    held: dict[str, list[str]] = {operation: [] for operation in rows["id"]}
    for choice, perimeter in choices.items():
        members = frozenset(reference.members(perimeter))
        for operation, commune in zip(rows["id"], rows["commune_code"], strict=True):
            if commune in members:
                held[operation].append(choice)
    return held
