"""Changes that a form of the workbench asks for, as edits of the layer."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from app.data.workbench import LONGEST_CELL, listed_rows, made_id, written_cell
from app.imports.brought_file import FileImport
from app.imports.held import held
from app.imports.limits import BroughtFileError
from app.readers.context import Readers
from app.readers.sessions import Session
from geo.crs import EXCHANGE
from geo.reference.places import Reference
from layers.brought.positions import INSIDE, Ground
from layers.brought.values.dates import date_parser
from layers.brought.values.numbers import amount_parser, number_parser
from layers.model.layer import Field, Layer, LayerError
from layers.store.description import KEY, Description
from layers.store.edit_checks import editable
from layers.store.edited_rows import passing
from layers.store.edits import TESTS, Edit, field_of

PATIENCE: Final = 5.0
"""Seconds that a change waits for another one of the same layer."""
WORDS: Final = {
    "decrire": ("describe", (("title", "titre"), ("remark", "description"),
                             ("producer", "producteur"), ("licence", "licence"),
                             ("vintage", "date"))),
    "habiller": ("style", (("colour", "couleur"), ("letter", "signe"), ("size", "taille"),
                           ("label", "etiquette"))),
}  # fmt: skip
"""Of the forms that say texts alone: the kind of edit, and what each field of theirs says."""


class Changed:
    """The rows that a change is about.

    Parameters
    ----------
    readers
        Who sees what.
    layer_id
        The layer.
    asked
        The query of the address, from outside.
    """

    def __init__(self, readers: Readers, layer_id: str, asked: Mapping[str, str]) -> None:
        self.reference: Reference = readers.shared.reference
        self.layer: Layer = readers.catalogue.layer(layer_id)
        self.rows: gpd.GeoDataFrame = readers.catalogue.load(layer_id)
        self.asked = asked

    def row(self, line: str) -> dict[str, Any]:
        """Return one row, or raise LayerError."""
        own = self.rows[self.rows[KEY.name] == line].to_dict("records")
        if not own:
            raise LayerError(f"Ligne « {line[:20]} » : elle n’est pas, ou plus, dans la couche.")
        return dict(own[0])


def change_layer(
    session: Session, job: FileImport, form: Mapping[str, Any], lines: list[str], rows: Changed
) -> None:
    """Make the change that a form asks for, or undo the last one.

    Parameters
    ----------
    lines
        Those that were ticked.
    rows
        The layer as its visitor sees it, and what the address asks of it.

    Raises
    ------
    LayerError
        The change does not fit the layer.
    BroughtFileError
        Another change of the same layer is on its way.
    """
    layer_id = made_id(job)
    with held(job.folder, PATIENCE) as ours:
        if not ours:
            raise BroughtFileError(
                "Un autre changement de cette couche est en cours : recommencez."
            )
        if form.get("faire") == "annuler":
            # a button that is pressed twice takes back the change that it names, not the one before
            if form.get("rang") == str(len(session.store.edits(layer_id))):
                session.store.undo(layer_id)
        else:
            made = session.store.adoptions()[layer_id].description
            session.store.edit(layer_id, _edit(form, lines, made, rows))
    session.forget_drawn()


def _edit(form: Mapping[str, Any], lines: list[str], made: Description, rows: Changed) -> Edit:
    """Return what a form asks for."""
    texts = {name: " ".join(str(form.get(name, "")).split()) for name in form}
    asked = texts.get("faire", "")
    if asked in WORDS:
        return Edit(WORDS[asked][0], {name: texts.get(k, "") for name, k in WORDS[asked][1]})
    makers: Mapping[str, Callable[[], Edit]] = {
        "ligne": lambda: _edit_row(form, made, rows),
        "deplacer": lambda: _move(texts, rows),
        "retirer": lambda: Edit("delete", {"lines": lines}),
        "retirer_filtre": lambda: _delete_listed(made, rows),
        "filtrer": lambda: _filter(texts, made, rows),
        "ordre": lambda: Edit(
            "order", {"column": texts.get("tri", ""), "down": texts.get("sens") == "decroissant"}
        ),
    }
    if asked not in makers:
        raise LayerError("Ce qu’il faut faire : trouvé une demande inconnue.")
    return makers[asked]()


def _delete_listed(made: Description, rows: Changed) -> Edit:
    listed = listed_rows(made, rows.rows, rows.asked)
    if len(listed) == len(rows.rows):
        raise LayerError("Aucun filtre : toute la couche serait retirée. Retirez le fichier.")
    return Edit("delete", {"lines": listed[KEY.name].tolist()})


def _edit_row(form: Mapping[str, Any], made: Description, rows: Changed) -> Edit:
    line = str(form.get("ligne", ""))
    row, values = rows.row(line), {}
    for field in editable(made):
        text = form.get(f"case-{field.name}")
        if text is None or text == written_cell(field, row[field.name]):
            continue
        values[field.name] = read_cell(field, str(text)[:LONGEST_CELL])
    if not values:
        raise LayerError(f"Ligne {line} : rien n’a changé.")
    return Edit("row", {"line": line, "values": values})


def _move(texts: Mapping[str, str], rows: Changed) -> Edit:
    line = texts.get("ligne", "")
    rows.row(line)
    try:
        lon, lat = (
            float(texts.get(name, "").replace(",", ".")) for name in ("longitude", "latitude")
        )
    except ValueError as error:
        raise LayerError("Point : attendu une longitude et une latitude en degrés.") from error
    verdict, points = Ground(rows.reference).judge(
        gpd.GeoSeries.from_xy([lon], [lat], crs=EXCHANGE)
    )
    if verdict.where.iloc[0] != INSIDE:
        raise LayerError(
            f"Point {lon:g}, {lat:g} : attendu un point du Pas-de-Calais ou de ses abords."
        )
    point = points.iloc[0]
    return Edit(
        "move",
        {
            "line": line, "longitude": point.x, "latitude": point.y,
            "commune_code": verdict.codes.iloc[0], "commune": verdict.names.iloc[0],
        },
    )  # fmt: skip


def _filter(texts: Mapping[str, str], made: Description, rows: Changed) -> Edit:
    column = texts.get("colonne", "")
    edit = Edit(
        "filter",
        {"column": column, "test": texts.get("test", ""), "value": texts.get("valeur", "")},
    )
    if column:
        field = field_of(made, column)
        if edit.said["test"] not in TESTS:
            raise LayerError("Filtre : trouvé une condition inconnue.")
        if not any(passing(rows.rows, field, edit.said["test"], edit.said["value"])):
            raise LayerError("Aucune ligne ne passe ce filtre : la couche serait vide.")
    return edit


def read_cell(field: Field, text: str) -> Any:  # noqa: ANN401 - as JSON has it
    """Return what somebody writes into a cell, as its column keeps it; None for nothing.

    Raises
    ------
    LayerError
        It is not of the column's type.
    """
    bare = text.strip()
    if not bare:
        return None
    alone = pd.Series([bare], dtype=object)
    try:
        match field.dtype:
            case "money":
                return str(amount_parser(alone)(bare))
            case "int" | "float":
                number = number_parser(alone)(bare)
                return int(number) if field.dtype == "int" and number == int(number) else number
            case "date":
                return date_parser(alone)(bare)
    except (ValueError, ArithmeticError) as error:
        raise LayerError(
            f"Colonne « {field.label} » : trouvé « {bare[:60]} », attendu {field.expected}."
        ) from error
    return bare
