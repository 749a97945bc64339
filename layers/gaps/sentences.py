"""What is said of gaps and of new sites: French sentences that stand up to a question."""

import math
from collections.abc import Mapping
from typing import Final

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from geo.siting.case import Stability
from geo.travel.line import Distance, StraightLine
from geo.travel.matrix import TravelMatrix
from geo.travel.roads import Roads
from geo.travel.times import CAR_TIMES
from layers.french.wording import enumerate_words, format_number, format_percent, plural, typeset
from layers.gaps.measure import MINUTE, Gaps, Tally, Target, unit_of
from layers.gaps.new_sites import NewSites
from layers.gaps.services import Service
from layers.sheets.sentences import named

MOST_NAMED: Final = 3
"""EPCIs named in a sentence."""

_ROADS_BRACKET: Final = (
    f"leur fourchette va d’une route libre ({format_percent(1 - CAR_TIMES.low, 0)} de moins) à une "
    f"heure de pointe ({format_percent(CAR_TIMES.high - 1, 0)} de plus)."
)

METHODS: Final[Mapping[str, str]] = {
    StraightLine.id: (
        "Les temps, en voiture depuis chaque mairie, sont estimés d’après la distance à vol "
        "d’oiseau, un détour et une vitesse selon la densité des communes, sans voir ni estuaire "
        "ni autoroute, et leur fourchette va d’un trajet rapide à un trajet lent."
    ),
    Distance.id: (
        "Les kilomètres, par la route depuis chaque mairie, sont estimés d’après la distance à vol "
        "d’oiseau et un détour selon la densité des communes, sans voir d’estuaire, et leur "
        "fourchette va d’un détour faible à un détour fort."
    ),
    Roads.id: (
        "Les temps sont ceux du plus court chemin en voiture depuis chaque mairie sur le réseau "
        f"routier donné (contributeurs d’OpenStreetMap, ODbL 1.0), et {_ROADS_BRACKET}"
    ),
    TravelMatrix.id: (
        f"Les temps sont ceux de la matrice donnée, de commune à commune, et {_ROADS_BRACKET}"
    ),
}
"""Travel model → how its times are made."""

LIMITS: Final = (
    "Tous les habitants d’une commune y sont comptés ensemble, jamais plus près que leur trajet "
    "moyen jusqu’à la mairie ; les horaires, la capacité, le coût et les services situés "
    "hors du Pas-de-Calais ne sont pas pris en compte."
)


def method(model: str) -> str:
    """Return how the figures are made and what they leave out, in two sentences."""
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
    if gaps.target == Target.DISTRICTS:
        return _district_sentence(gaps, far)
    if not gap.beyond.communes:
        return typeset(f"Aucune commune n’est à plus {far}.")
    share = format_percent(gap.share_beyond)
    places = [
        f"{format_number(epci.gap.beyond.people)} dans "
        f"{named(Perimeter(Level.EPCI, epci.code), reference)}"
        for epci in gaps.by_epci()[:MOST_NAMED]
        if epci.gap.beyond.people
    ]
    where = f", dont {enumerate_words(places)}" if places else ""
    return typeset(f"{_tell(gap.beyond)} ({share} de la population) sont à plus {far}{where}.")


def _district_sentence(gaps: Gaps, far: str) -> str:
    everyone, beyond = gaps.total.everyone, gaps.total.beyond
    of_all = (
        f"Sur {plural(everyone.communes, 'commune')} qui ont un quartier prioritaire "
        f"({plural(everyone.people, 'habitant')})"
    )
    if not beyond.communes:
        return typeset(f"{of_all}, aucune n’est à plus {far}.")
    return typeset(f"{of_all}, {_tell(beyond)} sont à plus {far}.")


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
    gap = gaps.total
    if not gap.uncertain.communes:
        return typeset(
            f"La fourchette des {gaps.measures} n’y change rien : le seuil n’y tombe pour aucune "
            "commune."
        )
    short, long = ("rapides", "lents") if gaps.unit == MINUTE else ("directs", "sinueux")
    fewest = f"seraient {_tell(gap.surely)}" if gap.surely.communes else "n’en serait aucune"
    return typeset(
        f"Avec des trajets {short}, ce {fewest} ; avec des trajets {long}, ce seraient "
        f"{_tell(gap.possibly)} : le seuil est dans la fourchette des {gaps.measures} pour "
        f"{_tell(gap.uncertain)}."
    )


def unreachable_sentence(gaps: Gaps) -> str:
    """Say who can reach no service at all; empty when everybody can."""
    lost = gaps.total.unreachable
    if not lost.communes:
        return ""
    return typeset(f"{_tell(lost)} n’ont {_none(gaps.service)} à portée ; ils y sont comptés.")


def new_sites_sentence(found: NewSites) -> str:
    """Say what the new sites bring, or why none would."""
    near = f"à {plural(found.threshold, unit_of(found.model))} ou moins d’{found.service.one}"
    share = format_percent(found.before.central / found.people)
    today = f"{plural(found.before.central, 'habitant')} sont {near} ({share})"
    if not found.sites:
        return typeset(
            f"{today} ; aucun site de plus, où que ce soit, n’en rapprocherait d’autres."
        )
    brought = found.after.central - found.before.central
    share = format_percent(found.after.central / found.people)
    sites = plural(len(found.sites), "site de plus", "sites de plus")
    total = f"{plural(found.after.central, 'habitant')} ({share})"
    return typeset(
        f"{today} ; avec {sites}, ils seraient {total}, soit {format_number(brought)} de plus."
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
        best = f"Aucun autre choix de mairies n’en couvrirait davantage : c’est prouvé.{spare}"
        return typeset(best)
    if math.isnan(found.gap):
        return f"Rien ne prouve que ce choix soit le meilleur.{spare}"
    gap = format_percent(found.gap, 2)
    return f"Un autre choix pourrait en couvrir jusqu’à {gap} de plus, pas davantage.{spare}"


def range_sentence(found: NewSites) -> str:
    """Say whom the sites would cover were the trips slow, or fast."""
    before, after = found.before, found.after
    return typeset(
        f"Avec des trajets lents, le nombre d’habitants couverts passerait de "
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
    return (
        f"{times}, le meilleur choix {kept}, et ce choix-ci couvrirait {worse} d’habitants de "
        "moins que lui."
    )


def _tell(tally: Tally) -> str:
    return f"{plural(tally.communes, 'commune')} et {plural(tally.people, 'habitant')}"


def _none(service: Service) -> str:
    article, noun = service.one.split(" ", 1)
    return f"auc{article} {noun}"
