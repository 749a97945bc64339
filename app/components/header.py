"""The header: the name of the house, the search box, where one is."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from app.components.go_to import go_to
from app.components.menus import MENU_OF_SEARCH, SCROLLS
from app.components.typography import shown_name
from geo.perimeter import DEPARTEMENT, Level, Perimeter
from geo.reference import Reference

SEARCH_HINT = "Commune, EPCI, collège…"
NOTHING_FOUND = (
    "Tapez un nom : commune, EPCI, territoire, canton, quartier prioritaire, collège, opération."
)


def render_header() -> Component:
    """Return the header with its empty search box; the entries come after the map."""
    return html.Header(
        [
            html.A("Aller à la fiche", href="#sheet", className="skip"),
            html.A("Aller au tableau", href="#table-panel", className="skip"),
            html.H1(
                html.A(
                    [html.Span("Atlas", className="wordmark-name"), html.Span("62")],
                    href="/",
                    className="wordmark",
                    **{"aria-label": "Atlas 62, accueil"},
                )
            ),
            dmc.Select(
                id="search",
                data=[],
                value=None,
                searchable=True,
                clearable=True,
                allowDeselect=False,
                placeholder=SEARCH_HINT,
                nothingFoundMessage=NOTHING_FOUND,
                filter={"function": "atlasSearch"},
                renderOption={"function": "atlasOption"},
                selectFirstOptionOnChange=True,
                comboboxProps=MENU_OF_SEARCH,
                withScrollArea=False,
                styles=SCROLLS,
                className="search",
                **{"aria-label": "Rechercher un lieu"},
            ),
            html.P("Contrats de territoire du Pas-de-Calais", className="tagline"),
        ],
        className="header",
    )


def render_trail(reference: Reference, place: Perimeter) -> list[Component]:
    """Return the way from the département to a place, each step but the last a button."""
    steps = trail(reference, place)
    return [html.Ol([html.Li(_step(reference, step, current=step == place)) for step in steps])]


def trail(reference: Reference, place: Perimeter) -> tuple[Perimeter, ...]:
    """Return the places that contain a place, from the département down to itself."""
    if place == DEPARTEMENT:
        return (place,)
    first = reference.members(place)[0]
    kept = {
        Level.COMMUNE: (Level.DEPARTEMENT, Level.TERRITORY, Level.EPCI),
        Level.EPCI: (Level.DEPARTEMENT, Level.TERRITORY),
    }.get(place.level, (Level.DEPARTEMENT,))
    parents = {parent.level: parent for parent in reference.parents_of(first)}
    return (*(parents[level] for level in kept), place)


def _step(reference: Reference, place: Perimeter, *, current: bool) -> Component:
    name = shown_name(reference, place)
    if current:
        return html.Span(name, **{"aria-current": "page"})
    return go_to(place, name)
