"""Écarts: a question about a service, the map of who is far from it, the answer beside it."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from app.gaps.address import format_gap_view
from app.gaps.answer import render_answer, render_failure
from app.gaps.calculator import NO_ANSWER, Answer, GapCalculator
from app.gaps.classes import classify_gaps, for_browser
from app.gaps.legend import render_gap_legend
from app.gaps.map import point_sets, render_gap_map
from app.gaps.question import render_question
from app.gaps.room import classify_room, render_room, render_room_legend, room_for_browser
from app.gaps.view import GapView
from app.map.atlas import Atlas
from app.parts.footer import render_footer
from app.parts.frame import (
    MAP_TAB,
    content_id,
    render_handle,
    render_shell,
    render_table_panel,
    render_tabs,
)
from app.parts.header import render_header
from app.parts.markup import Children
from app.parts.search_box import SEARCH_ID, render_search
from app.web.addresses import GAPS
from app.web.render import FOOT, NAVIGATION
from geo.perimeter import DEPARTEMENT
from layers.gaps.capacity_sentences import capacity_sentence
from layers.gaps.capacity_table import as_capacity_layer
from layers.gaps.opened import Site
from layers.gaps.question import CLOSES, Question
from layers.gaps.sentences import gap_sentence, short_unit
from layers.gaps.sites import BETWEEN, Place, word_of
from layers.gaps.table import as_layer

CONTENTS: Final = ("gap-question", "legend", "gap-answer", "footer", SEARCH_ID)
"""Parts that the browser builds from data."""
TABS: Final = (
    ("sheet", "Réponse"),
    MAP_TAB,
    ("controls", "Question"),
    ("table-panel", "Tableau"),
)
LATER_STORES: Final = ("gap-asked", "gap-table-open")


def render_page(
    atlas: Atlas, desk: GapCalculator, view: GapView, remarks: tuple[str, ...], search: str
) -> Component:
    """Return the whole page as a view asks for it.

    Parameters
    ----------
    remarks
        What was ignored in the address, French sentences.
    search
        The query string that the view was read from, for the browser to check against its own.
    """
    shown, legend, sheet = render_parts(atlas, desk, view)
    question = render_question(view, desk)
    contents = (question, legend, sheet, render_footer(atlas.catalogue, FOOT), render_search())
    stores = {
        "place": str(DEPARTEMENT),
        "place-name": "Écarts",
        "urls": urls(atlas),
        "seen": search,
        "written": format_gap_view(view),
        "picked": None,  # no fields of places here
        "gaps": shown,
        **{content_id(part): data for part, data in zip(CONTENTS, contents, strict=True)},
    }
    return render_shell(
        [render_header(NAVIGATION, FOOT, GAPS, "Aller à la réponse"), _trail_bar()],
        [
            *_panels(atlas, desk, view),
            render_table_panel("toutes les communes, à trier"),
            render_tabs(TABS),
        ],
        remarks,
        stores,
        LATER_STORES,
        data_page="gaps",
        data_address="gap-asked",
        data_table_store="gap-table-open",
    )


def render_parts(
    atlas: Atlas, desk: GapCalculator, view: GapView
) -> tuple[dict[str, Any], Children, Children]:
    """Return what follows from a view: the map's store, the legend, the panel of the answer."""
    state = _state(view)
    question = desk.question(view)
    points = point_sets(atlas, question)
    try:
        answer = desk.answer(view)
        theme, legend, sheet = _drawn(atlas, desk, answer)
    except NO_ANSWER as error:
        return {"view": state, "points": points, "sites": []}, [], render_failure(str(error))
    shown = {
        "view": state,
        "points": points,
        "sites": _sites(answer),
        "words": _words(desk, question),
        "bands": bands_url(view),
        "said": _said(answer, desk),
        "theme": theme,
    }
    return shown, legend, sheet


def _drawn(
    atlas: Atlas, desk: GapCalculator, answer: Answer
) -> tuple[dict[str, Any], Children, Children]:
    """Return the colours of the map, the legend and the panel."""
    catalogue, room = atlas.catalogue, answer.room
    if room is None:
        classes = classify_gaps(answer.shown)
        sources = as_layer(answer.shown, catalogue).sources
        legend = render_gap_legend(answer.shown, classes, catalogue, len(answer.only_proposed))
        return for_browser(answer.shown, classes), legend, render_answer(answer, desk, sources)
    classes, sources = classify_room(room), as_capacity_layer(room, catalogue).sources
    theme = room_for_browser(room, classes)
    legend = render_room_legend(room, classes, catalogue, len(answer.only_proposed))
    return theme, legend, render_room(answer, room, desk, sources)


