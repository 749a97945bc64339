"""What a layer changes of the one whose place it takes, row by row, before it does."""

from layers.brought.choice import Choice
from layers.brought.differences import Comparison, compare_tables
from layers.brought.making import Made
from layers.brought.rewritten import rows_as_texts
from layers.store.protocol import Store


def compare_replaced(store: Store, made: Made, choice: Choice) -> Comparison | None:
    """Hold a layer against the one of the store that has its identifier, None where none has.

    Raises
    ------
    layers.model.schema.LayerError
        The layer of the store cannot be read.
    """
    adoption = store.adoptions().get(made.description.id)
    if adoption is None:
        return None
    before = rows_as_texts(adoption.description, store.read(adoption.description))
    return compare_tables(before, rows_as_texts(made.description, made.rows), choice.roles)
