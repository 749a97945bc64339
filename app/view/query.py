"""Query strings: how a view is written as one, and read from outside.

Each key is read once, or told of in a French sentence.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, TypeVar
from urllib.parse import quote, unquote_plus

from app.view.keys import FIRST_ROW, SAFE, Key
from app.view.worn import unworn
from geo.perimeter import shorten

LONGEST_QUERY: Final = 2000
"""Characters of an address that are read; the longest that the pages write has under 400."""
MOST_REMARKS: Final = 4
MOST_DIGITS: Final = 9
CAMPAIGNS: Final = re.compile(r"utm_\w+|mtm_\w+|fbclid|gclid|msclkid", re.ASCII)
"""What letters and social networks add to a link; it is no mistake of the reader's."""

View = TypeVar("View")
Words = TypeVar("Words")
Reader = Callable[[View, str, Words], tuple[View, str | None]]
"""Takes a view, the text of a key and what an address may speak of; gives the view with what was
asked for, or as it was and a French sentence."""


Texts = Mapping[str, str | None]
"""Part of a view → what an address says of it; None where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Address(Generic[View, Words]):
    """How the views of a page are written as query strings, and read back.

    Parameters
    ----------
    keys
        In the order in which they are written.
    usual
        The view that an empty query gives; what is as there goes without saying.
    texts
        Gives what an address says of each part of a view.
    readers
        Reader of each part, in the order in which they are read.
    reconcile
        Takes a view whose parts are read, the words and the parts that had a text; gives the view
        with its parts made to agree, and what had to be given up, French sentences.
    """

    keys: tuple[Key, ...]
    usual: View
    texts: Callable[[View], Texts]
    readers: Mapping[str, Reader[View, Words]]
    reconcile: Callable[[View, Words, Collection[str]], tuple[View, list[str]]]

    def write(self, view: View) -> str:
        """Write a view as a query string, ``?`` included; the usual view gives an empty text."""
        texts, usual = self.texts(view), self.texts(self.usual)
        said = {part for part, text in texts.items() if text and text != usual[part]}
        return write_query(
            {
                key.name: texts[key.part]
                for key in self.keys
                if key.part in said or (said and key.leads)
            }
        )

    def read(self, query: str, words: Words) -> tuple[View, tuple[str, ...]]:
        """Read a query string; whatever it holds, the nearest sensible view comes out.

        Parameters
        ----------
        query
            With or without its ``?``; from outside, so anything.
        words
            What an address may speak of, for the readers.

        Returns
        -------
        view
            Part by part, the usual one where the query's could not be used.
        remarks
            One French sentence for each thing that was ignored or replaced, at most
            :data:`MOST_REMARKS`.
        """
        lists = [key.name for key in self.keys if key.several]
        texts, remarks = split_query(query, [key.name for key in self.keys], lists)
        by_part = {key.part: texts[key.name] for key in self.keys if key.name in texts}
        view, told = self.take(by_part, words)
        return view, (*remarks, *told)[:MOST_REMARKS]

    def take(self, texts: Mapping[str, object], words: Words) -> tuple[View, tuple[str, ...]]:
        """Read texts by part, as the browser's stores hold them; from outside too."""
        asked = {
            part: text
            for part, given in texts.items()
            if given and (text := str(given)[:LONGEST_QUERY].strip())
        }
        view, remarks = self.usual, list[str]()
        for part, read in self.readers.items():
            if part in asked:
                view, remark = _read_worn(view, asked[part], read, words)
                remarks += [remark] if remark else []
        view, told = self.reconcile(view, words, asked.keys())
        return view, (*remarks, *told)[:MOST_REMARKS]


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


def split_query(
    query: str, known: Collection[str], lists: Collection[str] = ()
) -> tuple[dict[str, str], list[str]]:
    """Return the text of each known key, and French remarks.

    Parameters
    ----------
    lists
        Keys of which all texts are read where they are repeated, commas between them; of others
        it is the first.
    """
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
        if key in lists and key in texts and text:
            texts[key] += f",{text}"
        elif key in known:
            if text and texts.setdefault(key, text) != text:
                remarks.append(f"Paramètre « {key} » répété : seul le premier est lu.")
        elif key and key != FIRST_ROW and not CAMPAIGNS.fullmatch(key):
            strangers.append(key)
    return texts, [*dict.fromkeys(remarks), *_told(strangers)]


def whole_number(query: str, key: str, *, least: int) -> int:
    """Return a number that a query says under a key; the least where it says none."""
    text = split_query(query, (key,))[0].get(key, "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS else least
    return max(number, least)


def write_query(texts: Texts) -> str:
    """Write a query string, ``?`` included; nothing at all where every text is empty."""
    written = [f"{key}={quote(text, safe=SAFE)}" for key, text in texts.items() if text]
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
