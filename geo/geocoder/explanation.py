"""Explain: the path of one answer, step by step, in French."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from geo.geocoder.answer import Reading
from geo.geocoder.evidence import Candidate
from geo.geocoder.evidence_words import MEANINGS
from geo.geocoder.mentions import Mention
from geo.geocoder.place import Place
from geo.geocoder.text import Gap, Words
from geo.geocoder.toponyms import Outside, Site, Target
from geo.perimeter import Perimeter, shorten
from geo.reference.places import Reference
from geo.reference.records import Commune

MOST_MENTIONS: Final = 12
MOST_CANDIDATES: Final = 5
SIGNS: Final = {Gap.DASH: "–", Gap.SIGN: "/", Gap.POSTCODE: "⟨code⟩"}
"""How what parts words is shown."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was done, in French, and what came of it, line by line."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The steps of one answer; as text, one line a fact."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return "\n".join(
            line for step in self.steps for line in (step.title, *(f"  {x}" for x in step.lines))
        )


def explain(
    reading: Reading, place: Place, weights: Mapping[str, float], reference: Reference
) -> Explanation:
    """Tell what each step made of a text, up to the answer."""
    written = [m for m in reading.mentions if not m.edits and not m.cut]
    others = [m for m in reading.mentions if m.edits or m.cut]
    steps = (
        Step("Normaliser", tuple(_tell_words(reading.words))),
        Step("Reconnaître", tuple(_tell_mentions(written, reference)) or ("aucun nom",)),
        Step(
            "Rapprocher",
            tuple(_tell_mentions(others, reference))
            or ("aucun nom approchant" if reading.matched else "inutile : un nom est clair",),
        ),
        Step("Classer", tuple(_tell_ranking(reading, weights, reference))),
        Step("Localiser", tuple(_tell_location(place))),
        Step("Répondre", tuple(_tell_answer(place))),
    )
    return Explanation(steps)


def _tell_words(words: Words) -> Iterator[str]:
    shown = [
        f"{SIGNS[gap]} {word}" if position and gap in SIGNS else word
        for position, (word, gap) in enumerate(zip(words.words, words.gaps, strict=False))
    ]
    yield f"mots : {shorten(' '.join(shown)) or 'aucun'}"
    if words.codes:
        yield f"codes : {', '.join(words.codes)}{' (CEDEX)' if words.cedex else ''}"


def _tell_mentions(mentions: list[Mention], reference: Reference) -> Iterator[str]:
    for mention in mentions[:MOST_MENTIONS]:
        name = _name(mention.entry.target, reference)
        facts = [mention.entry.origin, MEANINGS[mention.how], MEANINGS[f"cue_{mention.cue}"]]
        if mention.edits:
            facts.append(f"lettres fausses : {mention.edits}")
        if mention.cut:
            facts.append(f"mots absents ou coupés : {mention.cut}")
        yield f"« {mention.entry.spelling} » → {name} ({', '.join(facts)})"
    if len(mentions) > MOST_MENTIONS:
        more = len(mentions) - MOST_MENTIONS
        yield f"et {more} {'autres' if more > 1 else 'autre'}"


def _tell_ranking(
    reading: Reading, weights: Mapping[str, float], reference: Reference
) -> Iterator[str]:
    for candidate in reading.ranking.candidates[:MOST_CANDIDATES]:
        yield f"{_percent(candidate.probability)}  {_name(candidate.target, reference)}"
        for kind, points in _points(candidate, weights):
            yield f"    {points:+.1f}  {MEANINGS.get(kind, kind)}".replace(".", ",")
    yield f"{_percent(reading.ranking.none)}  aucun d’eux"


def _points(candidate: Candidate, weights: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return what each kind of evidence adds, the heaviest first; nothing is left out."""
    points = [(k, weights.get(k, 0.0) * amount) for k, amount in candidate.evidence.items()]
    return sorted(points, key=lambda pair: -abs(pair[1]))


def _tell_location(place: Place) -> Iterator[str]:
    if place.lon is None or place.lat is None:
        yield "aucun point"
        return
    yield f"{place.lon:.6f}, {place.lat:.6f} (précision : {place.precision})"
    yield f"{place.label} – {place.source}"


def _tell_answer(place: Place) -> Iterator[str]:
    where = place.commune or place.outside or place.label or "aucun lieu"
    code = f" ({place.commune_code})" if place.commune_code else ""
    yield f"{where}{code}, confiance {_percent(place.confidence)}"
    if place.remark:
        yield place.remark


def _percent(probability: float) -> str:
    return f"{probability:6.1%}".replace(".", ",").replace("%", " %")


def _name(target: Target, reference: Reference) -> str:
    if isinstance(target, Perimeter):
        return f"{reference.name_of(target)} ({target.level})"
    if isinstance(target, Outside):
        return str(target)
    if isinstance(target, Site):
        return f"{target.name}, {reference.communes[target.commune_code].name}"
    assert isinstance(target, Commune)  # noqa: S101 - nothing else is a target
    return f"{target.name} ({target.code})"
