"""Rank: what speaks for each place that a text may mean, and how likely that makes it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import exp, log10
from typing import Final

from geo.geocoder.gazetteer import Gazetteer
from geo.geocoder.mention_evidence import Rivals, weigh_mention
from geo.geocoder.mentions import WRITTEN, How, Mention
from geo.geocoder.postcodes import (
    compare_postcodes,
    departement_of,
    leading_departement,
    read_departement,
    somewhere_in,
)
from geo.geocoder.streets import Street, read_streets
from geo.geocoder.text import HOME, Words
from geo.geocoder.toponyms import Outside, Site
from geo.perimeter import Perimeter
from geo.reference.records import Commune

Evidence = Mapping[str, float]
"""How much there is of each kind of evidence; the kinds are those that have a weight."""

Known = Commune | Outside | Perimeter
"""What an answer may be."""

SMALL: Final = 1_000
"""Inhabitants below which a commune is named about as often as another."""

INSEE_WORDS: Final = frozenset(("code", "insee", "commune", "cog"))
"""Words that say no more than an INSEE code does."""


@dataclass(slots=True)
class Candidate:
    """A place that the text may mean.

    Parameters
    ----------
    mention, site
        The name of the place and the name of a site in it, where the text holds them.
    probability
        Among all candidates and « none of them ».
    """

    target: Known
    evidence: dict[str, float]
    mention: Mention | None = None
    site: Mention | None = None
    score: float = 0.0
    probability: float = 0.0


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates, likeliest first, and the probability that it is none of them."""

    candidates: tuple[Candidate, ...]
    none: float

    def choose(self) -> tuple[Candidate | None, float]:
        """Return the answer and its probability; that of « outside » is of all places there.

        Whether the place is inside is decided first, by all the candidates of each side.
        """
        inside = [c for c in self.candidates if not isinstance(c.target, Outside)]
        outside = [c for c in self.candidates if isinstance(c.target, Outside)]
        within, beyond = (sum(c.probability for c in side) for side in (inside, outside))
        if max(within, beyond) < self.none or not self.candidates:
            return None, self.none
        return (outside[0], beyond) if beyond > within else (inside[0], inside[0].probability)


