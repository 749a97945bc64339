"""From bytes to French text: one encoding or several in one file, or text that was encoded twice.

What a file says of its encoding is a hint; what its bytes can be decides. UTF-8 proves itself. The
encodings of one byte a sign are told apart by what they make of it: accents inside words, œ between
letters, € after an amount speak for one; ½ between letters, ¤ after an amount, a lone accent or a
control sign against.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geo.names import normalise

WINDOWS: Final = "cp1252"
ONE_BYTE: Final = (WINDOWS, "iso8859_15", "mac_roman", "cp850")
"""Windows, Unix, old Macs, the terminals of Windows; the likeliest first."""

NAMES: Final = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    WINDOWS: "Windows-1252",
    "iso8859_15": "ISO-8859-15",
    "mac_roman": "Mac OS Roman",
    "cp850": "DOS (CP850)",
}
"""What people call them."""

MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""Byte order marks; the longer ones first."""

SAMPLE: Final = 200_000
HALF_EMPTY: Final = 0.2
"""Share of zero bytes from which a text has two bytes a sign."""
MOST_TIMES: Final = 4
"""That a text may have been encoded once more."""
LOST: Final = "\ufffd"

_LETTERS = "a-zA-ZàâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ"
_LOW = "a-zàâäçéèêëîïôöùûüÿœæ"
_SPEAKS: Final = tuple(
    (re.compile(pattern), points)
    for pattern, points in (
        (rf"[{_LOW}][éèàêçâîôûùëï]|[éèêçâîôûëï][{_LOW}]", 3),
        (r"(?<!\S)(?:à|où|ô|É|À|È|Ê|Î|Ç|Ô)(?!\S)|(?<=')[éêèî]", 3),
        (r"(?<!\w)[ÉÈÊÀÇÎÔ](?=[a-zA-Zéèêàçîô])|(?<=[A-Z])[ÉÈÊËÀÂÇÎÏÔÙÛ]", 2),
        (rf"(?<=[{_LETTERS}])[œŒ]|[œŒ](?=[{_LETTERS}])", 3),
        (r"\d\s?€|€\s?\d|\(€\)|€(?!\w)", 3),
        (rf"(?<=[{_LETTERS}])’(?=[{_LETTERS}])|«\s?[{_LETTERS}\d]|[{_LETTERS}\d.!?]\s?»", 3),
        (r"[nN]°|\d\s?°|m[²³]|\d\s?½|[–—…•]", 1),
        (rf"(?<=[{_LETTERS}])[½¼¾¤¦¨´¸ºª¶§†‡ˆ˜‰Š‹Žžš¥£¢©®±µ×÷¬¿¡ƒ„‚](?=[{_LETTERS}])", -4),
        (r"\d\s?¤|(?<=\s)[ŽŠ]|[‚ƒ„†‡ˆ‰‹]", -4),
        (rf"[{_LOW}][ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜÚÓÒÕÍÌÁÃÅÆØÑÐÞ]", -3),
        (r"[─-╿▀-▟]|[\x80-\x9f]", -4),
        (r"[ðþýÐÞÝßåãõñøúóíáìòÁÅÍÌÒÓÚÕØ]", -1),
    )
)
"""What the signs around a sign say for or against a reading of the bytes."""

_WORDS: Final = frozenset(
    normalise(word)
    for word in """
cœur œuvre œuvres sœur sœurs nœux nœud bœuf vœux mœurs œuf école écoles été être
médiathèque bibliothèque collège lycée théâtre équipement équipements adresse téléphone
numéro intitulé libellé dénomination bénéficiaire société santé maternité crèche église
abbé général maréchal république libération égalité fraternité liberté résidence hôtel
hôpital château forêt rivière près après très béthune hénin liévin étaples
équihen écourt créquy méricourt fléchin éperlecques étaing hébuterne
année période précisé créé réalisé rénové opération opérations financé dépenses
prévu décision délibération réunion département intercommunalité communauté
""".split()  # noqa: SIM905 - a page of words, to be read as one
)
"""Words of French and of here that are written with accents, as they are compared."""

