"""Read the articles of the act: what they grant and to whom, which contracts they authorise."""

import re
from collections.abc import Iterator, Sequence

from layers.deliberation.headings import Heading, Mark
from layers.deliberation.model import LIKELY, SURE, Article, Level
from layers.deliberation.parties import find_parties
from layers.deliberation.reading import Reading, trace
from layers.deliberation.source import Line
from layers.money import find_amounts, tidy

_GRANT = re.compile(r"\b(?:attribuer|accorder|octroyer|allouer|verser)\b", re.IGNORECASE)
_AMOUNT_WORDS = re.compile(r"subvention|\baides?\b|participation|dotation|fonds de concours")
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
            yield _read_article(reading, heading, reading.lines[heading.index : stop])


def _read_article(reading: Reading, heading: Heading, lines: Sequence[Line]) -> Article:
    text = re.sub(r"^Article\s+\w+\s*[:.–-]?\s*", "", reading.join(lines), flags=re.IGNORECASE)
    article = Article(numero=heading.number or "unique")
    article.sources["numero"] = trace(lines[0], SURE)
    parties = find_parties(text)
    if _GRANT.search(text) and _AMOUNT_WORDS.search(text):
        article.beneficiaire = parties[0] if parties else None
        article.sources["beneficiaire"] = trace(lines[0], LIKELY)
        _read_amounts(reading, article, text, lines)
    elif _AUTHORISE.search(text):
        article.partenaires = parties
        article.sources["partenaires"] = trace(lines[0], LIKELY)
    return article


def _read_amounts(reading: Reading, article: Article, text: str, lines: Sequence[Line]) -> None:
    amounts = find_amounts(tidy(text))
    for amount in amounts:
        line = line_of(amount.printed, lines)
        if amount.value is None:
            reading.note(
                Level.ERROR,
                "montant-illisible",
                f"Article {article.numero}, ligne {line.number} : montant illisible "
                f"« {amount.printed} ».",
                line.number,
            )
        else:
            article.sources[f"montants.{len(article.montants)}"] = trace(line, SURE)
            article.montants.append(amount.value)
    if not amounts:
        reading.note(
            Level.ERROR,
            "montant-absent",
            f"Article {article.numero}, ligne {lines[0].number} : aucun montant trouvé dans un "
            "article qui attribue une subvention.",
            lines[0].number,
        )


def line_of(printed: str, lines: Sequence[Line]) -> Line:
    """Return the line on which an amount begins."""
    digits = re.sub(r"\D", "", printed)[:3]
    whole = next((line for line in lines if printed in tidy(line.text)), None)
    return whole or next((line for line in lines if digits and digits in line.text), lines[0])
