"""What is said of gaps and of new sites: French sentences that stand up to a question."""

from collections.abc import Mapping
from typing import Final, Protocol

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from geo.travel.homes import TOWN
from geo.travel.line import Distance, StraightLine
from geo.travel.matrix import TravelMatrix
from geo.travel.roads import Roads
from geo.travel.times import CAR_TIMES
from layers.french.wording import (
    enumerate_words,
    format_number,
    format_percent,
    plural,
    typeset,
)
from layers.gaps.measure import Gaps
from layers.gaps.public_words import WORDS, PublicWords
from layers.gaps.publics import Public
from layers.gaps.question import MINUTE, Question, unit_of
from layers.gaps.tallies import Tally
from layers.sheets.sentences import named

MOST_NAMED: Final = 3
"""EPCIs named in a sentence."""
MOST_CLOSED: Final = 4
"""Places named in a sentence."""

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

SPREAD: Final = (
    f"Sous {format_number(TOWN)} habitants, ceux d’une commune sont comptés à la mairie, jamais "
    "plus près que leur trajet moyen jusqu’à elle ; à partir de ce nombre, ils sont supposés "
    "répartis sur sa surface par carrés d’un kilomètre, ou dans leur quartier prioritaire."
)
ON_GRID: Final = (
    "Les habitants d’une commune, autant que le recensement en compte, sont répartis comme ceux "
    "de ses carreaux de 200 m (Insee, Filosofi), et partent du milieu du leur."
)
LIMITS: Final = (
    "Une commune est classée par leur trajet moyen. Les horaires, la capacité, le coût et, sauf "
    "couche ajoutée, les services situés hors du Pas-de-Calais ne sont pas pris en compte."
)


class Found(Protocol):
    """What was found by a travel model, from where people live."""

    @property
    def model(self) -> str:
        """Identifier of the travel model."""

    @property
    def on_grid(self) -> bool:
        """Whether a grid says where people live."""


def method(found: Found) -> str:
    """Return how the figures are made and what they leave out, in a few sentences."""
    return typeset(f"{METHODS[found.model]} {ON_GRID if found.on_grid else SPREAD} {LIMITS}")


def to_service(question: Question, unit: str = MINUTE) -> str:
    """Write a threshold after « plus »: ``de 20 minutes d’un collège public``."""
    return typeset(f"de {plural(question.threshold, unit)} d’{question.one}")


def short_unit(model: str) -> str:
    """Return ``min`` or ``km``."""
    return "min" if unit_of(model) == MINUTE else "km"


def gap_sentence(gaps: Gaps, reference: Reference) -> str:
    """Say who is beyond the threshold, and where most of them are."""
    far, gap = to_service(gaps.question, gaps.unit), gaps.total
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
    if not gaps.question.incomplete:
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
    return typeset(f"{told} n’ont {gaps.question.none} à portée ; ils y sont comptés.")


def _tell(tally: Tally, words: PublicWords) -> str:
    return f"{plural(tally.communes, 'commune')} et {words.count(tally.people)}"


def closed_sentence(gaps: Gaps) -> str:
    """Name the places that are supposed closed; empty when none is."""
    if not gaps.gone:
        return ""
    names = [f"{place.title} ({place.commune})" for place in gaps.gone[:MOST_CLOSED]]
    more = len(gaps.gone) - len(names)
    named = enumerate_words([*names, plural(more, "autre")] if more else names)
    many = "supposés fermés" if len(gaps.gone) > 1 else "supposé fermé"
    return typeset(f"{plural(len(gaps.gone), 'lieu', 'lieux')} {many} : {named}.")


def without_sentence(gaps: Gaps) -> str:
    """Say how many communes have none of a service that is only counted; empty for the others."""
    if gaps.without is None:
        return ""
    communes, people = gaps.without.communes, gaps.without.people
    article, noun = gaps.question.services[0].one.split(" ", 1)
    to_nearest = "à la plus proche" if article == "une" else "au plus proche"
    return typeset(
        f"Ce qui est sûr : {plural(communes, 'commune n’a', 'communes n’ont')} "
        f"auc{article} {noun}, et {WORDS[gaps.public].count(people)} y "
        f"{'vivent' if people > 1 else 'vit'}. Où sont les autres dans leur commune n’est pas "
        f"connu : le trajet jusqu’{to_nearest} est une approximation, compté jusqu’à la mairie."
    )


def basket_sentence(gaps: Gaps) -> str:
    """Say how several services together are counted; empty for one."""
    if not gaps.question.is_basket:
        return ""
    return typeset(
        f"Panier de {len(gaps.question.services)} services : chacun est compté par le trajet le "
        "plus long de ceux qui mènent à chaque service ; s’il en manque un en deçà du seuil, il "
        "est au-delà. Un site supposé ouvert les réunit tous."
    )


def said_first(gaps: Gaps) -> tuple[str, ...]:
    """Return what must be known before the figure is read: closings, baskets, counts alone."""
    told = (closed_sentence(gaps), basket_sentence(gaps), without_sentence(gaps))
    return tuple(sentence for sentence in told if sentence)


def border_sentence(gaps: Gaps) -> str:
    """Say how many live nearer to the border than to a service; empty where nobody does."""
    people, beyond = gaps.border.people, gaps.border.beyond
    if not people:
        return ""
    counted = any(service.beside for service in gaps.question.services)
    across = (
        "les services de l’autre côté ne sont comptés que s’ils sont dans la couche ajoutée"
        if counted
        else "les services de l’autre côté ne sont pas comptés, et le leur est peut-être plus près"
    )
    words = WORDS[gaps.public]
    live = "vivent" if people > 1 else "vit"
    some = f"dont {format_number(beyond)}" if beyond else f"mais {_nobody(words)} n’est"
    return typeset(
        f"{words.count(people)} {live} plus près, à vol d’oiseau, d’un autre département que "
        f"d’{gaps.question.nearest_here}, {some} au-delà du seuil : {across}."
    )
