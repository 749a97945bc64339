"""The moment that a file says it was written at: now, unless it is fixed."""

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from layers.catalogue.layers import Catalogue

_FIXED: Final[ContextVar[dt.datetime | None]] = ContextVar("moment", default=None)


def moment_of_writing() -> dt.datetime:
    """Return the time to write into a file, UTC, whole seconds.

    ``SOURCE_DATE_EPOCH`` comes first, then what :func:`written_at` fixes, then the clock.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    return _FIXED.get() or dt.datetime.now(dt.UTC).replace(microsecond=0)


@contextmanager
def written_at(moment: dt.datetime) -> Iterator[None]:
    """Give the files written meanwhile this time, so that equal contents are equal bytes."""
    token = _FIXED.set(moment)
    try:
        yield
    finally:
        _FIXED.reset(token)


def last_change(catalogue: Catalogue) -> dt.datetime:
    """Return when the data of a catalogue last changed, UTC, whole seconds.

    Found once for all who ask the same catalogue: what one tells of a file holds for the other.
    """
    return catalogue.derive(_newest)


def _newest(catalogue: Catalogue) -> dt.datetime:
    # Python keeps what it compiled beside the scripts that build the data, whenever they run
    times = (
        path.stat().st_mtime
        for path in catalogue.data.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    )
    return dt.datetime.fromtimestamp(int(max(times, default=0)), dt.UTC)
