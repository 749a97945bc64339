"""The way from the département down to a place."""

from app.parts import markup as html
from app.parts.go_to import go_to
from app.parts.markup import Element
from app.parts.typography import shown_name
from geo.perimeter import DEPARTEMENT, Level, Perimeter
from geo.reference.places import Reference


def render_trail(reference: Reference, place: Perimeter, subject: str = "") -> list[Element]:
    """Return the way from the département to a place, each step but the last a button.

    Parameters
    ----------
    subject
        What the sheet is about where that is something in the place: the last step then.
    """
    steps = [
        _step(reference, step, current=step == place and not subject)
        for step in trail(reference, place)
    ]
    last = [html.Span(subject, **{"aria-current": "page"})] if subject else []
    return [html.Ol([html.Li(step) for step in (*steps, *last)])]


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


def _step(reference: Reference, place: Perimeter, *, current: bool) -> Element:
    name = shown_name(reference, place)
    if current:
        return html.Span(name, **{"aria-current": "page"})
    return go_to(place, name)
