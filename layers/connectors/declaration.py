"""A connector: what is said once of an official source, so that it can feed a layer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Final

import pandas as pd

from geo.reference.places import Reference
from layers.french.wording import format_date, plural
from layers.model.layer import Layer
from layers.model.tables import Table

DATA_GOUV: Final = "https://www.data.gouv.fr"
STATIC: Final = ("https://static.data.gouv.fr", "https://object.files.data.gouv.fr")
"""Where data.gouv.fr sends those who ask for a file that it keeps itself."""
MOST_NAMED: Final = 5
"""Of what is left out."""
EDUCATION: Final = "https://data.education.gouv.fr"


class ConnectorError(Exception):
    """A source cannot be taken; nothing is changed. The message is one or more French sentences."""


@dataclass(frozen=True, slots=True)
class DataGouv:
    """A file of a data set of data.gouv.fr, found by its title: identifiers of files change.

    Parameters
    ----------
    dataset
        Identifier or name in the address of the data set.
    title
        Regular expression that the title of the file, or its address, must hold.
    form
        Its ``format``, as the service writes it.
    site, origins
        Who is asked, and to whom it may send on.
    """

    dataset: str
    title: str
    form: str = "csv"
    site: str = DATA_GOUV
    origins: tuple[str, ...] = (DATA_GOUV, *STATIC)


@dataclass(frozen=True, slots=True)
class Direct:
    """A file whose address does not change; also an ``exports`` address of Explore v2.1."""

    address: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What rows became: those of the layer's table, and what is to be told of the others."""

    rows: pd.DataFrame
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Connector:
    """An official source and the layer that it feeds.

    Parameters
    ----------
    id
        What is typed, as ``lycees``.
    layer, table
        What it feeds: rows of this table, of which ``layer`` is made.
    title, producer, licence, address
        How it is cited.
    where
        How its file is found.
    columns
        Of the file, by name: those that are needed; others may come and go.
    take
        Makes rows of the table of those of the file, texts both.
    dated
        Column that holds the day on which a row was changed, empty where there is none; the newest
        tells how old the data are.
    rhythm
        Days within which the producer usually brings something new.
    delimiter
        Between the cells of the file.
    most_bytes
        Of the file.
    remark
        What is to be known of the layer while it is fed so; that of the layer where empty.
    change
        Share by which the number of rows may differ from that of the last good ones.
    """

    id: str
    layer: Layer
    table: Table
    title: str
    producer: str
    licence: str
    address: str
    where: DataGouv | Direct
    columns: tuple[str, ...]
    take: Callable[[pd.DataFrame, Reference], Taken]
    dated: str = ""
    rhythm: int = 365
    delimiter: str = ";"
    most_bytes: int = 50_000_000
    remark: str = ""
    change: float = 0.3


@dataclass(frozen=True, slots=True)
class Origin:
    """Of rows that were taken: how they are cited, and what they were read from.

    Parameters
    ----------
    taken
        When, ISO, UTC.
    data_date
        Newest day that the data themselves hold, ISO; empty where they hold none.
    rows
        How many.
    sha256
        Of the file.
    """

    title: str
    producer: str
    licence: str
    address: str
    taken: str
    data_date: str
    rows: int
    sha256: str
    told: tuple[str, ...] = field(default=())

    def age(self, today: date) -> int | None:
        """Return the days since the newest date in the data, None where they hold none."""
        return (today - date.fromisoformat(self.data_date)).days if self.data_date else None

    @property
    def vintage(self) -> str:
        """How old the data are, in words."""
        if self.data_date:
            return f"dernière ligne datée du {format_date(date.fromisoformat(self.data_date))}"
        return f"sans date, pris le {format_date(date.fromisoformat(self.taken[:10]))}"


def word_of(words: Mapping[str, str], text: str) -> str | None:
    """Return the value of the first key that a text begins with, None for none."""
    return next((value for key, value in words.items() if text.startswith(key)), None)


def tell_left_out(count: int, noun: str, why: str, which: Iterable[str]) -> tuple[str, ...]:
    """Return the sentence about rows that cannot be taken, none where there are none."""
    if not count:
        return ()
    counted = plural(count, f"{noun} laissé de côté", f"{noun}s laissés de côté")
    return (f"{counted}, {why} : {', '.join(islice(which, MOST_NAMED))}.",)
