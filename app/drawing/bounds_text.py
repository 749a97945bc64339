"""Bounds as a person reads and pastes them: ``0 ; 10 ; 20,5``."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from layers.french.wording import format_number


def format_bound(bound: float) -> str:
    """Write a bound with all of its digits: a rounded one would not be where the cut is."""
    exponent = Decimal(repr(bound)).normalize().as_tuple().exponent
    return format_number(bound, max(0, -int(exponent)))


def say_classes(bounds: Sequence[float], *, zero_apart: bool) -> tuple[str, ...]:
    """Say each class in words: ``de 0,92 à moins de 5,2``, the last one ``de 5,2 à 12``.

    Parameters
    ----------
    zero_apart
        Whether zeros have a line of their own, so that no class begins with them.
    """
    texts = [format_bound(bound) for bound in bounds]
    last = len(texts) - 2
    return tuple(
        f"{'plus de' if zero_apart and bounds[index] == 0 else 'de'} {low} "
        f"{'à' if index == last else 'à moins de'} {high}"
        for index, (low, high) in enumerate(pairwise(texts))
    )


def write_bounds(bounds: Iterable[float]) -> str:
    """Write bounds as :func:`app.view.class_choice.parse_bounds` reads them."""
    return " ; ".join(map(format_bound, bounds))
