"""The header: the name of the house, the search box, where one is."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from app.parts.search_box import SEARCH_ID


def render_header(
    pages: Sequence[tuple[str, str]],
    foot: Sequence[tuple[str, str]],
    current: str = "/",
    sheet: str = "Aller à la fiche",
) -> Component:
    """Return the header; the browser puts the search box into its place.

    Parameters
    ----------
    pages
        Address and name of each page.
    foot
        The same of what stands at the foot of the page, for a phone has no room for a foot.
    current
        Address of this one.
    sheet
        Text of the link that skips to the panel on the right.
    """
    return html.Header(
        [
            html.A("Aller à la carte", href="#map", className="skip"),
            html.A(sheet, href="#sheet", className="skip"),
            html.A("Aller au tableau", href="#table-panel", className="skip"),
            html.H1(
                html.A(
                    [html.Span("Atlas", className="wordmark-name"), html.Span("62")],
                    href="/",
                    className="wordmark",
                    **{"aria-label": "Atlas 62, accueil"},
                )
            ),
            html.Div(id=SEARCH_ID, className="search finder", role="search"),
            html.Button(
                "Menu",
                type="button",
                className="menu",
                **{"aria-expanded": "false", "aria-controls": "pages"},
            ),
            html.Nav(
                html.Ul(
                    [
                        html.Li(
                            _link(address, name, current=address == current),
                            className="at-foot" if (address, name) in foot else None,
                        )
                        for address, name in (*pages, *foot)
                    ]
                ),
                id="pages",
                className="pages",
                **{"aria-label": "Pages"},
            ),
        ],
        className="header",
    )


def _link(address: str, name: str, *, current: bool) -> Component:
    marks = {"aria-current": "page"} if current else {}
    if address == "/":
        marks["data-explore"] = "1"
    return html.A(name, href=address, **marks)
