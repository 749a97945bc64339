"""Name the partners of a contract: find them in a sentence, tell one from another."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz import fuzz

from geo.names import normalise, of_place

SAME_NAME: Final = 82
"""Two names alike at least so much (0 to 100) are one partner spelt twice."""

_KINDS: Final = (
    (r"communautés? d’agglomération|CA", "Communauté d’agglomération", "EPCI"),
    (r"communautés? de communes|CC", "Communauté de communes", "EPCI"),
    (r"communautés? urbaines?|CU", "Communauté urbaine", "EPCI"),
    (r"métropole", "Métropole", "EPCI"),
    (r"pôle métropolitain", "Pôle métropolitain", "syndicat"),
    (r"syndicats? mixtes?", "Syndicat mixte", "syndicat"),
    (r"syndicats? intercommuna(?:l|ux)", "Syndicat intercommunal", "syndicat"),
    (r"syndicats?", "Syndicat", "syndicat"),
    (r"associations?", "Association", "association"),
    (r"communes?", "Commune", "commune"),
    (r"villes?", "Ville", "commune"),
)
_KIND = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<k{i}>{words})" for i, (words, *_) in enumerate(_KINDS))
    + r")(?![\w-])", re.IGNORECASE,
)  # fmt: skip
_TOKEN = re.compile(r"[dl]’|[^\s,;.:()«»]+|[,;.:()«»]", re.IGNORECASE)
_LINK = re.compile(r"(?:d[eu]|des|[dl]’|l[ae]|les|en|sur|sous|lès|lez)", re.IGNORECASE)
_START = re.compile(r"(?:d[eu]|des|d’)", re.IGNORECASE)
_LOWER_NAME = re.compile(
    r"(?:pays|deux|baies|caps|vallées|région|canton|campagnes|collines|sept|haut|côte)"
)
_TITLE = re.compile(r"(?:vice-)?(?:président|maire|conseil|directeur|directrice)", re.IGNORECASE)
_KEPT_OUT = re.compile(
    r"\b(?:la|le|les|l|de|du|des|d|et|communautes?|agglomeration|agglo|communes?|urbaine|villes?"
    r"|syndicats?|mixtes?|intercommunal|association|ca|cc|cu|departement)\b"
)
_LONGEST_NAME: Final = 14
_PLURAL_WORD: Final = 4


def find_parties(text: str) -> list[str]:
    """Find the partners that a sentence names, each written in full.

    « les Communautés de communes des 7 Vallées, du Ternois » gives two names.
    """
    found: list[str] = []
    for match in _KIND.finditer(text):
        kind = next(kind for i, (_, kind, _) in enumerate(_KINDS) if match[f"k{i}"])
        several = match[0].lower().split()[0].endswith("s")
        for name in _read_names(text[match.end() :], several=several, plain=kind == "Commune"):
            party = f"{kind} {name}"
            if party not in found:
                found.append(party)
    return found


def _read_names(text: str, *, several: bool, plain: bool) -> list[str]:
    """Read the names after « Communautés de communes »; a plain name has no comma nor « et »."""
    words = _TOKEN.findall(text[:400])
    names: list[list[str]] = [[]]
    for position, word in enumerate(words):
        ahead = words[position + 1 : position + 4]
        if any(_TITLE.match(w) for w in (word, *ahead[: bool(_LINK.fullmatch(word))])):
            break
        if _is_name(word, names[-1]):
            names[-1].append(word)
        elif word in {",", "et", "&"} and _has_name(names[-1]) and ahead:
            goes_on = _is_proper(ahead[0]) and not any(_TITLE.match(w) for w in ahead[:2])
            if goes_on and not plain:
                names[-1].append(word)
            elif several and (_begins_name(ahead) or (goes_on and plain)):
                names.append([])
            else:
                break
        else:
            break
        if len(names[-1]) > _LONGEST_NAME:
            break
    return [_write(name) for name in names if _has_name(name)]


def _is_proper(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdecimal()


def _is_name(word: str, before: Sequence[str]) -> bool:
    if _is_proper(word) or _LINK.fullmatch(word):
        return True
    return bool(before) and bool(_LOWER_NAME.fullmatch(word))


def _has_name(words: Sequence[str]) -> bool:
    return any(_is_proper(word) or _LOWER_NAME.fullmatch(word) for word in words)


def _begins_name(ahead: Sequence[str]) -> bool:
    words = [word for word in ahead if word != "et"]
    return bool(words) and bool(_START.fullmatch(words[0])) and _has_name(words[1:])


def _write(words: Sequence[str]) -> str:
    kept = list(words)
    while kept and (_LINK.fullmatch(kept[-1]) or kept[-1] in {",", "et", "&"}):
        kept.pop()
    text = " ".join(kept).replace("’ ", "’").replace(" ,", ",")
    return text if _LINK.fullmatch(kept[0]) or len(kept) > 1 else of_place(text)


def find_kind(text: str) -> int | None:
    """Return where the first word that names a kind of partner stands; None for none."""
    match = _KIND.search(text)
    return match.start() if match else None


def kind_of(party: str) -> str | None:
    """Return what a partner is: EPCI, commune, syndicat, association; None when it does not say."""
    match = _KIND.match(re.sub(r"^(?:la |le |les |l’)", "", party, flags=re.IGNORECASE))
    if match is None:
        return None
    return next(kind for i, (_, _, kind) in enumerate(_KINDS) if match[f"k{i}"])


def party_key(party: str) -> str:
    """Return what tells a partner: the words of its own name, without plural."""
    bare = _KEPT_OUT.sub(" ", normalise(re.sub(r"\([^()]*\)", " ", party)))
    return " ".join(
        word.removesuffix("s") if len(word) >= _PLURAL_WORD else word for word in bare.split()
    )


def likeness(one: str, other: str) -> float:
    """Say how alike two names of partners are, 0 to 100; a commune is never an EPCI."""
    kinds = {kind_of(one), kind_of(other)} - {None}
    if len(kinds) > 1:
        return 0.0
    left, right = party_key(one), party_key(other)
    if not left or not right:
        return 0.0
    return max(fuzz.ratio(left, right), fuzz.token_sort_ratio(left, right))


def find_same(party: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that is the same partner, spelt in another way perhaps."""
    scored = [(likeness(party, candidate), candidate) for candidate in candidates]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= SAME_NAME else None
