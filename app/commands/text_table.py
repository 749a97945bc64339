"""A table for the terminal: text on the left, numbers on the right."""

from collections.abc import Iterator, Sequence

GAP = "  "
NONE = "–"
"""Stands where there is no value."""


def write_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; a column of numbers is set right.

    Parameters
    ----------
    headings
        One for each column.
    rows
        Cells as a person reads them; a number begins with a digit, :data:`NONE` is none.
    """
    columns = list(zip(headings, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    right = [all(map(_is_number, column[1:])) for column in columns]
    for row in (headings, *rows):
        cells = [
            cell.rjust(width) if at_right else cell.ljust(width)
            for cell, width, at_right in zip(row, widths, right, strict=True)
        ]
        yield GAP.join(cells).rstrip()


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit() or cell == NONE
