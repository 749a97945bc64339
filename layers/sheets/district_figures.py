"""Key figures of the quartiers prioritaires: those of their communes, beside the other districts.

Money, contracts and collèges are counted by commune: what the communes of a district hold together
stands here, and the median is that of the 64 districts, each counted in the same way. What is
published of the district itself is in :mod:`layers.sheets.district_people`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from statistics import median
from typing import Final

from layers.catalogue.layers import Catalogue
from layers.indicators.additive import Summed
from layers.indicators.counted import key_indicators
from layers.indicators.definition import Indicator
from layers.indicators.states import Reading, State
from layers.sheets.key_figures import Counted, KeyFigure, figure_of, located

MEDIAN_OF: Final = (
    "La médiane est celle des {} quartiers prioritaires, chacun compté avec ses communes."
)
"""French sentence about the peers, with their number."""


def district_figures(catalogue: Catalogue, code: str) -> tuple[KeyFigure, ...]:
    """Return the key figures of the communes of a district, counted together.

    Raises
    ------
    layers.model.layer.LayerError
        The list of districts cannot be read.
    """
    values_of = catalogue.derive(_values)

    def count(one: Indicator) -> Counted:
        values = values_of(one)
        if values[code].state is State.WITHOUT_OBJECT:
            return Counted(values[code])
        known = [float(each.value) for each in values.values() if each.value is not None]
        middle = median(known) if known else None
        return Counted(values[code], middle, len(known), len(values))

    return tuple(
        located(figure_of(catalogue, one, count))
        for one in key_indicators(catalogue)
        if isinstance(one.count, Summed)
    )


def _values(catalogue: Catalogue) -> Callable[[Indicator], Mapping[str, Reading]]:
    """Return what gives an indicator of every district, each counted once."""
    rows = catalogue.load("qpv")
    communes = dict(zip(rows["code"], rows["commune_codes"], strict=True))

    @cache
    def values_of(one: Indicator) -> Mapping[str, Reading]:
        if not isinstance(one.count, Summed):
            raise TypeError(one.id)
        count = one.count
        return {code: count.over(catalogue, codes) for code, codes in communes.items()}

    return values_of
