"""A native control under its label, for forms that the browser builds."""

from app.parts import markup as html
from app.parts.markup import Element


def render_field(label: str, identifier: str, control: Element) -> Element:
    """Return a control with its label; the identifier is its ``id`` in the page."""
    named = control._replace(attributes={"id": identifier, **control.attributes})
    return html.Div([html.Label(label, htmlFor=identifier), named], className="field")
