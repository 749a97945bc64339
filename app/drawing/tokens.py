"""The colours of the look, as ``assets/tokens.css`` has them, for files that are no web page."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

SHEET: Final = Path(__file__).parents[1] / "assets" / "tokens.css"
_COLOUR: Final = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});")


@cache
def colours() -> Mapping[str, str]:
    """Return each colour, ``#rrggbb``, under its name in the style sheet, as ``ink``."""
    return MappingProxyType(dict(_COLOUR.findall(SHEET.read_text(encoding="utf-8"))))


def colour(name: str) -> str:
    """Return one colour, ``#rrggbb``; raises KeyError when the sheet has no such name."""
    return colours()[name]
