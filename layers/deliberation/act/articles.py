"""Read the articles of the act: what they grant and to whom, which contracts they authorise."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from layers.deliberation.booklet.parties import find_parties
from layers.deliberation.draft.model import Article
from layers.deliberation.draft.values import LIKELY, SURE, Level
from layers.deliberation.text.headings import Heading, Mark
from layers.deliberation.text.reading import Reading, trace
from layers.deliberation.text.source import Line
from layers.french.money import find_amounts, tidy

_GRANT = re.compile(r"\b(?:attribuer|accorder|octroyer|allouer|verser)\b", re.IGNORECASE)
_AMOUNT_WORDS = re.compile(r"subvention|\baides?\b|participation|dotation|fonds de concours")
_TO = re.compile(
    r"\b(?:à la |à l’|au |aux |à )(?=communaut|commune|ville|syndicat|association|pôle|métropole)",
    re.IGNORECASE,
)
_AUTHORISE = re.compile(r"\bsigner\b.*\bcontrats?\b")


def read_articles(reading: Reading) -> Iterator[Article]:
    """Read the articles between « DECIDE » and the end of the act."""
    act = reading.parts.act
    decisions = [h.index for h in reading.headings if h.mark is Mark.DECISION and h.index in act]
    inside = [
        h
        for h in reading.headings
        if decisions
        and decisions[0] <= h.index < act.stop
        and h.mark in {Mark.ARTICLE, Mark.VOTES, Mark.SIGNATURE}
    ]
    for position, heading in enumerate(inside):
        stop = inside[position + 1].index if position + 1 < len(inside) else act.stop
        if heading.mark is Mark.ARTICLE:
            yield from _read_article(reading, heading, reading.lines[heading.index : stop])


def _read_article(reading: Reading, heading: Heading, lines: Sequence[Line]) -> Iterator[Article]:
    """Read one article; one that grants to several beneficiaries gives a record for each."""
    text = re.sub(r"^Article\s+\w+\s*[:.–-]?\s*", "", reading.join(lines), flags=re.IGNORECASE)
    number = heading.number or "unique"
    if _GRANT.search(text) and _AMOUNT_WORDS.search(text):
        granted = _share_out(reading, number, text, lines)
        for beneficiary, amounts in granted.items():
            article = Article(numero=number, beneficiaire=beneficiary or None)
            article.sources["beneficiaire"] = trace(lines[0], LIKELY)
            for amount, line in amounts:
                article.sources[f"montants.{len(article.montants)}"] = trace(line, SURE)
                article.montants.append(amount)
            yield article
        return
    article = Article(numero=number)
    article.sources["numero"] = trace(lines[0], SURE)
    if _AUTHORISE.search(text):
        article.partenaires = find_parties(text)
        article.sources["partenaires"] = trace(lines[0], LIKELY)
    yield article


Granted = dict[str, list[tuple[Decimal, Line]]]


def _share_out(reading: Reading, number: str, text: str, lines: Sequence[Line]) -> Granted:
    """Give each amount to the beneficiary named before it, or after it in a list of amounts."""
    pieces = _TO.split(text)
    parties = [find_parties(piece)[:1] for piece in pieces[1:]]
    heads = [party[0] if party else "" for party in parties]
    amounts = [_read_amounts(reading, number, piece, lines) for piece in pieces]
    granted: Granted = {}
    if not find_amounts(tidy(text)):
        reading.note(
            Level.ERROR,
            "montant-absent",
            f"Article {number}, ligne {lines[0].number} : aucun montant trouvé dans un article qui "
            "attribue une subvention.",
            lines[0].number,
        )
    if amounts[0] and heads:
        # « 500 000 € à la commune A, 200 000 € à la commune B »: each amount comes first.
        heads = [*heads, heads[-1]]
    else:
        heads = [heads[0] if heads else (find_parties(text) or [""])[0], *heads]
    for beneficiary, found in zip(heads, amounts, strict=True):
        granted.setdefault(beneficiary, []).extend(found)
    return {name: found for name, found in granted.items() if found or len(granted) == 1}


def _read_amounts(
    reading: Reading, number: str, text: str, lines: Sequence[Line]
) -> list[tuple[Decimal, Line]]:
    found = []
    for amount in find_amounts(tidy(text)):
        line = line_of(amount.printed, lines)
        if amount.value is None:
            reading.note(
                Level.ERROR,
                "montant-illisible",
                f"Article {number}, ligne {line.number} : montant illisible « {amount.printed} ».",
                line.number,
            )
        else:
            found.append((amount.value, line))
    return found


def line_of(printed: str, lines: Sequence[Line]) -> Line:
    """Return the line on which an amount begins."""
    digits = re.sub(r"\D", "", printed)[:3]
    whole = next((line for line in lines if printed in tidy(line.text)), None)
    return whole or next((line for line in lines if digits and digits in line.text), lines[0])
