"""From bytes to text: the encodings that French offices write, alone or mixed in one file."""

from typing import Final

from app.imports.limits import BroughtFileError, where

CANDIDATES: Final = ("cp1252", "mac_roman", "cp850")
"""One byte a sign: Windows, old Macs, the terminals of Windows."""

USUAL: Final = frozenset("éèàêçâîôûùëïœ’«»€°")
RARE: Final = frozenset("ÉÈÀÊÇÂÎÔÛÙËÏŒÆæäöüÄÖÜŸÿ‘“”…–—²³\u00a0\u202fºª·•")
"""Signs of French that are not ASCII; encodings are told apart by the usual ones first."""

SAMPLE: Final = 200_000
HALF_EMPTY: Final = 0.2
"""Share of zero bytes from which a text has two bytes a sign."""


def decode(content: bytes, name: str) -> tuple[str, list[int]]:
    """Return the text of a file, and the lines that were in another encoding than the rest.

    Raises
    ------
    BroughtFileError
        It is not text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(content, "utf-16", name), []
    if content[:SAMPLE].count(0) > HALF_EMPTY * min(len(content), SAMPLE):
        little = content[1:SAMPLE:2].count(0) >= content[0:SAMPLE:2].count(0)
        return _strict(content, "utf-16-le" if little else "utf-16-be", name), []
    if b"\0" in content:
        raise BroughtFileError(f"{where(name)} : ce n’est pas du texte.")
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return _decode_lines(content)


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BroughtFileError(f"{where(name)} : ce n’est pas du texte.") from error
    if "\0" in text:
        raise BroughtFileError(f"{where(name)} : ce n’est pas du texte.")
    return text.removeprefix("\ufeff")


def _decode_lines(content: bytes) -> tuple[str, list[int]]:
    """Decode each line by itself: UTF-8 where it is that, else the most French of the others."""
    lines = content.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)
    texts: list[str | None] = []
    united = 0
    for line in lines:
        try:
            texts.append(line.decode())
            united += not line.isascii()
        except UnicodeDecodeError:
            texts.append(None)
    others = [number for number, text in enumerate(texts) if text is None]
    encoding = _most_french(b"".join(lines[number] for number in others))
    for number in others:
        texts[number] = lines[number].decode(encoding, errors="replace")
    mixed = [number + 1 for number in others] if united else []
    return "".join(text or "" for text in texts), mixed


def _most_french(sample: bytes) -> str:
    sample = sample[:SAMPLE]

    def score(encoding: str) -> int:
        text = sample.decode(encoding, errors="replace")
        return sum(3 * (sign in USUAL) + (sign in RARE) for sign in text if not sign.isascii())

    return max(CANDIDATES, key=score)
