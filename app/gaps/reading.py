"""What an address of Écarts says of each part of its view, read from outside: anything at all."""

import math
from collections.abc import Collection
from dataclasses import replace

from app.gaps.view import (
    BETWEEN_SCENARIOS,
    MOST_PROPOSED,
    MOST_SCENARIOS,
    MOST_SITES,
    SIZES,
    GapView,
    GapWords,
    Measured,
    usual_threshold,
)
from geo.perimeter import PlaceError, shorten
from layers.french.wording import format_number
from layers.gaps.public_words import CROSSING
from layers.gaps.publics import Public
from layers.gaps.question import (
    CLOSES,
    FIRST,
    MOST_TOGETHER,
    SECOND,
    GapError,
    check_threshold,
    unit_of,
)
from layers.gaps.services import ServiceError
from layers.gaps.sites import BETWEEN
from layers.model.layer import LayerError

_Read = tuple[GapView, str | None]


def read_service(view: GapView, text: str, words: GapWords) -> _Read:
    """Read the service, with the threshold that is usual for it."""
    if text in words.services:
        return replace(view, service=text, threshold=usual_threshold(text)), None
    return view, f"Service « {shorten(text)} » inconnu : affiché pour les collèges publics."


def read_model(view: GapView, text: str, words: GapWords) -> _Read:
    """Read the travel model."""
    if text in words.models:
        return replace(view, model=text), None
    return view, f"Modèle de trajet « {shorten(text)} » inconnu : estimé à vol d’oiseau."


def read_threshold(view: GapView, text: str, _: GapWords) -> _Read:
    """Read the threshold, in the unit of the model."""
    unit = unit_of(view.model)
    instead = f"affiché : {format_number(view.threshold)} {unit}s."
    try:
        threshold = round(float(text.replace(",", ".")), 2)
        check_threshold(threshold, unit)
    except GapError as error:
        return view, f"{str(error).removesuffix('.')} ; {instead}"
    except ValueError:
        return view, f"Seuil « {shorten(text)} » illisible : attendu un nombre ; {instead}"
    return replace(view, threshold=threshold), None


def read_sites(view: GapView, text: str, words: GapWords) -> _Read:
    """Read the scenarios."""
    scenarios, remark = list[tuple[str, ...]](), None
    for part in text.split(BETWEEN_SCENARIOS)[:MOST_SCENARIOS]:
        sites = list[str]()
        for asked in filter(None, map(str.strip, part.split(","))):
            try:
                site, told = _read_site(asked, words)
            except (PlaceError, ServiceError, LayerError) as error:
                what = "Lieu à fermer" if asked.startswith(CLOSES) else "Nouveau site"
                remark = remark or f"{what} ignoré. {error}"
                continue
            remark = remark or told
            sites += [site] if site not in sites else []
        if len(sites) > MOST_SITES:
            remark = f"Scénario de {len(sites)} sites : les {MOST_SITES} premiers sont gardés."
        scenarios.append(tuple(sites[:MOST_SITES]))
    if text.count(BETWEEN_SCENARIOS) >= MOST_SCENARIOS:
        remark = f"Plus de {MOST_SCENARIOS} scénarios : les {MOST_SCENARIOS} premiers sont gardés."
    return replace(view, scenarios=tuple(scenarios) if any(scenarios) else ()), remark


def _read_site(text: str, words: GapWords) -> tuple[str, str | None]:
    """Return a change as a scenario holds it: a site that opens, or one that closes."""
    closes = text.startswith(CLOSES) and BETWEEN in text
    if BETWEEN not in text:
        return words.find_commune(text)
    word = words.find_place(text.removeprefix(CLOSES))
    return f"{CLOSES if closes else ''}{word}", None


def read_also(view: GapView, text: str, words: GapWords) -> _Read:
    """Read the other services of the basket."""
    asked = list(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))
    known = [one for one in asked if one in words.services and one != view.service]
    kept, unknown = known[: MOST_TOGETHER - 1], [one for one in asked if one not in words.services]
    remark = None
    if unknown:
        remark = f"Service « {shorten(unknown[0])} » inconnu : il n’est pas mis dans le panier."
    elif len(known) > len(kept):
        remark = f"Panier de plus de {MOST_TOGETHER} services : les premiers sont gardés."
    return replace(view, also=tuple(kept)), remark


