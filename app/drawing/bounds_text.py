"""Bounds as a person reads and pastes them: ``0 ; 10 ; 20,5``."""

from collections.abc import Iterable
from decimal import Decimal

from layers.french.wording import format_number


def format_bound(bound: float) -> str:
    """Write a bound with all of its digits: a rounded one would not be where the cut is."""
    exponent = Decimal(repr(bound)).normalize().as_tuple().exponent
    return format_number(bound, max(0, -int(exponent)))


def write_bounds(bounds: Iterable[float]) -> str:
    """Write bounds as :func:`app.view.class_choice.parse_bounds` reads them."""
    return " ; ".join(map(format_bound, bounds))
