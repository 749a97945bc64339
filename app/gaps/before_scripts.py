"""The first frame of the page Écarts: the map of the answer, the question as a form."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

import orjson
from dash.development.base_component import Component

from app.drawing.signs import sign_of
from app.first_frame.card import draw_card
from app.first_frame.drawing import Draughtsman
from app.first_frame.fields import Fields
from app.first_frame.page import Drawn, FirstFrame, describe, render_first_frame
from app.first_frame.picture import Doubtful, Picture, Points, Site
from app.first_frame.steps import frame_of
from app.gaps.address import format_gap_view
from app.gaps.calculator import NO_ANSWER, GapCalculator
from app.gaps.changes import address_after, turned
from app.gaps.form import GapForm, question_form
from app.gaps.one_at_a_time import BusyError
from app.gaps.page import render_parts
from app.gaps.plain_table import render_plain_table
from app.gaps.view import GapView
from app.map.atlas import Atlas
from app.map.panes import features_of
from app.map.points import point_features
from app.view.keys import FIRST_ROW
from app.view.query import split_query
from app.web.addresses import GAPS
from geo.names import sort_key
from geo.perimeter import DEPARTEMENT, Level
from layers.french.wording import format_number
from layers.gaps.services import Service, ServiceError
from layers.gaps.sites import Place, places_of
from layers.indicators.states import State
from layers.model.layer import LayerError

DOUBT: Final = ", seuil dans la fourchette"


class GapFrames:
    """Draws the views of those who see the same layers.

    Parameters
    ----------
    atlas, desk
        What they see.
    """

    def __init__(self, atlas: Atlas, draughtsman: Draughtsman, desk: GapCalculator) -> None:
        self._atlas, self._draughtsman, self._desk = atlas, draughtsman, desk

    def frame(self, view: GapView, layout: Component, query: str) -> FirstFrame:
        """Return the first frame of a view.

        Parameters
        ----------
        layout
            Of the same view.
        query
            Of the page; the table is open where it names a row.
        """
        shown, _, sheet = render_parts(self._atlas, self._desk, view)
        picture = picture_of(self._atlas, self._desk, view, shown)
        html, rules = self._draughtsman.draw(picture)
        here = format_gap_view(view)
        is_open = FIRST_ROW in split_query(query, (FIRST_ROW,))[0]
        opened = f"{here}{'&' if here else '?'}{FIRST_ROW}=1"
        drawn = Drawn(
            html,
            rules,
            picture.title,
            {"data-do": lambda action: address_after(view, action)},
            {"data-drawing": "aplats", "data-table": "open" if is_open else "closed"},
            lambda writer: Fields(writer, GAPS, {}, {}),
            table=_table(self._desk, view, query) if is_open else None,
            table_link=(here or "?") if is_open else opened,
            parts={"sheet-body": sheet, "gap-question": question_form(view, self._desk)},
            special=lambda writer: GapForm(writer, view, self._named(view)).write,
        )
        return render_first_frame(layout, drawn)

    def _named(self, view: GapView) -> list[Place]:
        """Return the places of the services of a view by name, those of a failed one left out."""
        found: list[Place] = []
        for service in self._desk.question(view).services:
            with suppress(LayerError, ServiceError):
                found += places_of(self._atlas.catalogue, service).values()
        return sorted(found, key=lambda place: sort_key(place.title))

    def find(self, view: GapView) -> None:
        """Find the answer of a view, which is kept for what is drawn of it, where it has one.

        Raises
        ------
        BusyError
            So many ask that it has none for now.
        """
        try:
            self._desk.answer(view)
        except BusyError:
            raise
        except NO_ANSWER:
            return

    def card(self, view: GapView) -> bytes:
        """Return the picture of a view for who gets its link, PNG."""
        shown, _, sheet = render_parts(self._atlas, self._desk, view)
        picture = picture_of(self._atlas, self._desk, view, shown)
        return draw_card(self._draughtsman, picture, [], "Écarts", describe(sheet))


def picture_of(
    atlas: Atlas, desk: GapCalculator, view: GapView, shown: Mapping[str, Any]
) -> Picture:
    """Return what the map of a view shows; without colours where it has no answer.

    Parameters
    ----------
    shown
        What the browser's map gets: :func:`app.gaps.page.render_parts`.
    """
    theme = shown.get("theme") or {"table": {}, "lost": [], "colours": (), "title": "", "unit": ""}
    codes = [place.code for place in atlas.reference.perimeters(Level.COMMUNE)]
    answered = "theme" in shown
    fills = {code: _fill(row, theme["colours"]) for code, row in theme["table"].items()}
    lost = theme["lost"] if answered else codes
    unit = theme["unit"]
    return Picture(
        frame=frame_of(atlas.bounds(DEPARTEMENT), view.map_view),
        title=str(theme["title"]),
        level=Level.COMMUNE,
        limits=Level.EPCI,
        fills={**fills, **dict.fromkeys(lost, State.UNKNOWN)},
        told={
            **dict.fromkeys(codes, "non compté"),
            **{code: _told(row, unit) for code, row in theme["table"].items()},
            **dict.fromkeys(theme["lost"], "hors d’atteinte"),
        },
        links={code: format_gap_view(turned(view, code)) or "?" for code in codes},
        points=tuple(_points(atlas, desk, view)),
        sites=tuple(_sites(shown.get("sites", []))),
    )


def _fill(row: list[Any], colours: tuple[str, ...]) -> str | Doubtful:
    colour = colours[row[0]]
    return Doubtful(colour) if row[4] else colour


def _told(row: list[Any], unit: str) -> str:
    _, central, low, high, doubtful = row
    to = "ou plus" if high is None else f"à {format_number(high, 1)}"
    said = f"{format_number(central, 1)}\u00a0{unit} (de {format_number(low, 1)} {to})"
    return said + (DOUBT if doubtful else "")


def _points(atlas: Atlas, desk: GapCalculator, view: GapView) -> Iterator[Points]:
    services = desk.question(view).services
    for service in services:
        layer = service.layer(atlas.catalogue)
        yield Points(layer.id, sign_of(layer), _places(atlas, service))
    for service in services:
        for layer_id in service.beside:
            layer = atlas.catalogue.layer(layer_id)
            yield Points(layer_id, sign_of(layer), features_of(atlas, layer_id))


def _places(atlas: Atlas, service: Service) -> list[dict[str, Any]]:
    try:
        if service.layer_id in atlas.added:
            rows = service.rows(atlas.catalogue)
            found = point_features(service.layer(atlas.catalogue), rows)
        else:
            found = orjson.loads(atlas.files[f"service-{service.id}"].body)
    except LayerError:
        return []
    features: list[dict[str, Any]] = found["features"]
    return features


def _sites(given: list[dict[str, Any]]) -> Iterator[Site]:
    ranks = dict.fromkeys(("opened", "closed", "proposed"), 0)
    for site in given:
        state, (latitude, longitude) = site["state"], site["at"]
        ranks[state] += 1
        yield Site((longitude, latitude), "✕" if state == "closed" else str(ranks[state]), state)


def _table(desk: GapCalculator, view: GapView, query: str) -> object:
    try:
        return render_plain_table(desk.answer(view), query)
    except NO_ANSWER:
        return []
