"""The registered documents in small: the lines that tests read, under their own numbers."""

from pathlib import Path

FOLDER = Path(__file__).parent / "fixtures" / "documents"


def read_kept(document: str) -> dict[int, str]:
    """Return the lines that were kept of a document, by their number there."""
    text = (FOLDER / f"{document}.txt").read_text(encoding="utf-8")
    rows = (row.split("\t", 1) for row in text.removesuffix("\n").split("\n"))
    return {int(number): line for number, line in rows}


def restore(document: str) -> list[str]:
    """Return a document's lines, line 1 at index 0; those that were not kept are empty."""
    kept = read_kept(document)
    return [kept.get(number, "") for number in range(1, max(kept) + 1)]
