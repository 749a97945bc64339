"""Secret links: one layer of a visitor's, shown to whoever holds the link, for a chosen time.

A link is a random word. Its file, named after a hash of it as the visitors' folders are, says whose
layer it shows and until when; the layer stays in its owner's folder, so that what is taken away or
corrected there is so for everybody. Who opens a link has a note of it in their own folder.
"""

import hashlib
import json
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from geo.whole_file import write_whole
from layers.model.layer import Layer
from layers.store.edited import EditedStore

DURATIONS: Final = {
    "1": "un jour",
    "7": "une semaine",
    "30": "un mois",
}
"""Days for which a link may show a layer, French."""
DAY: Final = 24 * 3600
MOST_LINKS: Final = 20
"""Of one visitor."""
MOST_OPENED: Final = 20
"""Links that one visitor has open."""
OPENED: Final = "opened"
LAYERS: Final = "couches.gpkg"
WORD_BYTES: Final = 32
WORD: Final = re.compile(r"[\w-]{43}", re.ASCII)
NAME: Final = re.compile(r"[0-9a-f]{64}")
SHOWN_SIGNS: Final = 12


@dataclass(frozen=True, slots=True)
class SecretLink:
    """A link.

    Parameters
    ----------
    name
        Of its file: a hash of the word, which opens nothing.
    word
        What its address holds; its owner may copy it again.
    owner
        Name of the folder of the visitor whose layer it is.
    layer_id
        The layer, as its owner sees it.
    until
        Seconds since 1970.
    """

    name: str
    word: str
    owner: str
    layer_id: str
    until: float

    @property
    def shown_id(self) -> str:
        """Identifier of the layer for whoever opened the link: never that of one of their own."""
        return f"partage_{self.name[:SHOWN_SIGNS]}"


class SecretLinks:
    """The links of all visitors.

    Parameters
    ----------
    root
        Folder of the links; made when it is first needed.
    visitors
        Folder of the visitors' folders.
    """

    def __init__(self, root: Path, visitors: Path) -> None:
        self.root = root
        self.visitors = visitors

    def start(self, owner: str, layer_id: str, days: int) -> SecretLink:
        """Make a link to a layer; raises OSError."""
        word = secrets.token_urlsafe(WORD_BYTES)
        until = time.time() + days * DAY
        link = SecretLink(_hash(word), word, owner, layer_id, until)
        self.keep(link)
        return link

    def keep(self, link: SecretLink) -> None:
        """Keep a link; raises OSError."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(self.root / link.name, json.dumps(asdict(link)))

    def find(self, word: str) -> SecretLink | None:
        """Return the link of an address, None when it was made up, revoked or is over."""
        return self.read(_hash(word)) if WORD.fullmatch(word) else None

    def of_owner(self, owner: str) -> list[SecretLink]:
        """Return the links to the layers of a visitor, the first to end first."""
        ours = (link for link in self._all() if link.owner == owner)
        return sorted(ours, key=lambda link: link.until)

    def owners(self) -> frozenset[str]:
        """Return the folders of the visitors whose layers somebody may still look at."""
        return frozenset(link.owner for link in self._all())

    def revoke(self, owner: str, name: str) -> None:
        """Take away a link of a visitor; nothing happens where it is none of theirs."""
        link = self.read(name)
        if link is not None and link.owner == owner:
            (self.root / name).unlink(missing_ok=True)

    def revoke_layer(self, owner: str, layer_id: str) -> None:
        """Take away the links to a layer that is no longer there."""
        for link in self.of_owner(owner):
            if link.layer_id == layer_id:
                self.revoke(owner, link.name)

    def open(self, visitor: Path, link: SecretLink) -> None:
        """Note in the folder of a visitor that they opened a link; raises OSError."""
        folder = visitor / OPENED
        folder.mkdir(exist_ok=True, mode=0o700)
        if len([*folder.iterdir()]) < MOST_OPENED:
            (folder / link.name).touch()

    def close(self, visitor: Path, name: str) -> None:
        """Forget that a visitor opened a link."""
        if NAME.fullmatch(name):
            (visitor / OPENED / name).unlink(missing_ok=True)

    def opened(self, visitor: Path) -> list[SecretLink]:
        """Return the links that a visitor opened and that still show something."""
        names = sorted(path.name for path in (visitor / OPENED).glob("*"))
        links = [link for name in names if (link := self.read(name)) is not None]
        return [link for link in links if link.owner != visitor.name]

    def layers(self, links: list[SecretLink]) -> Iterator[Layer]:
        """Yield the layers that links show, each under an identifier of the link's own."""
        for link in links:
            for layer in self.store(link).layers():
                if layer.id == link.layer_id:
                    yield replace(layer, id=link.shown_id, title=f"{layer.title} (partagée)")

    def versions(self, links: list[SecretLink]) -> tuple[tuple[str, int], ...]:
        """Return what changes whenever the layers of links do."""
        return tuple((link.name, self.store(link).version()) for link in links)

    def store(self, link: SecretLink) -> EditedStore:
        """Return the layers of whoever made a link."""
        return EditedStore(self.visitors / link.owner / LAYERS)

    def _all(self) -> Iterator[SecretLink]:
        for path in self.root.glob("*"):
            if (link := self.read(path.name)) is not None:
                yield link

    def read(self, name: str) -> SecretLink | None:
        """Return a link that is not over; one that is is taken away."""
        if not NAME.fullmatch(name):
            return None
        try:
            link = SecretLink(**json.loads((self.root / name).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        if link.until > time.time():
            return link
        with suppress(OSError):
            (self.root / name).unlink()
        return None


def _hash(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
