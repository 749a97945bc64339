"""The commune that a cell names, read as people mean it: « 62000 ARRAS », « PORTEL (LE) »."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from geo.names import normalise
from geo.perimeter import DEPARTEMENT_CODE, Level
from geo.reference.index import loosen, split_level
from geo.reference.places import Reference

LONGEST: Final = 100
POSTCODE: Final = 5
SHORTEST: Final = 4
MOST_WORDS: Final = 4
"""Of a name, the hyphens of which join them."""

_POSTCODE = re.compile(r"(?:^|[\s,;(-])(?:F-?)?(\d{5}|\d{2}\s\d{3})(?=$|[\s,;)-])")
_CEDEX = re.compile(r"\bcedex(?:\s+\d{1,2})?\b", re.IGNORECASE)
_COUNTRY = re.compile(r"[\s,(-]+(?:france|pas[ -]de[ -]calais|62)\)?\s*$", re.IGNORECASE)
_BEHIND = re.compile(
    r"^(.*?)(?:\s*\((l[ea]s?|l['’]|aux?)\)|\s*,\s*(l[ea]s?|l['’])|\s+-\s+(l[ea]s?))\s*$",
    re.IGNORECASE,
)
_OVER = re.compile(r"\s*(?:\bs\s*)?/\s*-?")
"""« s/ » or « / » for « sur »."""
_BETWEEN = re.compile(r"[,;/|+\n]|\s+et\s+|\s+-\s+")
_OFFICE = re.compile(r"^(?:commune|cne|ville|mairie)\s+(?:de\s+|du\s+|des\s+|d['’])", re.IGNORECASE)


class NamedCommunes:
    """Finds communes of the département, and knows the postcodes.

    Parameters
    ----------
    reference
        Places.
    """

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self._known: dict[str, str | None] = {}

    @cached_property
    def postcodes(self) -> dict[str, frozenset[str]]:
        """Codes of the communes of each postcode."""
        found: dict[str, set[str]] = {}
        for commune in self.reference.communes.values():
            for postcode in commune.postcodes:
                found.setdefault(postcode, set()).add(commune.code)
        return {postcode: frozenset(codes) for postcode, codes in found.items()}

    def find(self, text: str) -> str | None:
        """Return today's code of the one commune that a cell names, None where it names none.

        A postcode beside the name, CEDEX, an article behind the name and « Ville de » are read as
        people mean them; a bare postcode or code names nothing here.
        """
        if text not in self._known:
            self._known[text] = self._find(text[:LONGEST])
        return self._known[text]

    def find_several(self, text: str) -> list[str]:
        """Return the names of a cell that names several communes; empty where it names one."""
        parts = [part.strip() for part in _BETWEEN.split(text[: 10 * LONGEST]) if part.strip()]
        several = len(parts) > 1 and all(self.find(part) is not None for part in parts)
        return parts if several else []

    def is_named_in(self, text: str) -> bool:
        """Tell whether some words of a text are the name of a commune, with its capital."""
        words = text[: 2 * LONGEST].split()
        stretches = (
            " ".join(words[start:end]).strip(".,;:()")
            for start in range(len(words))
            for end in range(start + 1, min(start + MOST_WORDS, len(words)) + 1)
        )
        return any(s[:1].isupper() and len(s) >= SHORTEST and self.find(s) for s in stretches)

    def is_postcode_elsewhere(self, text: str) -> bool:
        """Tell whether a text is a postcode that serves no commune of here."""
        postcode = "".join(text.split()).zfill(POSTCODE)
        figures = postcode.isdecimal() and len(postcode) == POSTCODE
        return figures and postcode[:2] != DEPARTEMENT_CODE and postcode not in self.postcodes

    def is_postcode_of(self, postcode: str, commune: str) -> bool:
        """Tell whether a commune has a postcode."""
        return commune in self.postcodes.get(postcode, frozenset())

    def _find(self, text: str) -> str | None:
        postcode = _POSTCODE.search(text)
        rest = _CEDEX.sub(" ", _POSTCODE.sub(" ", text, count=1))
        rest = _COUNTRY.sub("", rest).replace("()", " ").strip(" ,;-–")
        if rest.count("(") != rest.count(")"):
            rest = rest.strip("() ")
        if not any(sign.isalpha() for sign in rest):
            return None
        if split_level(normalise(rest))[0] not in {None, Level.COMMUNE}:
            return None  # « Communauté urbaine d’Arras » is not Arras
        if postcode and self.is_postcode_elsewhere(postcode[1]):
            return None
        near = self.postcodes.get(postcode[1].replace(" ", ""), frozenset()) if postcode else ()
        spellings = (rest, article_before(rest), _OFFICE.sub("", rest), _OVER.sub(" sur ", rest))
        for spelling in dict.fromkeys(spellings):
            bare = normalise(spelling)
            codes = self._names.get(bare) or self._names.get(loosen(bare), frozenset())
            # of homonyms, the one of the postcode beside the name
            codes = codes if len(codes) == 1 else codes & frozenset(near)
            if len(codes) == 1:
                return next(iter(codes))
        return None

    @cached_property
    def _names(self) -> dict[str, frozenset[str]]:
        """Codes of the communes of each name, official, former or in common use."""
        exact: dict[str, set[str]] = {}
        loose: dict[str, set[str]] = {}
        for name, code in self._spellings():
            bare = normalise(name)
            exact.setdefault(bare, set()).add(code)
            loose.setdefault(loosen(bare), set()).add(code)
        return {name: frozenset(codes) for name, codes in (loose | exact).items() if name}

    def _spellings(self) -> Iterator[tuple[str, str]]:
        for commune in self.reference.communes.values():
            yield commune.name, commune.code
            for other in self.reference.other_names.get(commune.code, ()):
                yield other, commune.code
        official = {normalise(commune.name) for commune in self.reference.communes.values()}
        for former in self.reference.former_communes:
            if normalise(former.name) not in official:
                yield former.name, former.current


def article_before(text: str) -> str:
    """Put an article that stands behind a name before it: « PORTEL (LE) » is « LE PORTEL »."""
    found = _BEHIND.match(text)
    if not found:
        return text
    article = found[2] or found[3] or found[4]
    return f"{article}{'' if article[-1] in chr(39) + '’' else ' '}{found[1].strip()}"


def split_codes(text: str) -> list[str]:
    """Return the codes of a cell that holds several: « 62193, 62498 »; empty where it is one."""
    parts = [part.strip() for part in re.split(r"[,;/|+\n]|\s+et\s+|\s-\s", text) if part.strip()]
    if len(parts) == 1 and re.fullmatch(r"\d{5}(?:\s+\d{5})+", parts[0]):
        parts = parts[0].split()
    return parts if len(parts) > 1 and all(re.fullmatch(r"\d{4,5}", p) for p in parts) else []
