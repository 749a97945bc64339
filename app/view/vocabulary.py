"""What the address of the Explorer may speak of: the names that a catalogue knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geo.perimeter import Level, Perimeter
from layers.sheets.subject import Subject


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What an address may speak of.

    Parameters
    ----------
    find_place
        Gives the place that a text means and, where it is not exactly that, a French remark;
        raises :class:`geo.perimeter.PlaceError` when there is none.
    indicators
        Identifier of each indicator and the levels that carry it.
    layers
        Identifiers of what can be laid over the map, in the catalogue's order; the background last.
    ambitions
        What operations can be filtered by, as
        :class:`app.view.operation_choice.OperationChoice` says.
    find_subject
        Gives the subject that a text names and the place it lies in; None for no kind of subject.
    """

    find_place: Callable[[str], tuple[Perimeter, str | None]]
    indicators: Mapping[str, tuple[Level, ...]]
    layers: tuple[str, ...]
    ambitions: tuple[str, ...] = ()
    find_subject: Callable[[str], tuple[Subject, Perimeter] | None] = lambda _: None
