"""Lists that open: where they stand, so that a landmark holds them, and how they scroll."""

from typing import Any, Final

MENUS_ID: Final = "menus"
"""Element of the page that holds the lists while they are open."""

OVER_REMARKS: Final = 1150
"""Of the style sheets' order: a list that somebody opened stands over what the page has to say."""
MENU: Final[dict[str, Any]] = {
    "portalProps": {"target": f"#{MENUS_ID}"},
    "zIndex": OVER_REMARKS,
    "keepMounted": False,
}
"""Options are made when a list is opened, not for each list at the first load."""

SCROLLS: Final = {"options": {"maxHeight": "min(24rem, 60vh)", "overflowY": "auto"}}
