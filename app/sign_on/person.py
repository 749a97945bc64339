"""A person who has signed on, and the role that a claim or the operator's list gives them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from app.settings import Settings

LONGEST: Final = 200
"""Characters of what a provider says of somebody that are kept."""


class Role(IntEnum):
    """What somebody may do; each role may what those below it may."""

    READER = 0
    """Sees what everybody sees."""
    PLANNER = 1
    """Adopts layers, corrects positions, sees what waits to be reviewed."""
    OPERATOR = 2
    """Reads the journal, and undoes what stands in it."""


ROLES: Final[Mapping[str, Role]] = {
    "lecteur": Role.READER,
    "charge-de-mission": Role.PLANNER,
    "exploitant": Role.OPERATOR,
}
"""Value of the claim → role."""
WORDS: Final[Mapping[Role, str]] = {
    Role.READER: "lecteur",
    Role.PLANNER: "chargé de mission",
    Role.OPERATOR: "exploitant",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has signed on.

    Parameters
    ----------
    subject
        Issuer and identifier there: what alone tells people apart.
    name, email
        For people to read; the second empty where it is not told, or told as unverified.
    """

    subject: str
    name: str
    email: str
    role: Role

    @property
    def told(self) -> str:
        """The person as the journal has them."""
        return f"{self.name} <{self.email}>" if self.email else self.name


def person_of(claims: Mapping[str, Any], settings: Settings) -> Person:
    """Return the person that claims speak of, with the highest role that is given to them."""
    email = _text(claims, "email").lower() if claims.get("email_verified", True) is True else ""
    names = (_text(claims, "given_name"), _text(claims, "usual_name", "family_name"))
    subject = _text(claims, "sub")
    name = " ".join(filter(None, names)) or _text(claims, "name") or email or subject
    given = claims.get(settings.oidc_claim)
    words = given if isinstance(given, list) else [given]
    roles = [ROLES.get(word, Role.READER) for word in words if isinstance(word, str)]
    if _is_listed(email, settings.operators):
        roles.append(Role.OPERATOR)
    if _is_listed(email, settings.planners):
        roles.append(Role.PLANNER)
    issuer = _text(claims, "iss")
    return Person(f"{issuer} {subject}", name, email, max(roles, default=Role.READER))


def _text(claims: Mapping[str, Any], *names: str) -> str:
    """Return the first of some claims that is a text, on one line and bounded."""
    for name in names:
        value = claims.get(name)
        if isinstance(value, str) and value.strip():
            return " ".join("".join(c if c.isprintable() else " " for c in value).split())[:LONGEST]
    return ""


def _is_listed(email: str, told: str) -> bool:
    return bool(email) and email in {one.strip().lower() for one in told.split(",")}
