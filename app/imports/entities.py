"""Letters that a web page wrote by their codes: « L&#39;&Eacute;toile », read as what they mean."""

import html
import re
from collections.abc import Iterable
from typing import Final

import pandas as pd

from layers.brought.problems import LONGEST_VALUE, MENDED, WHOLE_FILE, Problem
from layers.french.wording import plural

EXPECTED: Final = "des lettres, et non leurs codes de page web"
END: Final = "\x1f"
"""Stands for the semicolon of a code while a table is cut into cells: it parts none."""

_CODE: Final = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,24}\d{0,2});")
_KEPT: Final = re.compile(_CODE.pattern.replace(";", END))


def shield(text: str) -> str:
    """Return a text in which the codes of letters hold no semicolon, for :func:`read_codes`."""
    if "&" not in text:
        return text
    return _CODE.sub(lambda found: found[0][:-1] + END if _means(found[0]) else found[0], text)


def read_codes(cells: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return cells with letters in place of their codes, and those that had some, as written."""
    read, written = [], []
    for cell in cells:
        if END in cell and (plain := _KEPT.sub(_letter, cell)) != cell:
            written.append(cell.replace(END, ";"))
            read.append(plain)
        else:
            read.append(cell)
    return read, written


def read_plain_codes(cells: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return what :func:`read_codes` does, of cells that were never one text."""
    shielded = [shield(cell) for cell in cells]
    return read_codes(shielded) if any(END in cell for cell in shielded) else (shielded, [])


def read_frame_codes(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Return a table with letters in place of their codes, and what is told of them."""
    written: list[str] = []
    read = {}
    for column in frame.columns:
        held = frame[column].notna() & frame[column].map(lambda text: "&" in str(text))
        texts, coded = read_plain_codes(frame.loc[held, column])
        if coded:
            read[column] = frame[column].mask(held, pd.Series(texts, frame.index[held]))
            written += coded
    return frame.assign(**read) if read else frame, tell_codes(written)


def tell_codes(written: list[str]) -> list[Problem]:
    """Return what a person wants to know of the cells that were not kept as written."""
    if not written:
        return []
    found = f"{written[0][: LONGEST_VALUE // 2]} ({plural(len(written), 'cellule')})"
    return [Problem(WHOLE_FILE, "", found, EXPECTED, MENDED)]


def _means(code: str) -> bool:
    return html.unescape(code) != code


def _letter(found: re.Match[str]) -> str:
    return html.unescape(f"{found[0][:-1]};")
