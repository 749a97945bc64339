"""Baskets: access to several services together is that of the one that is worst reached."""

from collections.abc import Sequence

import numpy as np

from geo.access.nearest import NOWHERE, Nearest


def worst_of(parts: Sequence[Nearest], offsets: Sequence[int]) -> Nearest:
    """Return the way to the worst reached of several services, for who needs them all.

    Column by column each bound is the longest of the services', and the destination that of the
    service whose central time is the longest, the first of equals.

    Parameters
    ----------
    parts
        Of each service, for the same origins and as many choices.
    offsets
        What is added to the numbers of each service's destinations.
    """
    central = np.stack([part.central for part in parts])
    numbered = [
        np.where(part.destination >= 0, part.destination + offset, NOWHERE)
        for part, offset in zip(parts, offsets, strict=True)
    ]
    worst = central.argmax(axis=0)
    return Nearest(
        np.maximum.reduce([part.low for part in parts]),
        central.max(axis=0),
        np.maximum.reduce([part.high for part in parts]),
        np.take_along_axis(np.stack(numbered), worst[None], axis=0)[0],
        min(part.limit for part in parts),
    )
