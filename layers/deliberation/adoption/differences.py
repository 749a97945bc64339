"""Say where two records of one deliberation differ, value by value."""

from collections.abc import Iterator
from typing import Any, Final

from layers.french.wording import plural

LONGEST_SHOWN: Final = 80
BEFORE: Final = 20
"""Characters shown before the place where two long texts part."""
_UNCOMPARED: Final = frozenset({"document", "sources", "remarques", "citations"})
"""Where a value stands and what was said of it may change; the values may not."""


def differ(adopted: Any, new: Any, where: str = "") -> Iterator[str]:  # noqa: ANN401 - JSON values
    """Give one line for each value that differs between two records."""
    if isinstance(adopted, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*adopted, *new]):
            if key not in _UNCOMPARED:
                path = f"{where}.{key}" if where else key
                yield from differ(adopted.get(key), new.get(key), path)
    elif isinstance(adopted, list) and isinstance(new, list) and len(adopted) == len(new):
        for index, (one, other) in enumerate(zip(adopted, new, strict=True)):
            yield from differ(one, other, f"{where}.{index}")
    elif adopted != new:
        one, other = _as_text(adopted), _as_text(new)
        start = _first_shown(one, other)
        yield f"{where} : adopté « {_cut(one, start)} », nouveau « {_cut(other, start)} »"


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return plural(len(value), "élément")
    return "rien" if value is None else str(value)


def _first_shown(one: str, other: str) -> int:
    """Return where two texts are shown from: a word or two before they part, if that is far."""
    if max(len(one), len(other)) <= LONGEST_SHOWN:
        return 0
    pairs = enumerate(zip(one, other, strict=False))
    alike = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    return max(0, alike - BEFORE) if alike > LONGEST_SHOWN // 2 else 0


def _cut(text: str, start: int) -> str:
    shown = f"…{text[start:]}" if start else text
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[: LONGEST_SHOWN - 1]}…"
