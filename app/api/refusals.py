"""A refusal of the service: what was found, what was expected, in French and in English."""

from typing import Any, Final

from geo.perimeter import shorten
from layers.french.wording import typeset

CODES: Final = {
    400: "InvalidParameterValue",
    404: "NotFound",
    503: "Unavailable",
}
"""For programs, by status of HTTP."""


class ApiError(Exception):
    """What was asked cannot be answered.

    Parameters
    ----------
    french, english
        A sentence each.
    status
        Of HTTP.
    """

    def __init__(self, french: str, english: str, status: int = 400) -> None:
        super().__init__(french)
        self.french = typeset(french)
        self.english = english
        self.status = status

    def for_program(self) -> dict[str, Any]:
        """Return the refusal as the schema ``exception`` of OGC 17-069r4 wants it."""
        return {
            "code": CODES.get(self.status, "Error"),
            "description": f"{self.french} / {self.english}",
            "fr": self.french,
            "en": self.english,
        }


def wrong_value(name: str, found: str, expected: str, expected_english: str) -> ApiError:
    """Return the refusal of the value of a parameter.

    Parameters
    ----------
    name
        Of the parameter.
    found
        Its value, from outside.
    expected, expected_english
        What would do, as after « attendu : » and after “expected:”.
    """
    said = shorten(found)
    return ApiError(
        f"Paramètre « {name} » : trouvé « {said} », attendu : {expected}.",
        f"Parameter “{name}”: found “{said}”, expected: {expected_english}.",
    )


def unknown_parameter(name: str, known: tuple[str, ...]) -> ApiError:
    """Return the refusal of a parameter that an address does not have."""
    said, listed = shorten(name), ", ".join(known)
    return ApiError(
        f"Paramètre « {said} » inconnu ; paramètres de cette adresse : {listed}.",
        f"Unknown parameter “{said}”; parameters of this address: {listed}.",
    )


def unknown_collection(found: str) -> ApiError:
    """Return the refusal of a collection that there is none of, for who asks."""
    said = shorten(found)
    return ApiError(
        f"Collection « {said} » inconnue ; elles sont listées à l’adresse « /api/collections ».",
        f"Unknown collection “{said}”; they are listed at “/api/collections”.",
        404,
    )


def unknown_feature(collection: str, found: str) -> ApiError:
    """Return the refusal of an object that a collection does not hold."""
    said = shorten(found)
    return ApiError(
        f"Objet « {said} » inconnu dans la collection « {collection} ».",
        f"Unknown feature “{said}” in the collection “{collection}”.",
        404,
    )


def without_style(collection: str) -> ApiError:
    """Return the refusal of a style that there is not: what is not drawn has none."""
    return ApiError(
        f"La collection « {collection} » n’a pas ce style : elle en a un, QML ou SLD, si elle a "
        "une géométrie.",
        f"The collection “{collection}” has no such style: it has one, QML or SLD, if it has a "
        "geometry.",
        404,
    )
