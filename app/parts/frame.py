"""The frame that pages with a map share: panels, their handles and tabs, what a page says."""

from collections.abc import Mapping, Sequence
from typing import Final

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from app.parts.menus import MENUS_ID
from app.parts.typography import typeset

COBALT: Final = ("#e4edf8", "#c9dbf0", "#a3c2e5", "#78a4d8", "#4d86ca", "#2a6bbb", "#165cad",
                 "#0b4fa0", "#083f82", "#062f62")  # fmt: skip
MANTINE: Final = {
    "fontFamily": "var(--text)",
    "colors": {"cobalt": COBALT},
    "primaryColor": "cobalt",
    "primaryShade": 7,
    "defaultRadius": 2,
}
CONTENT: Final = "-content"
"""Ends the name of the store that holds the content of a part."""
MAP_TAB: Final = ("map-only", "Carte")
"""No panel: the whole map."""
TABS: Final = (("sheet", "Fiche"), MAP_TAB, ("controls", "Légende"), ("table-panel", "Tableau"))
"""Panels of a phone, and the words of their tabs."""


def render_shell(
    top: Sequence[Component],
    rooms: Sequence[Component],
    remarks: tuple[str, ...],
    stores: Mapping[str, object],
    later: Sequence[str],
    **attributes: str,
) -> Component:
    """Return a whole page with a map: what stands on top, its panels, its foot, its data.

    Parameters
    ----------
    top
        The header and the trail.
    rooms
        The panels, tabs of a phone included.
    remarks
        What was ignored in the address, French sentences.
    stores
        Data that the browser has from the start, by the identifier of their store.
    later
        Stores that what the reader does fills; without data, so that nothing is called for them.
    **attributes
        What the page says of itself to scripts and styles, ``data_page`` for ``data-page``.
    """
    said = {"data_panel": "sheet", "data_stop": "peek", "data_table": "closed", **attributes}
    return dmc.MantineProvider(
        html.Div(
            [
                *top,
                html.Main([*rooms, html.Div(id=MENUS_ID)], className="rooms"),
                html.Footer(id="footer", className="footer"),
                *render_voices(remarks),
                *(dcc.Store(id=name, data=data) for name, data in stores.items()),
                *(dcc.Store(id=name) for name in later),
            ],
            id="shell",
            className="shell",
            **{name.replace("_", "-"): text for name, text in said.items()},
        ),
        theme=MANTINE,
        forceColorScheme="light",
    )


def content_id(part: str) -> str:
    """Return the store that holds the content of a part of the page, for the browser to build."""
    return f"{part}{CONTENT}"


def render_table_panel(content: str = "les mêmes valeurs, à trier") -> Component:
    """Return the panel under the map, closed until it is asked for."""
    return html.Section(
        [
            render_handle("Tableau"),
            html.Button(
                ["Tableau", html.Span(content)],
                id="table-toggle",
                type="button",
                className="table-toggle",
                **{"aria-expanded": "false", "aria-controls": "table-body"},
            ),
            html.Div(id="table-body"),
        ],
        id="table-panel",
        className="panel",
        **{"aria-label": "Tableau", "tabIndex": "-1"},
    )


def render_handle(name: str) -> Component:
    """Return what a panel is pulled by on a phone."""
    return html.Button(
        html.Span(f"{name} : agrandir ou réduire", className="unseen"),
        type="button",
        className="handle",
        **{"aria-expanded": "false"},
    )


def render_tabs(tabs: Sequence[tuple[str, str]] = TABS) -> Component:
    """Return the buttons that choose a panel on a phone; the first is shown at first."""
    return html.Div(
        [
            html.Button(
                label,
                type="button",
                **{"data-panel-of": panel, "aria-pressed": str(panel == tabs[0][0]).lower()},
            )
            for panel, label in tabs
        ],
        className="tabs",
        role="group",
        **{"aria-label": "Panneaux"},
    )


def render_remarks(remarks: tuple[str, ...]) -> list[Component]:
    """Return what was ignored in the address, as sentences that can be put away."""
    if not remarks:
        return []
    close = html.Button("Fermer", type="button", className="link", **{"data-close": "remarks"})
    return [*(html.P(typeset(remark)) for remark in remarks), close]


def render_voices(remarks: tuple[str, ...]) -> list[Component]:
    """Return where the page speaks: what it ignored, what does not come, what has changed."""
    return [
        html.Div(render_remarks(remarks), id="remarks", className="remarks", role="status"),
        html.Div(id="outage", className="remarks outage", role="status"),
        html.Div(id="announcements", className="unseen", role="status"),
    ]
