"""A button that chooses a place: the browser's scripts read the place from its attribute."""

from dash import html
from dash.development.base_component import Component

from geo.perimeter import Perimeter


def go_to(place: Perimeter, text: str) -> Component:
    """Return a button in the guise of a link, for it acts on this page."""
    return html.Button(text, type="button", className="link", **{"data-place": str(place)})
