"""All indicators of a catalogue by identifier: counted from layers first, then printed."""

from collections.abc import Mapping

from layers.base import LayerError
from layers.catalogue import Catalogue
from layers.further_indicators import FURTHER_INDICATORS
from layers.indicator import Indicator
from layers.indicators import INDICATORS
from layers.printed_indicators import printed_indicators


def list_indicators(catalogue: Catalogue) -> Mapping[str, Indicator]:
    """Return every indicator, for :meth:`Catalogue.derive`.

    When the tables of printed figures cannot be read, those are left out: their layers say why.
    """
    try:
        printed = printed_indicators(catalogue)
    except LayerError:
        printed = ()
    everything = (*INDICATORS, *FURTHER_INDICATORS, *printed)
    return {indicator.id: indicator for indicator in everything}
