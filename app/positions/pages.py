"""The pages of positions: what is uncertain, one row with its candidates, and its correction."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any, Final

from app.exports.tables import PRECISION_WORDS
from app.positions.sketch import sketch
from app.sign_on.permission import Permission
from app.sign_on.undoing import correction_noted
from geo.perimeter import Level, Perimeter, shorten
from geo.precision import Precision
from layers.catalogue.layers import Catalogue
from layers.french.wording import plural
from layers.model.schema import LayerError
from layers.placing.corrections import BY_HAND, Correction, read_corrections, write_correction
from layers.review.candidates import typed
from layers.review.doubts import DOUBTS, Doubt, Review, find_review, review

TYPED: Final = "autre"
"""Value of the choice « another place », where the point is typed."""

WORDS: Final = {PRECISION_WORDS[precision]: str(precision) for precision in BY_HAND}


def positions_page(catalogue: Catalogue) -> dict[str, Any]:
    """Return what the list of uncertain positions speaks of.

    Raises
    ------
    LayerError
        The corrections are damaged.
    """
    found = review(catalogue)
    left = [one for one in found if one.correction is None]
    grouped: dict[Doubt, list[tuple[str, list[Review]]]] = {
        doubt: [(layer.title, list(rows)) for layer, rows in groupby(group, lambda one: one.layer)]
        for doubt, group in groupby(left, lambda one: one.doubt)
    }
    return {
        "summary": f"{plural(len(left), 'position')} à vérifier.",
        "grouped": grouped,
        "doubts": DOUBTS,
        "corrected": [one for one in found if one.correction is not None],
    }


def position_page(catalogue: Catalogue, layer: str, key: str) -> dict[str, Any]:
    """Return what the page of one row's position speaks of.

    Raises
    ------
    LayerError
        There is no such row, or the corrections are damaged.
    """
    found = find_review(catalogue, layer, key)
    drawn = found.candidates[0]
    return {
        "found": found,
        "drawn": drawn,
        "place": Perimeter(Level.COMMUNE, drawn.commune_code),
        "sketch": sketch(found.candidates, catalogue.reference),
        "precision_words": PRECISION_WORDS,
        "words": WORDS,
        "typed": TYPED,
    }


def correct(
    catalogue: Catalogue, layer: str, key: str, form: Mapping[str, str], permission: Permission
) -> Correction:
    """Write the correction that a person chose on the page.

    Parameters
    ----------
    form
        ``choix`` (number of a candidate, or :data:`TYPED` with ``longitude``, ``latitude``,
        ``commune`` and ``precision``), ``par`` where nobody is signed on, ``raison``.
    permission
        Says who signs it, and holds the journal meanwhile.

    Raises
    ------
    LayerError
        There is no such row, the form says something impossible, or nothing can be written.
    geo.perimeter.PlaceError
        The commune that was typed is unknown.
    """
    found = find_review(catalogue, layer, key)
    who, reason = permission.author() or form.get("par", ""), form.get("raison", "")
    if form.get("choix") == TYPED:
        where = typed(
            _degrees(form, "longitude"),
            _degrees(form, "latitude"),
            form.get("commune", "").strip() or found.candidates[0].commune_code,
            Precision(form.get("precision", "")),
            who,
            reference=catalogue.reference,
        )
    else:
        number = form.get("choix", "")
        where = found.choose(int(number) if number.isdecimal() and len(number) < 3 else 0)  # noqa: PLR2004 - more than any list has
    correction = found.correct(where, who, reason)
    with permission.noting() as noting:
        before = read_corrections(catalogue.data).get((correction.layer, correction.key))
        write_correction(correction, catalogue.data, catalogue.reference)
        noting.change = correction_noted(who, correction, before)
    return correction


def _degrees(form: Mapping[str, str], name: str) -> float:
    text = form.get(name, "").strip().replace(",", ".")
    try:
        return float(text)
    except ValueError as error:
        raise LayerError(
            f"Correction, {name} : trouvé « {shorten(text)} », attendu un nombre de degrés."
        ) from error
