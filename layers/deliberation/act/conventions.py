"""Read the model convention joined to a deliberation and compare it with the known one."""

import re
from collections.abc import Iterator
from typing import Final

from layers.deliberation.draft.model import Remark
from layers.deliberation.draft.values import Level
from layers.deliberation.text.headings import Mark
from layers.deliberation.text.reading import Reading
from layers.deliberation.text.source import Line
from layers.documents.convention import DEADLINE_THRESHOLD, PAYMENT_THRESHOLD
from layers.french.money import find_amounts, tidy
from layers.french.wording import format_euros

KNOWN_SHARES: Final = (30, 30, 20, 50)
KNOWN_CEILING: Final = 80
_SHARE = re.compile(r"acompte de (?P<share>\d{1,3}) ?%")
_CEILING = re.compile(r"plafond de (?P<share>\d{1,3}) ?%")
_PAYMENT = re.compile(r"^Si la subvention est (?:sup[ée]rieure|inf[ée]rieure)", re.IGNORECASE)
_SIDES = re.compile(r"subvention ?(?P<sign><|>|≤|≥)")
_REFERENCE = re.compile(
    r"obligations de communication mentionn[ée]e?s [àa] l’article (?P<n>\d{1,2})"
)
_ARTICLE = re.compile(r"^Article (?P<n>\d{1,2}) ?: ?Obligations de communication", re.IGNORECASE)


def read_convention(reading: Reading) -> None:
    """Say where the joined convention differs from the known one, contradicts itself, is silent."""
    lines = _lines_of_convention(reading)
    if not lines:
        return
    for remark in (*_compare(lines), *_find_reference(lines), *_find_silence(lines)):
        reading.note(remark.niveau, remark.regle, remark.message, *remark.lignes)


def _lines_of_convention(reading: Reading) -> tuple[Line, ...]:
    starts = [h.index for h in reading.headings if h.mark is Mark.CONVENTION]
    if not starts:
        return ()
    after = [h.index for h in reading.headings if h.mark is Mark.REPORT and h.index > starts[0]]
    return reading.lines[starts[0] : after[0] if after else len(reading.lines)]


def _compare(lines: tuple[Line, ...]) -> Iterator[Remark]:
    shares = [(int(m["share"]), line) for line in lines for m in _SHARE.finditer(line.text)]
    if shares and tuple(share for share, _ in shares) != KNOWN_SHARES:
        words = ", ".join(f"{share} %" for share, _ in shares)
        yield _differs(
            f"les acomptes sont de {words}, 30 %, 30 %, 20 % et 50 % étaient attendus",
            *(line for _, line in shares),
        )
    for line in lines:
        ceiling = _CEILING.search(line.text)
        if ceiling and int(ceiling["share"]) != KNOWN_CEILING:
            yield _differs(f"le plafond d’aides publiques est de {ceiling['share']} %", line)
        if _PAYMENT.match(line.text):
            for amount in find_amounts(tidy(line.text)):
                if amount.value is not None and amount.value != PAYMENT_THRESHOLD:
                    yield _differs(
                        f"le seuil des acomptes est de {format_euros(amount.value)}", line
                    )


def _differs(words: str, *lines: Line) -> Remark:
    return Remark(
        niveau=Level.WARNING,
        regle="convention-différente",
        message=f"La convention jointe n’est pas celle que le programme applique : {words}.",
        lignes=[line.number for line in lines],
    )


def _find_reference(lines: tuple[Line, ...]) -> Iterator[Remark]:
    articles = {m["n"]: line for line in lines if (m := _ARTICLE.match(line.text))}
    for line in lines:
        match = _REFERENCE.search(line.text)
        if match and articles and match["n"] not in articles:
            number, where = next(iter(articles.items()))
            yield Remark(
                niveau=Level.NOTE,
                regle="convention-contradictoire",
                message=f"La convention renvoie à l’article {match['n']} pour la communication : "
                f"c’est l’article {number} qui en traite.",
                lignes=sorted({line.number, where.number}),
            )


def _find_silence(lines: tuple[Line, ...]) -> Iterator[Remark]:
    """Find deadlines given below and above an amount and not at the amount itself."""
    for line in lines:
        signs = {match["sign"] for match in _SIDES.finditer(line.text)}
        amounts = {amount.value for amount in find_amounts(tidy(line.text))}
        if signs == {"<", ">"} and len(amounts) == 1:
            amount = next(iter(amounts), DEADLINE_THRESHOLD)
            yield Remark(
                niveau=Level.NOTE,
                regle="convention-muette",
                message="La convention donne un délai au-dessous et au-dessus de "
                f"{format_euros(amount)}, aucun pour ce montant exact.",
                lignes=[line.number],
            )
            return
