"""What is said of gaps and of new sites: French sentences that stand up to a question."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from geo.siting.case import Stability
from geo.siting.ties import NEARLY
from geo.travel.homes import TOWN
from geo.travel.line import Distance, StraightLine
from geo.travel.matrix import TravelMatrix
from geo.travel.roads import Roads
from geo.travel.times import CAR_TIMES
from layers.french.wording import (
    enumerate_words,
    format_number,
    format_percent,
    of_place,
    plural,
    typeset,
)
from layers.gaps.measure import MINUTE, Gaps, unit_of
from layers.gaps.new_sites import NewSite, NewSites
from layers.gaps.public_words import WORDS, PublicWords
from layers.gaps.publics import Public
from layers.gaps.services import Service
from layers.gaps.tallies import Tally
from layers.sheets.sentences import named

MOST_NAMED: Final = 3
"""EPCIs named in a sentence."""
MOST_EQUALS: Final = 8
"""Communes named in a sentence; JSON has them all."""

_ROADS_BRACKET: Final = (
    f"leur fourchette va d’une route libre ({format_percent(1 - CAR_TIMES.low, 0)} de moins) à une "
    f"heure de pointe ({format_percent(CAR_TIMES.high - 1, 0)} de plus)."
)

METHODS: Final[Mapping[str, str]] = {
    StraightLine.id: (
        "Les temps, en voiture, sont estimés d’après la distance à vol "
        "d’oiseau, un détour et une vitesse selon la densité des communes, sans voir ni estuaire "
        "ni autoroute, et leur fourchette va d’un trajet rapide à un trajet lent."
    ),
    Distance.id: (
        "Les kilomètres, par la route, sont estimés d’après la distance à vol "
        "d’oiseau et un détour selon la densité des communes, sans voir d’estuaire, et leur "
        "fourchette va d’un détour faible à un détour fort."
    ),
    Roads.id: (
        "Les temps sont ceux du plus court chemin en voiture sur le réseau "
        f"routier donné (contributeurs d’OpenStreetMap, ODbL 1.0), et {_ROADS_BRACKET}"
    ),
    TravelMatrix.id: (
        f"Les temps sont ceux de la matrice donnée, de commune à commune, et {_ROADS_BRACKET}"
    ),
}
"""Travel model → how its times are made."""

LIMITS: Final = (
    f"Sous {format_number(TOWN)} habitants, ceux d’une commune sont comptés à la mairie, jamais "
    "plus près que leur trajet moyen jusqu’à elle ; au-delà, ils sont supposés répartis sur sa "
    "surface par carrés d’un kilomètre, ou dans leur quartier prioritaire. Une commune est classée "
    "par leur trajet moyen. Les horaires, la capacité, le coût et les services situés hors du "
    "Pas-de-Calais ne sont pas pris en compte."
)


def method(model: str) -> str:
    """Return how the figures are made and what they leave out, in a few sentences."""
    return typeset(f"{METHODS[model]} {LIMITS}")


def to_service(threshold: float, service: Service, unit: str = MINUTE) -> str:
    """Write a threshold after « plus »: ``de 20 minutes d’un collège public``."""
    return typeset(f"de {plural(threshold, unit)} d’{service.one}")


def short_unit(model: str) -> str:
    """Return ``min`` or ``km``."""
    return "min" if unit_of(model) == MINUTE else "km"


def gap_sentence(gaps: Gaps, reference: Reference) -> str:
    """Say who is beyond the threshold, and where most of them are."""
    far, gap = to_service(gaps.threshold, gaps.service, gaps.unit), gaps.total
    words, communes, people = WORDS[gaps.public], gap.beyond.communes, gap.beyond.people
    if not communes and not people:
        if gaps.public == Public.EVERYBODY:
            return typeset(f"Aucune commune n’est à plus {far}.")
        everyone = words.count(gap.everyone.people)
        return typeset(f"Sur {everyone}, {_nobody(words)} n’est à plus {far}.")
    where = _where(gaps, reference)
    share = f"{format_percent(gap.share_beyond)} {words.share_of}"
    if gaps.public == Public.EVERYBODY and communes:
        return typeset(f"{_tell(gap.beyond, words)} ({share}) sont à plus {far}{where}.")
    are = "sont" if people > 1 else "est"
    mean = (
        f"{plural(communes, 'commune l’est', 'communes le sont')} en moyenne"
        if communes
        else "aucune commune ne l’est en moyenne"
    )
    return typeset(f"{words.count(people)} ({share}) {are} à plus {far}{where} ; {mean}.")


def _nobody(words: PublicWords) -> str:
    return "aucun" if words.unit == "menages" else "personne"


def _where(gaps: Gaps, reference: Reference) -> str:
    places = [
        f"{format_number(epci.gap.beyond.people)} dans "
        f"{named(Perimeter(Level.EPCI, epci.code), reference)}"
        for epci in gaps.by_epci()[:MOST_NAMED]
        if epci.gap.beyond.people
    ]
    return f", dont {enumerate_words(places)}" if places else ""


def caution_sentence(gaps: Gaps) -> str:
    """Say that the services are not all known; empty when they are."""
    if not gaps.service.incomplete:
        return ""
    return typeset(
        f"Liste incomplète : {plural(gaps.services, 'lieu connu', 'lieux connus')} seulement. Les "
        "communes et les habitants comptés au-delà sont donc trop nombreux : ne citez pas ces "
        "chiffres avant d’avoir complété la liste."
    )


def uncertainty_sentence(gaps: Gaps) -> str:
    """Say between what the figure lies, and for how many people the times do not decide."""
    gap, words = gaps.total, WORDS[gaps.public]
    if not gap.uncertain.communes and not gap.uncertain.people:
        return typeset(
            f"La fourchette des {gaps.measures} n’y change rien : le seuil n’y tombe pour aucune "
            "commune."
        )
    some = gap.surely.communes or gap.surely.people
    short, long = ("rapides", "lents") if gaps.unit == MINUTE else ("directs", "sinueux")
    fewest = f"seraient {_tell(gap.surely, words)}" if some else "n’en serait aucune"
    return typeset(
        f"Avec des trajets {short}, ce {fewest} ; avec des trajets {long}, ce seraient "
        f"{_tell(gap.possibly, words)} : le seuil est dans la fourchette des {gaps.measures} pour "
        f"{_tell(gap.uncertain, words)}."
    )


def unreachable_sentence(gaps: Gaps) -> str:
    """Say who can reach no service at all; empty when everybody can."""
    lost = gaps.total.unreachable
    if not lost.communes and not lost.people:
        return ""
    told = _tell(lost, WORDS[gaps.public])
    return typeset(f"{told} n’ont {_none(gaps.service)} à portée ; ils y sont comptés.")


def new_sites_sentence(found: NewSites) -> str:
    """Say what the new sites bring, or why none would."""
    near = f"à {plural(found.threshold, unit_of(found.model))} ou moins d’{found.service.one}"
    share = format_percent(found.before.central / found.people)
    words = WORDS[found.public]
    today = f"{words.count(found.before.central)} sont {near} ({share})"
    if not found.sites:
        return typeset(
            f"{today} ; aucun site de plus, où que ce soit, n’en rapprocherait d’autres."
        )
    brought = found.after.central - found.before.central
    share = format_percent(found.after.central / found.people)
    sites = plural(len(found.sites), "site de plus", "sites de plus")
    total = f"{words.count(found.after.central)} ({share})"
    they = "elles" if words.share_of.endswith("elles") else "ils"
    return typeset(
        f"{today} ; avec {sites}, {they} seraient {total}, soit {format_number(brought)} de plus."
    )


def proof_sentence(found: NewSites) -> str:
    """Say whether a better choice is ruled out, and how many sites were of no use."""
    few = found.asked - len(found.sites)
    spare = (
        f" {plural(few, 'site demandé ne rapprocherait', 'sites demandés ne rapprocheraient')} "
        "personne d’autre."
        if found.sites and few
        else ""
    )
    if found.optimal:
        size = f" d’au moins {plural(found.smallest, 'habitant')}" if found.smallest else ""
        best = (
            f"Aucun autre choix de communes{size} n’en couvrirait davantage : c’est prouvé.{spare}"
        )
        return typeset(best)
    if math.isnan(found.gap):
        return f"Rien ne prouve que ce choix soit le meilleur.{spare}"
    gap = format_percent(found.gap, 2)
    return f"Un autre choix pourrait en couvrir jusqu’à {gap} de plus, pas davantage.{spare}"


def equals_sentences(found: NewSites) -> tuple[str, ...]:
    """Name the communes that would do as well as a site, and why that one was taken."""
    return tuple(_equals(site) for site in found.sites if site.equals or site.nearly)


def _equals(site: NewSite) -> str:
    told = []
    if site.equals:
        told.append(
            f"{_some(site.equals)} autant (le trajet moyen départage, puis le nombre d’habitants "
            "de la commune)"
        )
    if site.nearly:
        told.append(f"{_some(site.nearly)} presque autant, à {format_percent(1 - NEARLY, 0)} près")
    return typeset(f"À la place {of_place(site.commune)}, {' ; '.join(told)}.")


def _some(communes: Sequence[str]) -> str:
    first = list(communes[:MOST_EQUALS])
    more = len(communes) - len(first)
    names = enumerate_words([*first, plural(more, "autre")] if more else first)
    return f"{names} en {'rapprocheraient' if len(communes) > 1 else 'rapprocherait'}"


def range_sentence(found: NewSites) -> str:
    """Say whom the sites would cover were the trips slow, or fast."""
    before, after = found.before, found.after
    return typeset(
        f"Avec des trajets lents, le nombre {WORDS[found.public].of_several} sous le seuil "
        "passerait de "
        f"{format_number(before.least)} à {format_number(after.least)} ; avec des trajets rapides, "
        f"de {format_number(before.most)} à {format_number(after.most)}."
    )


def stability_sentences(found: NewSites) -> tuple[str, ...]:
    """Say whether the choice holds when all times are a little shorter or longer."""
    return tuple(_again(found, other) for other in found.stability) if found.sites else ()


def _again(found: NewSites, other: Stability) -> str:
    change = format_percent(abs(other.factor - 1), 0)
    times = f"Si tous les temps étaient {change} plus {'courts' if other.factor < 1 else 'longs'}"
    if other.regret == 0:
        return f"{times}, ce choix resterait le meilleur."
    held = round(other.kept * len(found.sites))
    kept = f"en garderait {held} sur {len(found.sites)}" if held else "n’en garderait aucun"
    worse = format_percent(other.regret, 2)
    return f"{times}, le meilleur choix {kept}, et ce choix-ci couvrirait {worse} de moins que lui."


def _tell(tally: Tally, words: PublicWords) -> str:
    return f"{plural(tally.communes, 'commune')} et {words.count(tally.people)}"


def _none(service: Service) -> str:
    article, noun = service.one.split(" ", 1)
    return f"auc{article} {noun}"
