"""What form of answer a request wants: a page for a browser, data or a sentence for programs."""

from typing import Final

from flask import request

HTML: Final = "text/html"


def wants_page(other: str = "text/plain") -> bool:
    """Whether a page is wanted rather than another type; who takes anything gets the other.

    Parameters
    ----------
    other
        Media type of the answer for programs.
    """
    # by weight: « the best » of werkzeug is the type that says most, a browser's signed exchanges
    return request.accept_mimetypes.best_match([other, HTML]) == HTML


def wants_json() -> bool:
    """Whether JSON is asked for by name before any page."""
    return request.accept_mimetypes.best_match([HTML, "application/json"]) == "application/json"
