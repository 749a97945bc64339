"""A connector: what is said once of an official source, so that it can feed the map."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from geo.reference.places import Reference
from layers.french.wording import format_date, plural
from layers.model.layer import Layer

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
        Its ``format``, as the service writes it; empty for any.
    site, origins
        Who is asked, and to whom it may send on.
    licences
        Codes of the licences that are the one we cite: the Licence Ouverte, by default.
    """

    dataset: str
    title: str
    form: str = "csv"
    site: str = DATA_GOUV
    origins: tuple[str, ...] = (DATA_GOUV, *STATIC)
    licences: tuple[str, ...] = ("lov2", "fr-lo")


@dataclass(frozen=True, slots=True)
class Direct:
    """A file whose address does not change; also an ``exports`` address of Explore v2.1.

    Parameters
    ----------
    address, origins
        Where, and to whom it may send on.
    checksum
        What is added to the address to ask for its MD5 sum, as ``.md5``; empty for none.
    """

    address: str
    origins: tuple[str, ...]
    checksum: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file became.

    Parameters
    ----------
    files
        Of the facts, by path inside their folder: what is put in the place of the embedded ones.
    count
        Of what is counted: rows, addresses.
    newest
        Newest day that the data themselves hold, ISO; empty where they hold none.
    told
        What is to be told of what was left out.
    period
        What the data are of, in words, where they are of a year: « revenus de 2021 ».
    """

    files: Mapping[str, bytes]
    count: int
    newest: str = ""
    told: tuple[str, ...] = ()
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed(ABC):
    """What a source feeds, and how its file becomes that.

    Parameters
    ----------
    files
        Of the facts that are made, by path inside their folder.
    title
        What is fed, as a person calls it: « la couche « Lycées » ».
    layer
        The layer whose rows they are, None where they serve all.
    cited
        What cites it: the layer's identifier, or a file that several read; empty for none.
    remark
        What is to be known of the layer while it is fed so; that of the layer where empty.
    replaces
        Title of the one source of the layer in whose place it comes; empty for all of them.
    added
        Whether the sources of the layer stay cited beside it.
    about
        How many are usual, where no embedded rows say it.
    counted
        What is counted: rows of the file, or what else tells whether it is whole.
    """

    files: tuple[str, ...]
    title: str
    layer: Layer | None = None
    cited: str = ""
    remark: str = ""
    replaces: str = ""
    added: bool = False
    about: int = 0
    counted: str = "ligne"

    def usual(self, _data: Path) -> int:
        """Return how many are expected where nothing was taken before.

        Parameters
        ----------
        _data
            Folder of the embedded facts, for those that count there.
        """
        return self.about

    def missing(self) -> str:
        """Return what this machine lacks to read the file, a French sentence; empty for nothing."""
        return ""

    @abstractmethod
    def make(
        self, path: Path, connector: "Connector", reference: Reference, data: Path, at: date
    ) -> Taken:
        """Return what a file becomes; raises ConnectorError where it is not what it should be.

        Parameters
        ----------
        data
            Folder of the embedded facts.
        at
            Today: a later day in the data does not date them.
        """


@dataclass(frozen=True, slots=True)
class Connector:
    """An official source and what it feeds.

    Parameters
    ----------
    id
        What is typed, as ``lycees``.
    feed
        What it feeds, and how.
    title, producer, licence, address
        How it is cited.
    where
        How its file is found.
    columns
        Of the file, by name: those that are needed; others may come and go.
    dated
        Column that holds the day on which a row was changed, empty where there is none; the newest
        tells how old the data are.
    rhythm
        Days within which the producer usually brings something new.
    delimiter
        Between the cells of the file.
    most_bytes, most_unpacked
        Of the file, as it comes and out of its archive.
    change
        Share by which the number of rows may differ from that of the last good ones.
    """

    id: str
    feed: Feed
    title: str
    producer: str
    licence: str
    address: str
    where: DataGouv | Direct
    columns: tuple[str, ...]
    dated: str = ""
    rhythm: int = 365
    delimiter: str = ";"
    most_bytes: int = 50_000_000
    most_unpacked: int = 500_000_000
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
    since
        When this very file was first taken, ISO, UTC: it dates data that hold no day.
    period
        What the data are of, in words, where they are of a year.
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
    since: str = ""
    period: str = ""

    def age(self, today: date) -> int:
        """Return the days since the newest date in the data, or since the file is this one."""
        return (today - date.fromisoformat(self.data_date or self._since)).days

    @property
    def _since(self) -> str:
        return (self.since or self.taken)[:10]

    @property
    def vintage(self) -> str:
        """How old the data are, in words."""
        if self.period:
            return self.period
        if self.data_date:
            return f"dernière ligne datée du {format_date(date.fromisoformat(self.data_date))}"
        return f"sans date, le même depuis le {format_date(date.fromisoformat(self._since))}"


def word_of(words: Mapping[str, str], text: str) -> str | None:
    """Return the value of the first key that a text begins with, None for none."""
    return next((value for key, value in words.items() if text.startswith(key)), None)


def tell_left_out(count: int, noun: str, why: str, which: Iterable[str]) -> tuple[str, ...]:
    """Return the sentence about rows that cannot be taken, none where there are none."""
    if not count:
        return ()
    counted = plural(count, f"{noun} laissé de côté", f"{noun}s laissés de côté")
    return (f"{counted}, {why} : {', '.join(islice(which, MOST_NAMED))}.",)
