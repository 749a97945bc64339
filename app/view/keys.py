"""The keys of the addresses of Explorer and Écarts, each declared here and nowhere else.

Python reads and writes addresses by these tables (:class:`app.view.query.Address`), the scripts of
the browser by the same ones: ``scripts/address-keys`` writes them down as a module for these.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

SAFE: Final = ":,"
"""Signs that a text keeps in an address, so that it can be read: ``epci:200090751``."""


FIRST_ROW: Final = "ligne"
"""Key of the first row of a table without scripts; it is no part of a view."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an address.

    Parameters
    ----------
    name
        As the address has it, in French.
    part
        Of the view that it speaks of, as the code and the browser's stores call it.
    leads
        Said whenever anything else is, even if it is as usual.
    on_paper
        Paper shows that part too.
    several
        What is said of it more than once, as the boxes of a form say it, is one list.
    """

    name: str
    part: str
    leads: bool = False
    on_paper: bool = False
    several: bool = False


EXPLORER: Final = (
    Key("lieu", "place", on_paper=True),
    Key("comparer", "compared", on_paper=True),
    Key("indicateur", "indicator", on_paper=True),
    Key("niveau", "level", on_paper=True),
    Key("dessin", "drawing", on_paper=True),
    Key("methode", "method", on_paper=True),
    Key("classes", "classes", on_paper=True),
    Key("bornes", "bounds", on_paper=True),
    Key("palette", "palette", on_paper=True),
    Key("periode", "period", on_paper=True),
    Key("pactes", "ambitions", on_paper=True),
    Key("tableau", "table"),
    Key("couches", "layers", on_paper=True),
    Key("vue", "map_view"),
)
"""In the order in which they are written."""

GAPS: Final = (
    Key("service", "service", leads=True),
    Key("panier", "also", several=True),
    Key("rang", "rank"),
    Key("seuil", "threshold"),
    Key("modele", "model"),
    Key("cible", "public"),
    Key("compter", "measured"),
    Key("voisins", "neighbours"),
    Key("sites", "scenarios", several=True),
    Key("scenario", "active"),
    Key("proposer", "proposed"),
    Key("candidats", "candidates"),
    Key("taille", "smallest"),
    Key("autour", "around"),
    Key("vue", "map_view"),
)
"""In the order in which they are written."""


def names(keys: Iterable[Key], *parts: str) -> dict[str, str]:
    """Return the name of the key of each of some parts, in the order of the parts."""
    by_part = {key.part: key.name for key in keys}
    return {part: by_part[part] for part in parts}