_TWICE = re.compile(
    "[\u00c2-\u00c7\u00cb\u00e2\u00cc\u00ef]"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3}"
)
_SPACED = re.compile(r"Ã (?= )|(?<!\S)Ã(?= [^ ])|(?<=\d)Â ")
_MENDABLE: Final = frozenset(bytes(range(0x80, 0x100)).decode(WINDOWS, "ignore")) | frozenset(
    "\u0081\u008d\u008f\u0090\u009d\u202f\ufeff\u00b2\u0178"
)
"""Signs that Windows writes in one byte: those of French, and those that stand on the way to it."""
_STILL = re.compile("Ã[\u0080-\u00bf\u0152-\u2122 ©¨ª§]|Â[\u00a0-\u00bf]|â€")


class NotTextError(ValueError):
    """Bytes are no text in any encoding that is read here."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what was made of its bytes.

    Parameters
    ----------
    text
        Without byte order mark.
    encoding
        What the encoding of most of it is called.
    sure
        False where another encoding would make as much French of it.
    mixed
        Lines, from 1, that were in another encoding than the rest.
    twice
        Lines that had been encoded more than once and are mended.
    worn
        Lines with signs that were lost, or seem encoded twice and could not be mended.
    """

    text: str
    encoding: str
    sure: bool = True
    mixed: tuple[int, ...] = ()
    twice: tuple[int, ...] = ()
    worn: tuple[int, ...] = ()


def decode(content: bytes, hint: str = "") -> Decoded:
    """Return the text of a file, in the encoding that makes French of it.

    Parameters
    ----------
    hint
        Python's name of the encoding that is announced; taken where the bytes leave the choice.

    Raises
    ------
    NotTextError
        It is not text.
    """
    encoding = _wide(content)
    if encoding:
        return _mended(_strict(content, encoding), NAMES[encoding])
    if b"\0" in content:
        raise NotTextError
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return _mended(content.decode("utf-8"), NAMES["utf-8"])
    except UnicodeDecodeError:
        return _decode_lines(content, hint)


def decode_cells(cells: Sequence[bytes], hint: str = "") -> tuple[list[str], Decoded]:
    """Return the texts of cells that a table holds as bytes; the lines told of are their ranks."""
    joined = b"\n".join(cell.replace(b"\n", b" ").replace(b"\r", b" ") for cell in cells)
    decoded = decode(joined.replace(b"\0", b" "), hint)
    return decoded.text.split("\n"), decoded


def mend_twice(text: str) -> str:
    """Return a text as it was before it was encoded once too often, or as it is.

    Only stretches of signs that are together the UTF-8 of a sign of French are changed.
    """
    for _ in range(MOST_TIMES):
        mended = _TWICE.sub(_again, _SPACED.sub(_respaced, text))
        if mended == text:
            break
        text = mended
    return text


def is_worn(text: str) -> bool:
    """Tell whether signs were lost on the way, or look encoded twice."""
    return LOST in text or _STILL.search(text) is not None


def _again(match: re.Match[str]) -> str:
    """Read a stretch as bytes again, as far as they are a sign of French."""
    stretch = match[0]
    for end in range(len(stretch), 1, -1):
        raw = b"".join(_byte(sign) for sign in stretch[:end])
        try:
            sign = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if len(sign) == 1 and sign in _MENDABLE:
            return sign + stretch[end:]
    return stretch


def _respaced(match: re.Match[str]) -> str:
    """Read à, or a no-break space, whose second byte was shown as a blank and became a space."""
    return "à" if match[0].startswith("Ã") else "\u00a0"


def _byte(sign: str) -> bytes:
    try:
        return sign.encode(WINDOWS)
    except UnicodeEncodeError:
        return sign.encode("latin-1", errors="replace")


