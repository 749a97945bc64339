"""Many readers at once, with people beside them who ask for what is dear."""

import time
from typing import Final

from app.opening.data import open_catalogue
from app.settings import read_settings
from benchmarks.attack.clients import (
    HEAD,
    Act,
    bring_and_leave,
    let,
    print_page,
    propose,
    row,
    row_of,
)
from benchmarks.readers import Reader
from geo.perimeter import Level
from layers.indicators.counted import INDICATORS

AT_ONCE: Final = 5
"""Of each kind, beside the readers."""
SECONDS: Final = 30.0
DEAR: Final[dict[str, Act]] = {
    "imports": bring_and_leave,
    "booklets": print_page,
    "proposals": propose,
}


def crowd(address: str, readers: int) -> None:
    """Let readers come, with importers, booklets and proposals beside them."""
    reference = open_catalogue(read_settings()).reference
    choices = {
        "/choix/fiche": [{"lieu": str(place)} for place in reference.perimeters(Level.EPCI)],
        "/choix/theme": [{"indicateur": one.id, "niveau": str(Level.EPCI)} for one in INDICATORS],
    }
    people = [Reader(address, choices, 20, seed) for seed in range(readers)]
    for reader in people:
        reader.start()
    until = time.monotonic() + SECONDS
    beside = let(address, [act for act in DEAR.values() for _ in range(AT_ONCE)], until)
    for thread in (*people, *beside):
        thread.join()
    print(f"\n## {readers} readers, {AT_ONCE} of each beside them\n\n{HEAD}")
    waits = [wait for reader in people for kind in reader.waits.values() for wait in kind]
    print(row("readers", waits, 0, [error for reader in people for error in reader.errors]))
    for number, name in enumerate(DEAR):
        print(row_of(name, beside[number * AT_ONCE : (number + 1) * AT_ONCE]), flush=True)
