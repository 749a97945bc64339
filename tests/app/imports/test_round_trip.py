"""What the product wrote itself comes back as it was: every layer, every format, every column."""

import pytest

from app.exports.formats import WRITERS
from app.exports.tables import BETWEEN_VALUES, PRECISION_WORDS, heading, is_unknown, shown_fields
from app.imports.file_kind import read_table
from layers.brought.choice import Choice
from layers.brought.columns import type_columns
from layers.brought.guess import guess_roles
from layers.catalogue.layers import LAYERS

ROWS = 5
NUMBERS = {"int", "float", "money"}
FOR_PEOPLE = {"csv", "xlsx"}


def written(value, field, ending):
    """Return a value as a cell of the format has it: lists and yes or no are words there."""
    if value == () or is_unknown(value):
        return None
    if field.dtype == "list":
        return (", " if ending == "geojson" else BETWEEN_VALUES).join(value)
    if field.dtype == "bool":
        return "oui" if value else "non"
    if field.name == "precision" and ending in FOR_PEOPLE:
        return PRECISION_WORDS[value]
    return float(value) if field.dtype in NUMBERS else value


def known(values, field):
    """Return values that came back; a year that is read as a date is still the year."""
    return [
        None
        if is_unknown(value)
        else float(value)
        if field.dtype in NUMBERS
        else str(value)
        if isinstance(value, int)  # a text of four figures, where the file has no types
        else value
        for value in values.tolist()
    ]


def is_close(before, after):
    """Compare numbers to the last figures that a text keeps."""
    if isinstance(before, float) and isinstance(after, float):
        return after == pytest.approx(before, rel=1e-12)
    return before == after


@pytest.mark.parametrize("layer_id", [layer.id for layer in LAYERS])
def test_what_we_wrote_comes_back_unchanged(catalogue, reference, tmp_path, layer_id):
    layer, rows = catalogue.layer(layer_id), catalogue.load(layer_id)
    # those that say most, so that no column is empty where some row is not
    rows = rows.loc[sorted(rows.notna().sum(axis="columns").nlargest(ROWS).index)]
    for ending, write in WRITERS.items():
        path = tmp_path / f"couche.{ending}"
        path.write_bytes(write(layer, rows))
        table = read_table(path, path.name)
        placed = table.geometry is not None
        roles = guess_roles(table.frame, reference, placed=placed, kinds=table.kinds)
        problems = []
        choice = Choice.guessed(path.name, roles)
        columns = type_columns(table.frame, choice, layer.geometry, problems)
        back = {field.label: (field.dtype, values) for field, values in columns}
        assert problems == []
        for field in shown_fields(layer):
            told = heading(field) if ending in FOR_PEOPLE else field.name
            before = [written(value, field, ending) for value in rows[field.name].tolist()]
            if not any(value is not None for value in before):
                continue
            dtype, values = back[told]
            after = known(values, field)
            assert all(map(is_close, before, after)), (ending, field.name, before, after)
            numeric = {"int": {"int", "date"}, "float": {"int", "float"}, "money": NUMBERS}
            assert dtype in numeric.get(field.dtype, {"text", "date", "int"}), (ending, field.name)