def _wide(content: bytes) -> str:
    """Return the encoding of two or four bytes a sign, empty when it is none."""
    for mark, encoding in MARKS:
        if content.startswith(mark) and encoding != "utf-8":
            return encoding
    if content[:SAMPLE].count(0) > HALF_EMPTY * min(len(content), SAMPLE):
        little = content[1:SAMPLE:2].count(0) >= content[0:SAMPLE:2].count(0)
        return "utf-16-le" if little else "utf-16-be"
    return ""


def _strict(content: bytes, encoding: str) -> str:
    # half a sign at the end is what a copy that was cut leaves
    width = 4 if "32" in encoding else 2
    try:
        text = content[: len(content) // width * width].decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError from error
    if "\0" in text:
        raise NotTextError
    return text.removeprefix("\ufeff")


def _decode_lines(content: bytes, hint: str) -> Decoded:
    """Decode each line by itself: UTF-8 where it is that, else the most French of the others."""
    lines = re.split(rb"(?<=\n)|(?<=\r)(?!\n)", content)
    texts: list[str | None] = []
    united = 0
    for line in lines:
        try:
            texts.append(line.decode())
            united += not line.isascii()
        except UnicodeDecodeError:
            texts.append(None)
    others = [number for number, text in enumerate(texts) if text is None]
    encoding, sure = _most_french(b"".join(lines[number] for number in others)[:SAMPLE], hint)
    apart = set(others) if united else set()
    for number in others:
        texts[number] = _read(lines[number], encoding)
        if score(texts[number] or "") < 0:
            other, better = _most_french(lines[number], encoding)
            if better and other != encoding:
                texts[number] = _read(lines[number], other)
                apart.add(number)
    name = NAMES["utf-8"] if united >= len(others) else NAMES[encoding]
    if united >= len(others):
        apart = set(others)
    elif united:
        apart = {n for n, line in enumerate(lines) if n not in others and not line.isascii()}
    mended = _mended("".join(text or "" for text in texts), name)
    return Decoded(
        mended.text, name, sure, tuple(n + 1 for n in sorted(apart)), mended.twice, mended.worn
    )


def _read(line: bytes, encoding: str) -> str:
    """Decode a line; a byte that the encoding does not know stays a control sign."""
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return "".join(bytes([b]).decode(encoding, "ignore") or chr(b) for b in line)


def _most_french(sample: bytes, hint: str) -> tuple[str, bool]:
    """Return the encoding that makes most French of bytes, and whether no other makes as much."""
    order = ([hint] if hint in ONE_BYTE else []) + [e for e in ONE_BYTE if e != hint]
    texts = {encoding: _read(sample, encoding) for encoding in order}
    scores = {encoding: score(text) for encoding, text in texts.items()}
    best = max(order, key=scores.__getitem__)
    rivals = [e for e in order if e != best and scores[e] >= scores[best]]
    return best, all(texts[rival] == texts[best] for rival in rivals)


def score(text: str) -> int:
    """Return how French a text is: points for what French writes, against what it never does."""
    points = sum(weight * len(pattern.findall(text)) for pattern, weight in _SPEAKS)
    words = (w for w in re.findall(r"[^\W\d_]+", text) if not w.isascii())
    return points + 4 * sum(_is_word(word) for word in words)


@lru_cache(maxsize=4_096)
def _is_word(word: str) -> bool:
    return normalise(word) in _WORDS


def _mended(text: str, encoding: str) -> Decoded:
    """Mend what was encoded twice, line by line, and name the lines."""
    if not _TWICE.search(text) and "Ã" not in text and LOST not in text:
        return Decoded(text, encoding)
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    mended = [mend_twice(line) if _TWICE.search(line) or "Ã" in line else line for line in lines]
    twice = tuple(n for n, (a, b) in enumerate(zip(lines, mended, strict=True), 1) if a != b)
    worn = tuple(n for n, line in enumerate(mended, 1) if is_worn(line))
    return Decoded("".join(mended), encoding, twice=twice, worn=worn)
