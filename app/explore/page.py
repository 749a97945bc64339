"""Explorer: the map, the territory's sheet beside it, the table under it."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from app.explore.class_picker import render_class_picker
from app.explore.embedded import render_way_out
from app.explore.picker import picked, render_picker, render_theme_picker
from app.explore.stores import (
    as_usual,
    browser_urls,
    choice_of,
    operations_of,
    operations_shown,
    theme_data,
)
from app.explore.timeline import render_operation_picker, render_timeline
from app.map.atlas import Atlas
from app.map.layer_list import render_layers
from app.map.legend import render_legend
from app.map.panes import render_map
from app.parts import markup
from app.parts.footer import render_footer
from app.parts.frame import content_id, render_handle, render_shell, render_table_panel, render_tabs
from app.parts.header import render_header
from app.parts.markup import Children, Element
from app.parts.search_box import SEARCH_ID, render_search
from app.parts.tour import STEPS
from app.parts.trail import render_trail
from app.sheets.opened import ACTIONS, BOOKLET, PRINTED, opened_name, render_opened
from app.view.state import ViewState, format_view
from app.web.addresses import BOOKLETS, EMBED_CODE
from app.web.render import FOOT, NAVIGATION
from layers.model.layer import LayerError

CONTENTS: Final = (
    "trail",
    "class-picker",
    "legend",
    "layer-list",
    "operation-picker",
    "timeline",
    "sheet-body",
    "footer",
    SEARCH_ID,
)
"""Parts that the browser builds from data."""
LATER_STORES: Final = ("address", "frame", "table-view")
"""Filled by what the reader does; without data at first, so that nothing is called for them."""


def render_page(
    atlas: Atlas,
    view: ViewState,
    remarks: tuple[str, ...],
    search: str,
    *,
    embedded: bool = False,
) -> Component:
    """Return the whole page as a view asks for it.

    Parameters
    ----------
    remarks
        What was ignored in the address, French sentences.
    search
        The query string that the view was read from, for the browser to check against its own.
    embedded
        Whether the page stands in a frame of somebody else's page, where it says less.
    """
    stores = {
        "place": view.shown,
        "choice": choice_of(atlas, view),
        "layers": list(view.layers),
        "operations": operations_of(view),
        "operations-shown": operations_shown(atlas, view),
        "table-kind": str(view.table) if view.table else None,
        "theme": theme_data(atlas, view),
        "picked": picked(atlas.reference, view.place),
        "place-name": opened_name(atlas, view),
        "urls": browser_urls(atlas),
        "seen": search,
        "written": format_view(as_usual(atlas, view)),
        "tour-steps": STEPS,
        **{content_id(part): content for part, content in _contents(atlas, view).items()},
    }
    return render_shell(
        [
            *([render_way_out(view)] if embedded else []),
            render_header(NAVIGATION, FOOT),
            _trail_bar(),
        ],
        [
            html.Div(id="tour"),
            *_panels(atlas, view),
            render_table_panel("les mêmes valeurs et les opérations, à trier, à télécharger"),
            render_tabs(),
            html.Div(id="printed-foot", className="printed-foot"),
        ],
        remarks,
        stores,
        LATER_STORES,
        data_compared="yes" if view.compared else "no",
        data_embedded="yes" if embedded else "no",
        data_stop="half" if embedded else "peek",
    )


def _contents(atlas: Atlas, view: ViewState) -> dict[str, Children]:
    contents = (
        render_view_trail(atlas, view),
        render_class_picker(),
        render_theme_panel(atlas, view),
        render_layers(atlas, view.layers),
        render_operation_picker(atlas),
        render_timeline(atlas, view.operations),
        render_opened(atlas, view),
        render_footer(atlas.catalogue, FOOT),
        render_search(),
    )
    return dict(zip(CONTENTS, contents, strict=True))


def render_view_trail(atlas: Atlas, view: ViewState) -> Children:
    """Return the way to what a view shows."""
    subject = "Comparaison" if view.compared else opened_name(atlas, view) if view.subject else ""
    return render_trail(atlas.reference, view.place, subject)


def render_theme_panel(atlas: Atlas, view: ViewState, remarks: tuple[str, ...] = ()) -> Element:
    """Return the legend, or the sentence that says why there is none."""
    try:
        theme = atlas.theme(view.indicator, view.level, view.drawing, view.classes)
        return render_legend(theme, remarks)
    except LayerError as error:
        return markup.P(f"Indicateur indisponible. {error}", className="failure", role="note")


def _trail_bar() -> Component:
    return html.Div(
        [
            html.Nav(id="trail", className="trail", **{"aria-label": "Fil d’Ariane"}),
            html.Button("Visite guidée", type="button", className="link", **{"data-tour": "1"}),
            html.Section(
                [
                    *(
                        html.Button(words, type="button", className="link", **{f"data-{what}": "1"})
                        for what, words in ACTIONS
                    ),
                    html.A(BOOKLET, href=BOOKLETS, className="link", **PRINTED),
                    html.A("Intégrer", href=EMBED_CODE, className="link", **{"data-view": "1"}),
                ],
                id="take-along",
                className="actions",
                **{"aria-label": "Emporter cette vue"},
            ),
        ],
        className="trail-bar",
    )


def _panels(atlas: Atlas, view: ViewState) -> list[Component]:
    drawing = view.drawing or atlas.usual_drawing(view.indicator)
    choices = [
        html.H2("Indicateur et légende", className="unseen"),
        html.Div(
            [*render_theme_picker(atlas.indicators, view, drawing), html.Div(id="class-picker")],
            className="group",
        ),
        html.Div(id="legend", className="group"),
        html.Div(id="layer-list", className="group"),
        html.Div(
            [
                html.P("Opérations dans le temps", className="group-title"),
                html.Div(id="timeline", className="timeline"),
                html.Div(id="operation-picker", className="operation-picker"),
            ],
            className="group",
        ),
        html.Div(
            [
                html.P("Aller à un territoire", className="group-title"),
                *render_picker(atlas.reference, view),
            ],
            className="group",
        ),
    ]
    return [
        html.Section(
            [render_handle("Choix et légende"), html.Div(choices, className="scroll")],
            id="controls",
            className="panel",
            **{"aria-label": "Choix et légende"},
        ),
        html.Section(render_map(atlas, view), className="map-room", **{"aria-label": "Carte"}),
        html.Section(
            [render_handle("Fiche"), html.Div(id="sheet-body", className="scroll")],
            id="sheet",
            className="panel",
            **{"aria-label": "Fiche du territoire", "tabIndex": "-1"},
        ),
    ]