def read_rank(view: GapView, text: str, _: GapWords) -> _Read:
    """Read whether the second choice is asked about."""
    number = _whole(text, SECOND)
    if number is None:
        return view, f"Rang « {shorten(text)} » inconnu : attendu 1 ou 2 ; le plus proche est lu."
    return replace(view, rank=number), None


def read_neighbours(view: GapView, text: str, words: GapWords) -> _Read:
    """Read the layers that count too."""
    asked = list(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))
    known = [one for one in asked if one in words.layers]
    unknown = [one for one in asked if one not in words.layers]
    remark = f"Couche « {shorten(unknown[0])} » inconnue : non comptée." if unknown else None
    return replace(view, neighbours=tuple(known[:MOST_TOGETHER])), remark


def read_candidates(view: GapView, text: str, words: GapWords) -> _Read:
    """Read the layer of the candidates."""
    if text in words.layers:
        return replace(view, candidates=text), None
    return view, f"Couche « {shorten(text)} » inconnue : toute commune est un emplacement possible."


def read_around(view: GapView, text: str, words: GapWords) -> _Read:
    """Read the site that bands are drawn around."""
    try:
        word = words.find_place(text) if BETWEEN in text else words.find_commune(text)[0]
    except (PlaceError, ServiceError, LayerError) as error:
        return view, f"Bandes de trajet ignorées. {error}"
    return replace(view, around=word), None


def read_active(view: GapView, text: str, _: GapWords) -> _Read:
    """Read which scenario is on the map."""
    number = _whole(text, MOST_SCENARIOS)
    if number is None:
        return view, f"Scénario « {shorten(text)} » inconnu : le premier est affiché."
    return replace(view, active=number - 1), None


def read_proposed(view: GapView, text: str, _: GapWords) -> _Read:
    """Read how many sites are proposed."""
    number = _whole(text, MOST_PROPOSED)
    if number is None:
        return view, f"Sites à proposer : trouvé « {shorten(text)} », attendu 1 à {MOST_PROPOSED}."
    return replace(view, proposed=number), None


def read_smallest(view: GapView, text: str, _: GapWords) -> _Read:
    """Read the smallest commune that may have one."""
    number = _whole(text, SIZES[-1])
    if number not in SIZES:
        sizes = ", ".join(format_number(size) for size in SIZES[1:])
        return view, f"Taille des communes : trouvé « {shorten(text)} », attendu un de {sizes}."
    return replace(view, smallest=number), None


def read_public(view: GapView, text: str, _: GapWords) -> _Read:
    """Read whose way is asked about."""
    asked = [part.strip() for part in text.split(",")]
    try:
        first, *others = [Public(part) for part in asked]
    except ValueError:
        return view, f"Public « {shorten(text)} » inconnu : toute la population est comptée."
    remark = f"Un seul public à la fois : le premier est compté. {CROSSING}" if others else None
    return replace(view, public=first), remark


def _whole(text: str, most: int) -> int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if math.isfinite(number) and 1 <= number <= most else None


def reconcile(view: GapView, words: GapWords, _: Collection[str]) -> tuple[GapView, list[str]]:
    """Leave out what closes and is no place of the services asked about; keep numbers in range."""
    scenarios = tuple(
        tuple(site for site in sites if _is_about(view, site, words)) for sites in view.scenarios
    )
    remarks = list[str]()
    if scenarios != view.scenarios:
        remarks.append("Un lieu supposé fermé n’est pas de ce service : il n’est pas compté.")
    scenarios = scenarios if any(scenarios) else ()
    if view.measured == Measured.ROOM and (view.also or view.rank != FIRST):
        remarks.append(
            "Les places se comptent service par service, sans deuxième choix : le trajet est "
            "compté à la place."
        )
        view = replace(view, measured=Measured.WAY)
    active = min(view.active, max(len(scenarios) - 1, 0))
    return replace(view, scenarios=scenarios, active=active), remarks


def _is_about(view: GapView, site: str, words: GapWords) -> bool:
    return not site.startswith(CLOSES) or words.is_place(view, site.removeprefix(CLOSES))
