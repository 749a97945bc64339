"""What is said of proposed sites: what they bring, whether that is proved, who would do as well."""

import math
from collections.abc import Sequence
from typing import Final

from geo.names import of_place
from geo.siting.case import Stability
from geo.siting.ties import NEARLY
from layers.french.wording import (
    enumerate_words,
    format_number,
    format_percent,
    plural,
    typeset,
)
from layers.gaps.new_sites import NewSite, NewSites
from layers.gaps.public_words import WORDS
from layers.gaps.question import unit_of

MOST_EQUALS: Final = 8
"""Communes named in a sentence; JSON has them all."""


def named_sentence(found: NewSites) -> str:
    """Name the sites in the order in which they were found, each with its EPCI."""
    sites = [one.site for one in found.sites]
    names = [site.name or site.commune for site in sites]
    told = [
        f"{name} ({site.epci})" if site.epci else name
        for name, site in zip(names, sites, strict=True)
    ]
    return typeset(f"{enumerate_words(told)}.")


def new_sites_sentence(found: NewSites) -> str:
    """Say what the new sites bring, or why none would."""
    near = f"à {plural(found.threshold, unit_of(found.model))} ou moins {found.question.each}"
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
    few = found.choice.count - len(found.sites)
    spare = (
        f" {plural(few, 'site demandé ne rapprocherait', 'sites demandés ne rapprocheraient')} "
        "personne d’autre."
        if found.sites and few
        else ""
    )
    if found.optimal:
        least = found.choice.smallest
        size = f" d’au moins {plural(least, 'habitant')}" if least else ""
        among = "de lieux de la couche choisie, dans des communes" if size else "de lieux"
        where = (among if found.choice.layer else "de communes") + size
        return typeset(
            f"Aucun autre choix {where} n’en couvrirait davantage : c’est prouvé.{spare}"
        )
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
    where = site.site.name or site.site.commune
    return typeset(f"À la place {of_place(where)}, {' ; '.join(told)}.")


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