@dataclass(slots=True)
class Weighing:
    """Gathers the candidates of one text and weighs their evidence.

    Parameters
    ----------
    context
        Codes of the communes among which the place is expected; empty where nothing is.
    said
        Code of the département that the text says beside the name: « (Nord) », « (80) ».
    streets
        Of a text with a postcode.
    """

    words: Words
    gazetteer: Gazetteer
    weights: Mapping[str, float]
    context: frozenset[str] = frozenset()
    found: dict[object, Candidate] = field(default_factory=dict)
    said: str = ""
    streets: tuple[Street, ...] = ()

    def rank(self, mentions: Iterable[Mention], *, settled: bool = False) -> Ranking:
        """Return the candidates that mentions, postcodes and context make, with probabilities.

        Parameters
        ----------
        settled
            Whether a name is so clear that no commune need be thought of that is not named.
        """
        mentions = list(mentions)
        self.said = read_departement(self.words, self.gazetteer) or leading_departement(
            self.words, [mention.start for mention in mentions]
        )
        self.streets = tuple(read_streets(self.words)) if self.words.codes else ()
        self._add_mentioned(mentions)
        for commune in () if settled else self._expected():
            candidate = self._candidate(commune)
            if candidate.score < 0:  # a doubtful name takes nothing from a postcode
                candidate.mention, candidate.evidence = None, {}
        for code in self.words.codes:
            self._add_departement(code)
        if self.said and self.said != HOME and not self.words.codes:
            self._candidate(somewhere_in(self.said, self.gazetteer))
        areas = [m.entry.target for m in mentions if isinstance(m.entry.target, Perimeter)]
        members = [frozenset(self.gazetteer.reference.members(area)) for area in areas]
        for candidate in self.found.values():
            candidate.evidence.update(self._weigh_place(candidate))
            if any(candidate.target.code in codes for codes in members):
                candidate.evidence["area_in"] = 1.0
        self._set_aside_areas()
        return self._share(list(self.found.values()))

    def _expected(self) -> Iterator[Commune]:
        """Yield the communes that are likely without being named."""
        for code in self.words.codes:
            yield from self.gazetteer.by_postcode.get(code, ())
            if code in self.gazetteer.by_insee_code:
                yield self.gazetteer.by_insee_code[code]
        if len(self.context) == 1:
            yield from (self.gazetteer.reference.communes[code] for code in self.context)

    def _add_mentioned(self, mentions: list[Mention]) -> None:
        rivals = Rivals(mentions)
        coded = bool(self.words.codes)
        for mention in mentions:
            target = mention.entry.target
            if isinstance(target, Site):
                self._add_site(mention, target)
                continue
            evidence = dict(weigh_mention(mention, rivals, coded=coded))
            if "beside_country" in evidence:
                continue  # « Lens (Belgique) » is in Belgium
            candidate = self._candidate(target)
            if candidate.mention is None or self._score(evidence) > candidate.score:
                candidate.mention, candidate.score = mention, self._score(evidence)
                site = candidate.evidence.get("site")
                candidate.evidence = evidence if site is None else evidence | {"site": site}

    def _add_site(self, mention: Mention, site: Site) -> None:
        candidate = self._candidate(self.gazetteer.reference.communes[site.commune_code])
        candidate.site = mention
        candidate.evidence["site"] = 1.0

    def _add_departement(self, code: str) -> None:
        """Add a place of another département, without a name, for a postcode that begins so."""
        departement = departement_of(code, self.gazetteer)
        if departement:
            self._candidate(somewhere_in(departement, self.gazetteer))

    def _candidate(self, target: Known) -> Candidate:
        key = target.code if isinstance(target, Commune) else target
        if key not in self.found:
            self.found[key] = Candidate(target, {})
        return self.found[key]

    def _weigh_place(self, candidate: Candidate) -> Iterator[tuple[str, float]]:
        target = candidate.target
        if isinstance(target, Perimeter):
            yield "area_and_postcode" if self.words.codes else "area", 1.0
            return
        kind = "population_named" if candidate.mention else "population"
        if isinstance(target, Outside):
            kind = "population_outside"
            yield "outside" if target.departement or target.name != target.where else "country", 1.0
        yield kind, log10(1 + target.population / SMALL)
        if self.said:
            here = HOME if isinstance(target, Commune) else target.departement
            yield "departement_same" if here == self.said else "departement_other", 1.0
            if here == self.said and target.name:
                yield "departement_and_name", 1.0
        yield from self._weigh_codes(candidate, target)
        if self.context:
            if target.code not in self.context:
                yield "context_out", 1.0
            else:
                yield "context_in" if len(self.context) > 1 else "context_only", 1.0

    def _weigh_codes(
        self, candidate: Candidate, target: Commune | Outside
    ) -> Iterator[tuple[str, float]]:
        """Yield what the postcodes of the text say for a place."""
        if not self.words.codes:
            return
        if not target.name:
            known = any(code in self.gazetteer.postcodes for code in self.words.codes)
            yield "departement_of_postcode" if known else "departement_of_cedex", 1.0
            if self.words.cedex:
                yield "departement_and_cedex", 1.0
            return
        if isinstance(target, Commune) and not candidate.mention and not candidate.site:
            yield from self._weigh_street(target)
        kind = self._weigh_code(candidate, target)
        yield kind, 1.0
        if candidate.mention and candidate.mention.how is How.GARBLED:
            yield f"garbled_{kind}", 1.0

    def _weigh_street(self, commune: Commune) -> Iterator[tuple[str, float]]:
        """Yield that an address of the text is known in a commune that is not named."""
        known = [street for street, _ in self.gazetteer.known_streets(commune)]
        addresses, code = self.gazetteer.addresses, commune.code
        if any(s.number and (s in known or addresses.knows(code, s)) for s in self.streets):
            yield "address_known", 1.0
            return
        names = {street.name for street in known}
        if any(s.name in names or s.name in addresses.streets(code) for s in self.streets):
            yield "street_known", 1.0

    def _weigh_code(self, candidate: Candidate, target: Commune | Outside) -> str:
        """Return the kind of evidence that the codes of the text are for a place."""
        codes, postcodes = self.words.codes, target.postcodes
        if any(code in postcodes for code in codes):
            return "postcode_same"
        if any(self.gazetteer.by_insee_code.get(code) == target for code in codes):
            return self._weigh_insee_code(candidate)
        known = any(code in self.gazetteer.postcodes for code in codes)
        pairs = [(code, postcode) for code in codes for postcode in postcodes]
        distance = compare_postcodes(pairs)
        return f"{'postcode' if known else 'cedex'}_{distance}"

    def _weigh_insee_code(self, candidate: Candidate) -> str:
        if self.words.cedex or any(code in self.gazetteer.postcodes for code in self.words.codes):
            return "insee_code_doubtful"
        if candidate.mention:
            return "insee_code_and_name"
        alone = INSEE_WORDS.issuperset(self.words.words)
        return "insee_code_alone" if alone else "insee_code_among_words"

    def _set_aside_areas(self) -> None:
        """Note on each area whether a commune in it is named: then the area only says where."""
        named = [
            c.target.code
            for c in self.found.values()
            if isinstance(c.target, Commune)
            and (c.site or (c.mention and c.mention.how in WRITTEN))
        ]
        for candidate in self.found.values():
            if isinstance(candidate.target, Perimeter):
                codes = self.gazetteer.reference.members(candidate.target)
                if any(code in codes for code in named):
                    candidate.evidence["area_of_named"] = 1.0

    def _share(self, candidates: list[Candidate]) -> Ranking:
        for candidate in candidates:
            candidate.score = self._score(candidate.evidence)
        top = max(0.0, *(c.score for c in candidates)) if candidates else 0.0
        total = exp(-top) + sum(exp(c.score - top) for c in candidates)
        for candidate in candidates:
            candidate.probability = exp(candidate.score - top) / total
        candidates.sort(key=lambda c: -c.score)
        return Ranking(tuple(candidates), exp(-top) / total)

    def _score(self, evidence: Evidence) -> float:
        weigh = self.weights.get
        total = 0.0
        for kind, amount in evidence.items():
            total += weigh(kind, 0.0) * amount
        return total
