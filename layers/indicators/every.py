"""All indicators of a catalogue by identifier: counted from layers, printed, then brought."""

from collections.abc import Mapping

from geo.perimeter import shorten
from layers.catalogue.layers import Catalogue
from layers.indicators.brought import brought_indicators
from layers.indicators.counted import INDICATORS, key_indicators, settle_indicator
from layers.indicators.definition import Indicator
from layers.indicators.further import FURTHER_INDICATORS
from layers.indicators.people import PEOPLE_INDICATORS, every_people_indicator
from layers.indicators.printed import printed_indicators
from layers.model.layer import LayerError


def list_indicators(catalogue: Catalogue) -> Mapping[str, Indicator]:
    """Return every indicator, for :meth:`Catalogue.derive_own`: some are of one reader alone."""
    return {**catalogue.derive(_of_all_readers), **brought_indicators(catalogue)}


def _of_all_readers(catalogue: Catalogue) -> Mapping[str, Indicator]:
    """Return the indicators of the project, for :meth:`Catalogue.derive`.

    When the tables of printed figures cannot be read, those are left out: their layers say why.
    """
    try:
        printed = printed_indicators(catalogue)
    except LayerError:
        printed = ()
    further = (settle_indicator(one, catalogue.data) for one in FURTHER_INDICATORS)
    everything = (
        *key_indicators(catalogue),
        *further,
        *catalogue.derive(every_people_indicator),
        *printed,
    )
    return {indicator.id: indicator for indicator in everything}


def find_indicator(catalogue: Catalogue, indicator_id: str) -> Indicator:
    """Return an indicator by its identifier.

    Parameters
    ----------
    indicator_id
        From outside, so anything.

    Raises
    ------
    LayerError
        There is no such indicator; the message names those that are counted from layers.
    """
    known = catalogue.derive_own(list_indicators)
    if indicator_id not in known:
        ours = (*INDICATORS, *FURTHER_INDICATORS, *PEOPLE_INDICATORS)
        counted = ", ".join(one.id for one in ours)
        raise LayerError(
            f"Indicateur « {shorten(indicator_id)} » inconnu ; indicateurs connus : {counted}, "
            "et les chiffres imprimés que l’Explorer propose."
        )
    return known[indicator_id]
