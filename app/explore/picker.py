"""Choosing a place step by step, the indicator and its level."""

from collections.abc import Mapping
from typing import Any, Final

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from app.parts.menus import MENU, SCROLLS
from app.parts.trail import trail
from app.parts.typography import shown_name
from app.view.levels import LEVEL_NAMES, MAPPED_LEVELS
from app.view.state import Drawing, ViewState
from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.indicators.definition import Indicator
from layers.indicators.printed import PRINTED

Options = list[dict[str, Any]]

STEPS: Final = (
    ("territory", Level.TERRITORY, "Territoire", "Tout le Pas-de-Calais"),
    ("epci", Level.EPCI, "EPCI", "Tous les EPCI"),
    ("commune", Level.COMMUNE, "Commune", "Toutes les communes"),
)
MEASURES: Final = (
    {"value": "total", "label": "Total"},
    {"value": "rate", "label": "Taux"},
)
DRAWINGS: Final = (
    {"value": str(Drawing.COLOURS), "label": "Aplats"},
    {"value": str(Drawing.CIRCLES), "label": "Cercles"},
)


def render_picker(reference: Reference, view: ViewState) -> list[Component]:
    """Return the three selects from territory to commune, on the place of a view."""
    shown = picked(reference, view.place)
    options = step_options(reference, view.place)
    return [
        dmc.Select(
            id=step,
            label=label,
            placeholder=everything,
            data=options[step],
            value=shown[step],
            clearable=True,
            searchable=step == "commune",
            nothingFoundMessage="Aucune commune de ce nom.",
            clearButtonProps={"aria-label": f"{label} : effacer"},
            maxDropdownHeight=360,
            comboboxProps=MENU,
            withScrollArea=False,
            styles=SCROLLS,
        )
        for step, _, label, everything in STEPS
    ]


def picked(reference: Reference, place: Perimeter) -> dict[str, str | None]:
    """Return the value of each select for a place, None where it leaves the choice open."""
    on_the_way = {step.level: str(step) for step in trail(reference, place)}
    return {step: on_the_way.get(level) for step, level, _, _ in STEPS}


def step_options(reference: Reference, place: Perimeter) -> dict[str, Options]:
    """Return the options of each select: what lies in the place chosen by the one before."""
    way = {step.level: step for step in trail(reference, place)}
    territory, epci = way.get(Level.TERRITORY), way.get(Level.EPCI)
    epcis = [
        place
        for place in reference.perimeters(Level.EPCI)
        if not territory or reference.epcis[place.code].territory == territory.code
    ]
    inside = epci or territory
    members = set(reference.members(inside)) if inside else None
    communes = [
        place
        for place in reference.perimeters(Level.COMMUNE)
        if members is None or place.code in members
    ]
    chosen = {
        "territory": reference.perimeters(Level.TERRITORY),
        "epci": epcis,
        "commune": communes if members is not None else (),
    }
    return {
        step: [{"value": str(place), "label": shown_name(reference, place)} for place in places]
        for step, places in chosen.items()
    }


def render_theme_picker(
    indicators: Mapping[str, Indicator], view: ViewState, drawing: Drawing
) -> list[Component]:
    """Return the choice of the indicator, of its level and of how it is drawn."""
    return [
        dmc.Select(
            id="indicator",
            label="Indicateur",
            data=indicator_options(indicators),
            value=listed(indicators[view.indicator]),
            allowDeselect=False,
            searchable=True,
            nothingFoundMessage="Aucun indicateur de ce nom.",
            maxDropdownHeight=420,
            comboboxProps=MENU,
            withScrollArea=False,
            styles=SCROLLS,
        ),
        dmc.Select(
            id="level",
            label="Par",
            data=level_options(indicators[view.indicator]),
            value=str(view.level),
            allowDeselect=False,
            comboboxProps=MENU,
            withScrollArea=False,
            styles=SCROLLS,
        ),
        html.Div(
            dmc.SegmentedControl(
                id="measure",
                data=list(MEASURES),
                value=indicators[view.indicator].kind,
                fullWidth=True,
                size="sm",
            ),
            role="group",
            className="measure",
            **{"aria-label": "Total ou taux"},
        ),
        html.Div(
            dmc.SegmentedControl(
                id="drawing",
                data=list(DRAWINGS),
                value=str(drawing),
                fullWidth=True,
                size="sm",
            ),
            role="group",
            **{"aria-label": "Dessin de l’indicateur"},
        ),
    ]


def indicator_options(indicators: Mapping[str, Indicator]) -> Options:
    """Return the indicators under their headings, of a pair only one where that says enough.

    The other is a button away, and would make the list twice as long.
    """
    groups: dict[str, Options] = {}
    for indicator in indicators.values():
        if listed(indicator) == indicator.id:
            label = indicator.title.removesuffix(PRINTED)
            groups.setdefault(indicator.group, []).append({"value": indicator.id, "label": label})
    return [{"group": group, "items": items} for group, items in groups.items()]


def listed(indicator: Indicator) -> str:
    """Return under which identifier the list holds an indicator."""
    return indicator.id if indicator.listed else indicator.pair


def level_options(indicator: Indicator) -> Options:
    """Return the levels at which an indicator can be drawn."""
    levels = indicator.levels
    return [
        {"value": str(level), "label": LEVEL_NAMES[level]}
        for level in MAPPED_LEVELS
        if level in levels
    ]
