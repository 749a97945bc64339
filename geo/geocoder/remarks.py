"""Tell: what a person must know of an answer, in French sentences."""

from collections.abc import Iterator, Sequence
from typing import Final

from geo.geocoder.evidence import Candidate
from geo.geocoder.gazetteer import Gazetteer
from geo.geocoder.mentions import WRITTEN, How, Mention
from geo.geocoder.place import Alternative
from geo.geocoder.text import Words
from geo.geocoder.toponyms import Origin, Outside
from geo.names import normalise
from geo.perimeter import shorten
from geo.reference.records import Commune, FormerCommune
from geo.reference.resolution import in_words

SURE: Final = 0.9
"""Probability below which the other possible places are told."""

MOST_TOLD: Final = 3


def remark_on(
    candidate: Candidate,
    confidence: float,
    words: Words,
    alternatives: Sequence[Alternative],
    gazetteer: Gazetteer,
) -> str:
    """Return what must be known of an answer; empty where nothing is out of the ordinary."""
    sentences = [*_remarks(candidate, words, gazetteer)]
    if confidence < SURE and alternatives:
        others = ", ".join(other.name for other in alternatives[:MOST_TOLD])
        sentences.append(f"À vérifier ; autres possibilités : {others}.")
    return " ".join(sentences)


def _remarks(candidate: Candidate, words: Words, gazetteer: Gazetteer) -> Iterator[str]:
    target, mention = candidate.target, candidate.mention
    if isinstance(target, Outside):
        yield f"Hors du Pas-de-Calais : {target}."
        return
    if not isinstance(target, Commune):
        return
    if mention is not None:
        yield from _on_spelling(mention, words, target, gazetteer)
    elif candidate.site is None:
        yield from _on_silence(words, target, gazetteer)
    if words.codes and not words.cedex and not _fits(words.codes, target, gazetteer):
        expected = " ou ".join(target.postcodes)
        yield f"Code postal lu « {shorten(words.codes[0])} », attendu {expected}."


def _fits(codes: Sequence[str], commune: Commune, gazetteer: Gazetteer) -> bool:
    return any(
        code in commune.postcodes or gazetteer.by_insee_code.get(code) == commune for code in codes
    )


def _on_silence(words: Words, commune: Commune, gazetteer: Gazetteer) -> Iterator[str]:
    codes = [c for c in words.codes if gazetteer.by_insee_code.get(c) == commune]
    if codes and not any(code in commune.postcodes for code in words.codes):
        yield gazetteer.reference.resolve_code(codes[0])[1] or "Reconnue par son code Insee."
    elif any(code in commune.postcodes for code in words.codes):
        yield "Commune non reconnue : une de celles du code postal."
    else:
        yield "Commune non nommée : celle du contexte."


def _on_spelling(
    mention: Mention, words: Words, commune: Commune, gazetteer: Gazetteer
) -> Iterator[str]:
    read = shorten(words.between(mention.start, mention.end))
    if mention.how not in WRITTEN and (mention.edits or mention.cut or mention.how is How.GARBLED):
        yield f"« {read} » compris comme {commune.name}."
    if mention.entry.origin is Origin.FORMER:
        former = _former(mention.entry.spelling, commune, gazetteer)
        if former is not None:
            yield _on_former(former, commune)
    elif mention.entry.origin is Origin.LOCALITY:
        yield f"Lieu connu, dans la commune : {commune.name}."


def _former(spelling: str, commune: Commune, gazetteer: Gazetteer) -> FormerCommune | None:
    return next(
        (
            former
            for former in gazetteer.reference.former_communes
            if former.current == commune.code and normalise(former.name) == spelling
        ),
        None,
    )


def _on_former(former: FormerCommune, commune: Commune) -> str:
    since = in_words(former.since)
    if former.code == commune.code:
        return f"{former.name} : ancien nom, changé le {since} ; aujourd’hui {commune.name}."
    return f"{former.name} fait partie de {commune.name} depuis le {since}."
