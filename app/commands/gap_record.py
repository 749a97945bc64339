"""How ``atlas62 ecarts --json`` answers: who is too far, what a change does, who lives around."""

import math
from typing import Any

from layers.gaps.bands import Bands
from layers.gaps.public_words import WORDS
from layers.gaps.question import FIRST, MINUTE
from layers.gaps.scenarios import Scenario
from layers.gaps.tallies import Gap


def as_record(scenario: Scenario, bands: Bands | None = None) -> dict[str, Any]:
    """Return the gaps as JSON has them; a share is null where nobody lives.

    Keys that count speak of ``habitants``, or of ``menages`` where the public is households.
    """
    gaps = scenario.gaps
    unit = WORDS[gaps.public].unit
    whole = {
        "service": gaps.question.id,
        **({"rang": gaps.question.rank} if gaps.question.rank != FIRST else {}),
        f"seuil_{'minutes' if gaps.unit == MINUTE else 'km'}": gaps.threshold,
        "modele": gaps.model,
        "public": str(gaps.public),
    }
    sure = (
        {}
        if gaps.without is None
        else {
            "communes_sans": gaps.without.communes,
            f"{unit}_des_communes_sans": gaps.without.people,
        }
    )
    border = {
        "plus_pres_de_la_limite": {
            unit: gaps.border.people,
            f"{unit}_au_dela": gaps.border.beyond,
        }
    }
    parts = [
        {"code": epci.code, "epci": epci.name, **_gap_record(epci.gap, unit)}
        for epci in gaps.by_epci()
    ]
    record = {**whole, **_gap_record(gaps.total, unit), **sure, **border, "par_epci": parts}
    return {**record, **_changes(scenario), **_around(bands, unit)}


def _gap_record(gap: Gap, unit: str) -> dict[str, Any]:
    return {
        "communes_au_dela": gap.beyond.communes,
        f"{unit}_au_dela": gap.beyond.people,
        "part_au_dela": None if math.isnan(gap.share_beyond) else gap.share_beyond,
        "incertain": {"communes": gap.uncertain.communes, unit: gap.uncertain.people},
    }


def _changes(scenario: Scenario) -> dict[str, Any]:
    """Return what opens and closes as JSON has it; nothing where nothing does."""
    if not scenario.sites and not scenario.closed:
        return {}
    unit = WORDS[scenario.gaps.public].unit
    return {
        "ouverts": [
            {"lieu": one.site.word, "commune": one.site.commune, f"gain_{unit}": one.gain}
            for one in scenario.sites
        ],
        "fermes": [
            {"lieu": one.place.word, "nom": one.place.title, f"perte_{unit}": one.loss}
            for one in scenario.closed
        ],
        f"{unit}_rapproches": scenario.brought,
        f"{unit}_repousses": scenario.pushed,
    }


def _around(bands: Bands | None, unit: str) -> dict[str, Any]:
    """Return who lives around a site as JSON has it; nothing where that is not asked."""
    if bands is None:
        return {}
    parts = [{"de": one.start, "a": one.end, unit: one.people} for one in bands.bands]
    return {"autour": {"lieu": bands.site.word, "bandes": parts}}
