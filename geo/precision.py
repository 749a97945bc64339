"""How exactly a point is known."""

from enum import StrEnum


class Precision(StrEnum):
    """How exactly a point is known, from the sharpest to the vaguest."""

    ADDRESS = "address"
    STREET = "street"
    SITE = "site"
    DISTRICT = "district"
    COMMUNE = "commune"
    EPCI = "epci"
    NONE = "none"
