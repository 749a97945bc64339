"""A button that chooses a place: the browser's scripts read the place from its attribute."""

from app.parts import markup as html
from app.parts.markup import Element
from geo.perimeter import Perimeter
from layers.sheets.subject import Subject


def go_to(place: Perimeter | Subject | str, text: str) -> Element:
    """Return a button in the guise of a link, for it acts on this page.

    Parameters
    ----------
    place
        What to open, or how it is written.
    """
    return html.Button(text, type="button", className="link", **{"data-place": str(place)})