def _said(answer: Answer, desk: GapCalculator) -> str:
    if answer.room is not None:
        return capacity_sentence(answer.room, desk.reference)
    return gap_sentence(answer.shown, desk.reference)


def _state(view: GapView) -> Mapping[str, Any]:
    """Return the view part by part, as the browser's scripts change it and ask for another."""
    return {
        "service": view.service,
        "threshold": view.threshold,
        "model": view.model,
        "public": str(view.public),
        "scenarios": [list(sites) for sites in view.scenarios],
        "active": view.active,
        "proposed": view.proposed,
        "smallest": view.smallest,
        "also": list(view.also),
        "rank": view.rank,
        "measured": str(view.measured),
        "neighbours": list(view.neighbours),
        "candidates": view.candidates,
        "around": view.around,
        "unit": short_unit(view.model),
    }


def _sites(answer: Answer) -> list[dict[str, Any]]:
    """Return the changes of the active scenario and the best sites with their marks on the map.

    Those that open and those that are proposed come most gain first.
    """
    proposed = [_mark(one.site.word, one.site, "proposed") for one in answer.only_proposed]
    if not answer.scenarios:
        return proposed
    scenario = answer.scenarios[answer.view.active]
    opened = [_mark(new.site.word, new.site, "opened") for new in scenario.sites]
    closed = [_mark(f"{CLOSES}{one.place.word}", one.place, "closed") for one in scenario.closed]
    return [*opened, *closed, *proposed]


def _mark(word: str, place: Site | Place, state: str) -> dict[str, Any]:
    return {"code": word, "at": [place.lat, place.lon], "state": state}


def bands_url(view: GapView) -> str:
    """Return the address of the bands of a view, empty where it asks for none."""
    return f"{GAPS}/bandes.geojson{format_gap_view(view)}" if view.around else ""


def _words(desk: GapCalculator, question: Question) -> dict[str, str]:
    """Return the words of the places whose key an address could not hold, by layer and key."""
    found = {}
    for service in question.services:
        rows = service.places(desk.catalogue)
        for layer, key in zip(rows["layer"], rows["key"], strict=True):
            word = word_of(layer, key)
            if word != f"{layer}{BETWEEN}{key}":
                found[f"{layer}{BETWEEN}{key}"] = word
    return found


def urls(atlas: Atlas) -> dict[str, Any]:
    """Return the addresses of the static files that the map's scripts need here."""
    files = atlas.files
    return {
        **atlas.geometry_urls(),
        "anchors": {"commune": files["anchors-commune"].url},
        "names": files["names"].url,
        "search": files["search"].url,
        "points": {},
        "perimeters": {},
        "within": {},
    }


def _trail_bar() -> Component:
    return html.Section(
        [
            html.P("Qui est loin d’un service, et où un site de plus aiderait", className="trail"),
            html.Button("Copier le lien", type="button", className="link", **{"data-copy": "1"}),
        ],
        className="trail-bar",
        **{"aria-label": "Cette page"},
    )


def _panels(atlas: Atlas, desk: GapCalculator, view: GapView) -> list[Component]:
    choices = [
        html.H2("Question et légende", className="unseen"),
        html.Div(id="gap-question", className="group"),
        html.Div(id="legend", className="group"),
    ]
    sets = point_sets(atlas, desk.question(view))
    return [
        html.Section(
            [render_handle("Question et légende"), html.Div(choices, className="scroll")],
            id="controls",
            className="panel",
            **{"aria-label": "Question et légende"},
        ),
        html.Section(
            render_gap_map(atlas, sets, bands_url(view), view),
            className="map-room",
            **{"aria-label": "Carte"},
        ),
        html.Section(
            [render_handle("Réponse"), html.Div(id="sheet-body", className="scroll")],
            id="sheet",
            className="panel",
            **{"aria-label": "Réponse", "tabIndex": "-1"},
        ),
    ]
