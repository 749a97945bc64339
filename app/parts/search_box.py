"""The search box that every page has: a place, a contract, an operation, by any of its names."""

from typing import Final

from app.parts import markup as html
from app.parts.markup import Element

SEARCH_ID: Final = "search-box"
"""Element of a page with a map that holds the box."""
SEARCH_URL: Final = "/recherche"
"""Answers a search where no script does."""
SEARCH_TEXT: Final = "texte"
"""Key of what is searched."""
SEARCH_HINT: Final = "Commune, EPCI, opération…"
NAMES: Final = "/choix/noms"
"""Leads to the names that are searched; pages without a map know no other address of them."""


def render_search() -> list[Element]:
    """Return the box and the list under it, empty until something is looked for."""
    box = html.Input(
        id="search",
        name=SEARCH_TEXT,
        type="text",
        role="combobox",
        autocomplete="off",
        autocapitalize="off",
        spellcheck="false",
        maxlength="100",
        placeholder=SEARCH_HINT,
        **{
            "aria-label": "Rechercher un lieu, une opération",
            "aria-expanded": "false",
            "aria-controls": "found",
            "aria-autocomplete": "list",
        },
    )
    found = html.Ul(
        id="found", role="listbox", hidden=True, **{"aria-label": "Ce qui a été trouvé"}
    )
    return [box, found]
