"""A long list of texts, geocoded by as many processes as there are processors.

For a command, which has the machine to itself: of a server's processors its readers come first.
"""

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from app.jobs.processes import end_with_parent
from geo.geocoder.lookup import Geocoder
from geo.geocoder.place import Place
from geo.geocoder.table import GeocodesMany, Progress
from geo.perimeter import Perimeter

MOST: Final = 4
"""Processes, this one among them: each holds names of its own after a while."""
LEAST: Final = 200
"""Texts that are worth dividing."""

_OPENED: dict[str, Geocoder] = {}
"""In a process that was divided off: the geocoder, opened before."""


@dataclass(slots=True)
class DividedGeocoder:
    """Geocodes as another does, with the help of processes that divided from this one.

    Parameters
    ----------
    helpers
        Given up at the first that ends before its time: the rest is done here.
    count
        Processes, this one among them.
    """

    geocoder: Geocoder
    helpers: ProcessPoolExecutor
    count: int
    alone: bool = field(default=False, init=False)

    def geocode_many(
        self,
        texts: Sequence[str],
        context: Perimeter | None = None,
        progress: Progress | None = None,
    ) -> list[Place]:
        """Return the places of texts, in their order; a repeated text is geocoded once."""
        if self.alone or len(texts) < LEAST:
            return self.geocoder.geocode_many(texts, context, progress)
        different = [*dict.fromkeys(texts)]
        own, *others = (different[first :: self.count] for first in range(self.count))
        places: dict[str, Place] = {}
        try:
            asked = [self.helpers.submit(_geocode, share, context) for share in others]
            places |= zip(own, self.geocoder.geocode_many(own, context), strict=True)
            for share, answer in zip(others, asked, strict=True):
                places |= zip(share, answer.result(), strict=True)
        except (BrokenProcessPool, OSError):
            self.alone = True
            left = [text for text in different if text not in places]
            places |= zip(left, self.geocoder.geocode_many(left, context), strict=True)
        if progress is not None:
            progress(len(texts), len(texts))
        return [places[text] for text in texts]


@contextmanager
def divided(geocoder: GeocodesMany) -> Iterator[GeocodesMany]:
    """Give what geocodes a list faster, where it is known how and there are processors for it."""
    count = min(MOST, len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1)
    if count == 1 or not isinstance(geocoder, Geocoder):
        yield geocoder
        return
    _OPENED["geocoder"] = geocoder
    fork = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(count - 1, fork, end_with_parent) as helpers:
            yield DividedGeocoder(geocoder, helpers, count)
    finally:
        _OPENED.clear()


def _geocode(texts: Sequence[str], context: Perimeter | None) -> list[Place]:
    return _OPENED["geocoder"].geocode_many(texts, context)
