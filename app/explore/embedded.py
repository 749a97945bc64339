"""What the map says in a frame of somebody else's page: whose it is, and the way to the whole."""

from dash import html
from dash.development.base_component import Component

from app.view.state import ViewState, format_view
from app.web.addresses import EXPLORE


def render_way_out(view: ViewState) -> Component:
    """Return the line on top of a framed map.

    The link opens a page of its own: what is in a frame can hardly be left. The scripts lead it to
    what the map shows by then.
    """
    return html.Header(
        [
            html.H1([html.Span("Atlas", className="wordmark-name"), "62"], className="wordmark"),
            html.A(
                "Ouvrir dans l’Atlas 62",
                href=f"{EXPLORE}{format_view(view)}",
                target="_blank",
                rel="noopener",
                className="link",
                **{"data-view": "1"},
            ),
        ],
        className="way-out",
    )
