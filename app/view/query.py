"""Query strings from outside: each key is read once, or told of in a French sentence."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar
from urllib.parse import quote, unquote_plus

from app.view.worn import unworn
from geo.perimeter import shorten

LONGEST_QUERY: Final = 2000
"""Characters of an address that are read; the longest that the pages write has under 400."""
MOST_REMARKS: Final = 4
CAMPAIGNS: Final = re.compile(r"utm_\w+|mtm_\w+|fbclid|gclid|msclkid", re.ASCII)
"""What letters and social networks add to a link; it is no mistake of the reader's."""

View = TypeVar("View")
Words = TypeVar("Words")
Reader = Callable[[View, str, Words], tuple[View, str | None]]
"""Takes a view, the text of a key and what an address may speak of; gives the view with what was
asked for, or as it was and a French sentence."""


def read_query(
    query: str, usual: View, readers: Mapping[str, Reader[View, Words]], words: Words
) -> tuple[View, frozenset[str], list[str]]:
    """Read a query string, key by key in the readers' order.

    Parameters
    ----------
    query
        With or without its ``?``; from outside, so anything.
    usual
        The view that an empty query gives.
    readers
        Reader of each key that is known.
    words
        Handed to the readers.

    Returns
    -------
    view
        Part by part, the usual one where the query's could not be used.
    given
        Keys that had a text.
    remarks
        One French sentence for each thing that was ignored or replaced.
    """
    texts, remarks = split_query(query, readers)
    view = usual
    for key, read in readers.items():
        if key in texts:
            view, remark = _read_worn(view, texts[key], read, words)
            remarks += [remark] if remark else []
    return view, frozenset(texts), remarks


def _read_worn(
    view: View, text: str, read: Reader[View, Words], words: Words
) -> tuple[View, str | None]:
    """Read a text; where something is to be said of it, what it may have been before a letter."""
    found, remark = read(view, text, words)
    if remark is not None:
        for other in unworn(text):
            tried, told = read(view, other, words)
            if told is None:
                return tried, None
    return found, remark


def split_query(query: str, known: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """Return the text of each known key, the first where it is repeated, and French remarks."""
    remarks: list[str] = []
    if len(query) > LONGEST_QUERY:
        remarks.append(f"Adresse trop longue : lue jusqu’au {LONGEST_QUERY}ᵉ caractère.")
        # what is cut in two would be told of as a mistake of its own
        query = query[:LONGEST_QUERY].rpartition("&")[0]
    texts: dict[str, str] = {}
    strangers: list[str] = []
    # a link that was copied from the source of a page says "&amp;"
    for pair in query.removeprefix("?").replace("&amp;", "&").split("&"):
        # an address that was encoded twice has no « = » left
        pair = unquote_plus(pair) if "=" not in pair and "%3D" in pair.upper() else pair  # noqa: PLW2901
        # utf-8 written by hand may be broken: the damage is shown, it stops nothing
        key, text = (unquote_plus(part, errors="replace").strip() for part in _halves(pair))
        if key in known:
            if text and texts.setdefault(key, text) != text:
                remarks.append(f"Paramètre « {key} » répété : seul le premier est lu.")
        elif key and not CAMPAIGNS.fullmatch(key):
            strangers.append(key)
    return texts, [*dict.fromkeys(remarks), *_told(strangers)]


def write_query(parts: Mapping[str, str | None], safe: str) -> str:
    """Write a query string, ``?`` included; nothing at all where every part is empty."""
    written = [f"{key}={quote(text, safe=safe)}" for key, text in parts.items() if text]
    return "?" + "&".join(written) if written else ""


def one_of(read: Callable[[str], object], part: str, refusal: str) -> Reader[Any, Any]:
    """Return the reader of a key whose text is one value.

    Parameters
    ----------
    read
        Raises ``ValueError`` for a text that is no value: an enumeration does.
    part
        Field of the view.
    refusal
        French sentence, ``{}`` where the text stands.
    """

    def reader(view: Any, text: str, _: object) -> tuple[Any, str | None]:  # noqa: ANN401 - any view
        try:
            return replace(view, **{part: read(text)}), None
        except (ValueError, OverflowError):
            return view, refusal.format(shorten(text))

    return reader


def part_of(
    part: str, read: Callable[[Any, str], object], refused: type[ValueError]
) -> Reader[Any, Any]:
    """Return the reader of a key that says something of a part of the view.

    Parameters
    ----------
    part
        Field of the view.
    read
        Gives the part with what the text says of it; raises the error, whose message is a French
        sentence.
    """

    def reader(view: Any, text: str, _: object) -> tuple[Any, str | None]:  # noqa: ANN401 - any view
        try:
            return replace(view, **{part: read(getattr(view, part), text)}), None
        except refused as error:
            return view, str(error)

    return reader


def _halves(pair: str) -> tuple[str, str]:
    key, _, text = pair.partition("=")
    return key, text


def _told(strangers: list[str]) -> list[str]:
    if not strangers:
        return []
    first, others = shorten(strangers[0]), len(set(strangers)) - 1
    if not others:
        return [f"Paramètre d’adresse ignoré : « {first} »."]
    more = "un autre" if others == 1 else f"{others} autres"
    return [f"Paramètres d’adresse ignorés : « {first} » et {more}."]
