"""Whether an edit fits a layer: it may come from a file of a stranger, so that each is checked.

It is, before it is kept and again whenever it is read.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from layers.model.layer import Field, LayerError
from layers.model.schema import validate
from layers.model.style import Style
from layers.store.description import KEY, Description
from layers.store.edits import NOT_AN_EDIT, NUMBERS, TESTS, Edit, field_of, read_number, typed_value

LONGEST: Final = 500
"""Characters of what a layer says of itself."""
COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
BOX: Final = (-180.0, -90.0, 180.0, 90.0)


def check_edit(edit: Edit, description: Description) -> Edit:
    """Return an edit that fits a layer.

    Raises
    ------
    LayerError
        It does not: says what was found and what was expected.
    """
    check = CHECKS.get(edit.kind)
    if check is None or not isinstance(edit.said, Mapping):
        raise LayerError(NOT_AN_EDIT)
    try:
        check(edit.said, description)
    except (KeyError, TypeError, ValueError) as error:
        raise LayerError(NOT_AN_EDIT) from error
    return edit


def _check_description(values: Mapping[str, Any], _description: Description) -> None:
    names = {"title", "remark", "producer", "licence", "vintage"}
    if set(values) != names or not all(isinstance(text, str) for text in values.values()):
        raise LayerError(NOT_AN_EDIT)
    longest = next((text for text in values.values() if len(text) > LONGEST), "")
    if longest or not values["title"].strip():
        raise LayerError(f"Titre et descriptions : attendu un titre, et au plus {LONGEST} signes.")


def _check_row(values: Mapping[str, Any], description: Description) -> None:
    own = [field_of(description, name) for name in values["values"]]
    fixed = [f.name for f in own if f.name not in {each.name for each in editable(description)}]
    if fixed or not isinstance(values["line"], str):
        raise LayerError(NOT_AN_EDIT)
    cells = {f.name: [typed_value(f, values["values"][f.name])] for f in own}
    validate(pd.DataFrame(cells, dtype=object), own, key=None, where=f"Ligne {values['line'][:20]}")


def editable(description: Description) -> tuple[Field, ...]:
    """Return the columns whose cells may be changed: those of the file, no place, no list."""
    fixed = {KEY.name, "commune_code", "commune", "precision", "position_note", "confidence",
             "perimeter", "perimeter_name", "former"}  # fmt: skip
    return tuple(f for f in description.fields if f.name not in fixed and f.dtype != "list")


def _check_move(values: Mapping[str, Any], description: Description) -> None:
    if description.geometry != "point":
        raise LayerError("Seul un point se déplace ; cette couche est faite de surfaces.")
    west, south, east, north = BOX
    if not (west <= values["longitude"] <= east and south <= values["latitude"] <= north):
        raise LayerError("Point : attendu des degrés, longitude et latitude.")
    texts = (values["line"], values["commune_code"], values["commune"])
    if not all(isinstance(text, str) and len(text) <= LONGEST for text in texts):
        raise LayerError(NOT_AN_EDIT)


def _check_lines(values: Mapping[str, Any], _description: Description) -> None:
    if not values["lines"] or not all(isinstance(line, str) for line in values["lines"]):
        raise LayerError("Aucune ligne cochée.")


def _check_filter(values: Mapping[str, Any], description: Description) -> None:
    if not values["column"]:
        return
    field = field_of(description, values["column"])
    if values["test"] not in TESTS or not isinstance(values["value"], str):
        raise LayerError(NOT_AN_EDIT)
    if len(values["value"]) > LONGEST:
        raise LayerError(f"Filtre : attendu au plus {LONGEST} signes.")
    if field.dtype in NUMBERS and values["test"] in {"egal", "au_moins", "au_plus"}:
        read_number(values["value"])


def _check_order(values: Mapping[str, Any], description: Description) -> None:
    if values["column"]:
        field_of(description, values["column"])
    if not isinstance(values["down"], bool):
        raise LayerError(NOT_AN_EDIT)


def _check_style(values: Mapping[str, Any], description: Description) -> None:
    style = Style(**values)
    if style.colour and not COLOUR.fullmatch(style.colour):
        raise LayerError("Couleur : elle n’est pas parmi celles qui sont proposées.")
    if len(style.letter) > 1:
        raise LayerError(f"Signe : trouvé « {style.letter[:10]} », attendu un seul caractère.")
    if style.size and field_of(description, style.size).dtype not in NUMBERS:
        raise LayerError("Taille : attendu une colonne de nombres.")
    if style.label:
        field_of(description, style.label)


CHECKS: Final[Mapping[str, Callable[[Mapping[str, Any], Description], None]]] = {
    "describe": _check_description,
    "row": _check_row,
    "move": _check_move,
    "delete": _check_lines,
    "filter": _check_filter,
    "order": _check_order,
    "style": _check_style,
}
"""What each kind of edit must say."""
