"""The page that tells where a text is, and shows how the geocoder found it."""

from typing import Any, Final

from app.exports.tables import PRECISION_WORDS
from app.opening.geocoding import find_context, local_geocoder
from geo.perimeter import PlaceError
from layers.catalogue.layers import Catalogue

LONGEST: Final = 300
"""Characters of a text that the page reads."""


def geocoding_page(catalogue: Catalogue, text: str, where: str) -> dict[str, Any]:
    """Return what the page speaks of: nothing but the form where there is no text.

    Parameters
    ----------
    where
        Where the place is expected: a written perimeter or a name; empty for anywhere.

    Raises
    ------
    geo.tables.DamagedReferenceError
        A table of the gazetteer is missing or damaged.
    """
    text, where = text.strip()[:LONGEST], where.strip()[:LONGEST]
    values: dict[str, Any] = {
        "text": text,
        "where": where,
        "problem": "",
        "explanation": None,
        "precision_words": PRECISION_WORDS,
        "longest": LONGEST,
    }
    if not text:
        return values
    try:
        context = find_context(catalogue.reference, where)
    except PlaceError as error:
        return {**values, "problem": str(error)}
    geocoder = catalogue.derive(local_geocoder)
    return {
        **values,
        "where": catalogue.reference.name_of(context) if context else "",
        "place": geocoder.geocode(text, context),
        "explanation": geocoder.explain(text, context),
    }
