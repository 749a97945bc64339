"""The question of the page Écarts as a form that works before scripts, and without them."""

from collections.abc import Mapping, Sequence
from typing import Final

from dash.development.base_component import Component

from app.first_frame.writing import Writer, Written
from app.gaps.calculator import GapCalculator
from app.gaps.question import render_question
from app.gaps.view import BETWEEN_SCENARIOS, DEFAULT, GapView, texts_of
from app.parts import markup as html
from app.parts.markup import Element
from app.parts.typography import typeset
from app.view.keys import GAPS as KEYS
from app.view.keys import names
from app.web.addresses import GAPS
from layers.gaps.sites import Place

PARTS: Final = (
    "service", "also", "rank", "threshold", "measured", "model", "public", "neighbours",
)  # fmt: skip
"""What the form of the question asks."""
SITES: Final = ("scenarios", "active")
PROPOSAL: Final = ("candidates", "smallest", "proposed")
FIELDS: Final = {
    "gap-candidates": "candidates",
    "gap-smallest": "smallest",
    "gap-count": "proposed",
    "gap-commune": "scenarios",
}
"""Part that a field speaks of, by its identifier."""
NAMES: Final = names(KEYS, *(key.part for key in KEYS))
SEND: Final = "Répondre"
MOST_LISTED: Final = 300
"""Places that a list may have; town halls are nine hundred."""


def question_form(view: GapView, desk: GapCalculator) -> Element:
    """Return the question as a form that keeps the rest of a view."""
    kept = [
        html.Input(type="hidden", name=NAMES[part], value=text)
        for part, text in _said(view, PARTS).items()
    ]
    send = html.Button(SEND, type="submit", className="button without-scripts")
    return html.Form(
        [*render_question(view, desk), *kept, send],
        className="gap-form",
        action=GAPS,
        method="get",
    )


class GapForm:
    """Writes the fields of a view as those of forms; what they ask is the address of the answer.

    Parameters
    ----------
    writer
        Of the page.
    places
        Of the services of the view.
    """

    def __init__(self, writer: Writer, view: GapView, places: Sequence[Place] = ()) -> None:
        self._writer, self._view, self._places = writer, view, places

    def write(self, node: Component | Element) -> Written | None:
        """Return a part of the question or of the scenarios as a form; None for any other."""
        if isinstance(node, Component):
            return None
        return self._field(node) if node.tag in {"input", "select"} else self._around(node)

    def _field(self, field: Element) -> Written | None:
        said = field.attributes
        part = "also" if said.get("data-also") else FIELDS.get(str(said.get("id")))
        part = part or said.get("data-gap")
        if not part or said.get("type") == "range":
            return None
        named = {**said, "name": NAMES[str(part)]}
        return self._writer.element(field.tag, named, self._writer.write(field.children))

    def _around(self, node: Element) -> Written | None:
        said = node.attributes
        if node.tag == "form" and said.get("id") == "gap-add":
            return self._form(node, self._hidden(SITES) + self._others())
        if node.tag == "form" and said.get("id") == "gap-close":
            content = self._writer.write(node.children)
            return self._writer.element("form", said, content) + self._place_form()
        if node.tag == "div" and said.get("class") == "inline-form":
            return self._form(node, self._hidden(PROPOSAL))
        if said.get("data-do") == "propose":
            sending = {"type": "submit", "class": said.get("class")}
            return self._writer.element("button", sending, self._writer.write(node.children))
        return None

    def _form(self, node: Element, hidden: Written) -> Written:
        kept = {name: node.attributes.get(name) for name in ("id", "class")}
        content = hidden + self._writer.write(node.children)
        return self._writer.element("form", {**kept, "action": GAPS, "method": "get"}, content)

    def _place_form(self) -> Written:
        """Return the form that names a place, for its bands and to close it; without scripts."""
        attributes = {"name": NAMES["around"], "class": "control", "id": "gap-around"}
        if len(self._places) <= MOST_LISTED:
            chosen = self._view.around
            field = html.Select([_option(place, chosen) for place in self._places], **attributes)
            label = "Lieu du service, pour ses bandes de trajet ou le fermer"
        else:
            field = html.Input(type="text", maxlength="60", required="required", **attributes)
            label = "Commune, pour les bandes de trajet autour de sa mairie"
        named = html.Label(
            [html.Span(label, className="group-title"), field], className="field-label"
        )
        send = html.Button("Voir", type="submit", className="button")
        content = self._hidden(("around",)) + self._writer.write([named, send])
        form = {"class": "inline-form without-scripts", "action": GAPS, "method": "get"}
        return self._writer.element("form", form, content)

    def _others(self) -> Written:
        """Return the scenarios with the active one last: what the form names comes behind it."""
        scenarios, active = self._view.scenarios, self._view.active
        if not scenarios:
            return ""
        others = [sites for rank, sites in enumerate(scenarios) if rank != active]
        written = BETWEEN_SCENARIOS.join(",".join(sites) for sites in [*others, scenarios[active]])
        return self._inputs({"scenarios": written, "active": str(len(scenarios))})

    def _hidden(self, but: tuple[str, ...]) -> Written:
        return self._inputs(_said(self._view, but))

    def _inputs(self, texts: Mapping[str, str]) -> Written:
        return "".join(
            self._writer.element("input", {"type": "hidden", "name": NAMES[part], "value": text})
            for part, text in texts.items()
        )


def _option(place: Place, chosen: str) -> Element:
    selected = "selected" if place.word == chosen else None
    name = f"{place.title} ({place.commune})"
    return html.Option(typeset(name), value=place.word, selected=selected)


def _said(view: GapView, but: tuple[str, ...]) -> dict[str, str]:
    """Return what an address says of a view, but of some parts."""
    usual = {**texts_of(DEFAULT), "service": None}
    return {
        part: text
        for part, text in texts_of(view).items()
        if text and part not in but and text != usual[part]
    }
