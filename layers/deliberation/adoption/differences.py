"""Say where two records of one deliberation differ, value by value."""

from collections.abc import Iterator
from typing import Any, Final

LONGEST_SHOWN: Final = 80
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
        yield f"{where} : adopté « {_shown(adopted)} », nouveau « {_shown(new)} »"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value)} élément(s)"
    text = "rien" if value is None else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
