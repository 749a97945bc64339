"""Names of places: one spelling to compare by, the article that belongs to a name, French order."""

import re
import unicodedata
from functools import lru_cache

ARTICLES = {
    "0": "",
    "1": "",
    "2": "Le ",
    "3": "La ",
    "4": "Les ",
    "5": "L'",
    "6": "Aux ",
    "7": "Las ",
    "8": "Los ",
}
"""Article for each value of INSEE's « type de nom en clair » (TNCC)."""

LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "&": " et "})

INVISIBLE = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""))
"""Signs that files carry and nobody sees: soft hyphen, zero-width spaces, byte order mark."""

WORDS = {
    "st": "saint",
    "lez": "les",
    "ste": "sainte",
    "sts": "saints",
    "stes": "saintes",
    "deux": "2",
    "sept": "7",
}
"""Words that documents write in two ways, each with the way kept to compare by."""

_ASPIRATED_H = re.compile(r"^(?:Ham\b|Hamel|Harnes|Haut|Hauts-)")
_VOWEL = re.compile(r"^[AEIOUYHŒÆÀÂÉÈÊËÎÏÔÖÙÛÜ]", re.IGNORECASE)


def with_article(name: str, tncc: str) -> str:
    """Put back the article that INSEE keeps apart: « Attaques », 4 → « Les Attaques ».

    Raises
    ------
    ValueError
        The TNCC is not one of INSEE's nine values.
    """
    try:
        return f"{ARTICLES[tncc]}{name}"
    except KeyError:
        raise ValueError(f"TNCC « {tncc} » inconnu pour « {name} », 0 à 8 attendu.") from None


def of_place(name: str) -> str:
    """Write *de* before a place name: ``d’Arras``, ``du Touquet``, ``des Attaques``."""
    for article, contracted in (("Les ", "des "), ("Le ", "du ")):
        if name.startswith(article):
            return contracted + name[len(article) :]
    elided = _VOWEL.match(name) and not _ASPIRATED_H.match(name)
    return f"d’{name}" if elided else f"de {name}"


def unaccented(text: str) -> str:
    """Return the text without accents, cedillas or ligatures; case is kept."""
    if text.isascii():
        return text.replace("&", " et ")
    parts = unicodedata.normalize("NFKD", text.translate(LIGATURES).translate(INVISIBLE))
    return "".join(c for c in parts if not unicodedata.combining(c))


def plain(text: str) -> str:
    """Return the text in lower case without accents; signs between words are kept."""
    return unaccented(text.casefold()).casefold()


@lru_cache(maxsize=16_384)
def normalise(text: str) -> str:
    """Return the spelling to compare by: lower case, no accents, words apart by one space.

    Hyphens, apostrophes and other signs part words; « St » is « saint », « & » is « et »,
    « sept » and « deux » are figures.
    """
    words = re.findall(r"[a-z0-9]+", plain(text))
    return " ".join(WORDS.get(word, word) for word in words)


def sort_key(name: str) -> tuple[str, str]:
    """Return the key of French order: letters before accents, É among the E."""
    letters = " ".join(re.findall(r"[a-z0-9]+", unaccented(name).casefold()))
    return letters, name
