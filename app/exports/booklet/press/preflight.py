"""Preflight: the finished file is read back and judged, in French, green, amber or red."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pypdf
import pypdfium2

from app.exports.booklet.pen.lettering import POINT
from app.exports.booklet.press.contents import Facts, read_facts
from app.exports.booklet.scene.request import PAPERS
from layers.french.wording import enumerate_words, format_number, plural

SMALLEST_TEXT: Final = 6.0
BLEED: Final = 3.0
FINE_DPI, COARSE_DPI = 300, 150
MOST_INK: Final = 3.0
"""Sum of inks that coated paper takes: 300 %."""
SCALE_TOLERANCE: Final = 0.01
_ROUNDING: Final = 0.02


class Light(StrEnum):
    """How a check came out."""

    GREEN = "vert"
    AMBER = "orange"
    RED = "rouge"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and a French sentence about it."""

    light: Light
    title: str
    message: str

    def __str__(self) -> str:
        return f"{self.light.value:<6} {self.title} : {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """The checks of a file, in the order in which people look."""

    checks: tuple[Check, ...]

    @property
    def light(self) -> Light:
        """The worst of all."""
        lights = [check.light for check in self.checks]
        return max(lights, key=list(Light).index)

    def __str__(self) -> str:
        return "\n".join(str(check) for check in self.checks)


def preflight(content: bytes) -> Report:
    """Read a PDF page back and judge it.

    Parameters
    ----------
    content
        A file made by :meth:`app.exports.booklet.Page.to_pdf` or ``to_printer_pdf``; any other
        one-page PDF is judged too.

    Returns
    -------
    Report
        Never raises for a damaged file: that is a red check.
    """
    try:
        facts = read_facts(content)
    except (pypdf.errors.PyPdfError, pypdfium2.PdfiumError, ValueError, KeyError) as error:
        message = f"le fichier ne se lit pas ({type(error).__name__})."
        return Report((Check(Light.RED, "Fichier", message),))
    checks: Iterable[Callable[[Facts], Check]] = (
        _fonts,
        _boxes,
        _text_size,
        _pictures,
        _scale,
        _sources,
        _dropped,
        *((_intent, _inks, _transparency, _standard) if facts.for_printer else (_tags,)),
    )
    return Report(tuple(check(facts) for check in checks))


def _fonts(facts: Facts) -> Check:
    missing = sorted(name for name, embedded in facts.fonts.items() if not embedded)
    if missing:
        message = f"non incorporées : {enumerate_words(missing)}."
        return Check(Light.RED, "Polices", message)
    return Check(Light.GREEN, "Polices", f"{plural(len(facts.fonts), 'police')}, incorporées.")


def _boxes(facts: Facts) -> Check:
    left, low, right, high = facts.trim
    width, height = (right - left) * POINT, (high - low) * POINT
    known = [
        paper
        for paper, (short, long) in PAPERS.items()
        if abs(min(width, height) - short) < 1 and abs(max(width, height) - long) < 1
    ]
    size = f"{format_number(width, 1)} × {format_number(height, 1)} mm"
    if not known:
        return Check(Light.AMBER, "Format", f"{size} : ni A4 ni A3.")
    if not facts.for_printer:
        return Check(Light.GREEN, "Format", f"{known[0]}, {size}.")
    bleeds = [abs(one - other) * POINT for one, other in zip(facts.trim, facts.bleed, strict=True)]
    if min(bleeds) < BLEED - _ROUNDING:
        message = f"fond perdu de {format_number(min(bleeds), 1)} mm, {BLEED:.0f} mm attendus."
        return Check(Light.RED, "Format", message)
    return Check(Light.GREEN, "Format", f"{known[0]} rogné, {size}, fond perdu de {BLEED:.0f} mm.")


def _text_size(facts: Facts) -> Check:
    if facts.smallest_text is None:
        return Check(Light.RED, "Plus petit texte", "aucun texte dans le fichier.")
    light = Light.GREEN if facts.smallest_text >= SMALLEST_TEXT - _ROUNDING else Light.RED
    message = f"{format_number(facts.smallest_text, 1)} points, 6 au moins sont attendus."
    return Check(light, "Plus petit texte", message)


def _pictures(facts: Facts) -> Check:
    if facts.coarsest_picture is None:
        return Check(Light.GREEN, "Images", "aucune : tout est vectoriel.")
    dpi = facts.coarsest_picture
    light = Light.GREEN if dpi >= FINE_DPI else Light.AMBER if dpi >= COARSE_DPI else Light.RED
    return Check(light, "Images", f"{format_number(dpi, 0)} points par pouce au moins.")


def _scale(facts: Facts) -> Check:
    if facts.scale is None or facts.bar_metres is None or facts.bar_millimetres is None:
        return Check(Light.RED, "Échelle", "barre d’échelle ou échelle introuvable.")
    shown = facts.bar_millimetres * facts.scale / 1000
    off = abs(shown - facts.bar_metres) / facts.bar_metres
    light = Light.GREEN if off <= SCALE_TOLERANCE else Light.RED
    message = (
        f"1:{format_number(facts.scale)} ; la barre de {format_number(facts.bar_metres)} m "
        f"mesure {format_number(facts.bar_millimetres, 2)} mm, "
        f"écart de {format_number(100 * off, 2)} %."
    )
    return Check(light, "Échelle", message)


def _sources(facts: Facts) -> Check:
    missing = [
        word
        for word, sign in (("les sources", "Sources"), ("la date", "Page éditée le"))
        if sign not in facts.text
    ]
    if missing:
        return Check(Light.RED, "Sources et date", f"il manque {enumerate_words(missing)}.")
    return Check(Light.GREEN, "Sources et date", "imprimées sur la page.")


def _dropped(facts: Facts) -> Check:
    if facts.dropped:
        return Check(Light.AMBER, "Noms", f"sans place sur la carte : {facts.dropped}")
    return Check(Light.GREEN, "Noms", "tous placés, ou numérotés et listés.")


def _tags(facts: Facts) -> Check:
    missing = [
        word
        for word, there in (
            ("balises", facts.tagged),
            ("titre", bool(facts.title)),
            ("langue", facts.language.startswith("fr")),
            ("signets", facts.bookmarked),
        )
        if not there
    ]
    if missing:
        return Check(Light.AMBER, "Accessibilité", f"il manque : {enumerate_words(missing)}.")
    message = "balises, titre, langue et signets présents (PDF/UA-1 annoncé)."
    return Check(Light.GREEN, "Accessibilité", message)


def _intent(facts: Facts) -> Check:
    if facts.intent is None:
        return Check(Light.RED, "Intention de sortie", "absente.")
    if not facts.profiled:
        message = f"{facts.intent} nommée, sans profil d’impression en quatre couleurs."
        return Check(Light.AMBER, "Intention de sortie", message)
    return Check(Light.GREEN, "Intention de sortie", f"{facts.condition}, profil incorporé.")


def _inks(facts: Facts) -> Check:
    if facts.inks.others:
        message = f"hors des quatre encres : {enumerate_words(sorted(facts.inks.others))}."
        return Check(Light.RED, "Couleurs", message)
    if facts.inks.most > MOST_INK:
        message = f"jusqu’à {format_number(100 * facts.inks.most, 0)} % d’encre, 300 % au plus."
        return Check(Light.AMBER, "Couleurs", message)
    black = "le noir surimprime" if facts.overprint else "le noir ne surimprime pas"
    light = Light.GREEN if facts.overprint else Light.AMBER
    message = f"quatre encres, {format_number(100 * facts.inks.most, 0)} % au plus ; {black}."
    return Check(light, "Couleurs", message)


def _transparency(facts: Facts) -> Check:
    if facts.inks.transparent:
        return Check(Light.AMBER, "Transparence", "il y en a : à aplatir selon l’imprimeur.")
    return Check(Light.GREEN, "Transparence", "aucune.")


def _standard(facts: Facts) -> Check:
    if facts.missing:
        message = f"il manque : {enumerate_words(facts.missing)}."
        return Check(Light.AMBER, "PDF/X-4", message)
    message = "version, identité, dates, boîtes, intention de sortie, relues ici une à une."
    return Check(Light.GREEN, "PDF/X-4", message)
