"""A page that Dash will draw, as the document that its address gives: the same parts, as HTML."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dash.development.base_component import Component

from app.first_frame.fields import Fields
from app.first_frame.writing import Special, Writer, Written
from app.parts.frame import CONTENT
from app.parts.markup import Element, text_of
from app.parts.search_box import SEARCH_ID, SEARCH_URL
from app.web.static_files import StaticFile

CARRIED: Final = re.compile(r'data-file="([^"]+)"')
SEARCH: Final = {"action": SEARCH_URL, "method": "get", "class": "search-form"}
MENU: Final = "menu"
"""Class of the button that opens the list of pages on a phone."""
LONGEST_DESCRIPTION: Final = 300
SPEAKING: Final = ("sentence", "lead")
"""Classes of the paragraphs of a sheet that say in words what it is about."""


@dataclass(frozen=True)
class FirstFrame(StaticFile):
    """The first frame of a view, kept as other answers are; its body is HTML.

    Parameters
    ----------
    carried
        Names of the files whose outlines are in it, whole.
    rules
        Its style sheet.
    title, description
        Of the view, plain text.
    """

    carried: frozenset[str] = frozenset()
    rules: str = ""
    title: str = ""
    description: str = ""


@dataclass(frozen=True)
class Drawn:
    """What a page with a map shows before scripts, beside what its layout holds.

    Parameters
    ----------
    map_html, map_rules
        The map, and its style sheet.
    map_title
        What the map shows, in a line.
    addresses
        What writes the address that a button of the scripts has the sense of, by the attribute
        that says what the button does; None where it has none.
    shell
        What the page says of itself to the style sheets, by attribute.
    fields
        Makes the fields of the page.
    table
        The open table, None where it is closed.
    table_link
        Address that opens it, or closes it.
    parts
        Content of parts by identifier, where it is not what the layout's stores hold.
    special
        Makes what is asked first how a component or an element is written.
    """

    map_html: Written
    map_rules: str
    map_title: str
    addresses: Mapping[str, Callable[[str], str | None]]
    shell: Mapping[str, str]
    fields: Callable[[Writer], Fields]
    table: object = None
    table_link: str = ""
    parts: Mapping[str, object] = field(default_factory=dict)
    special: Callable[[Writer], Special] = lambda _: lambda _: None


def render_first_frame(layout: Component, drawn: Drawn) -> FirstFrame:
    """Return the first frame of a page.

    Parameters
    ----------
    layout
        As Dash gets it: its stores hold the parts that the browser would build.
    drawn
        What the browser would draw.
    """
    own = {f"{part}{CONTENT}": content for part, content in drawn.parts.items()}
    stores = {**dict(_stores(layout)), **own}
    page = _StaticPage(drawn, stores)
    html = page.writer.write(layout)
    name = str(stores.get("place-name") or "")
    return FirstFrame(
        "cadre",
        html.encode(),
        carried=frozenset(CARRIED.findall(drawn.map_html)),
        rules=page.writer.rules + drawn.map_rules,
        title=name,
        description=describe(stores.get(f"sheet-body{CONTENT}")),
    )


def describe(sheet: object) -> str:
    """Return what a sheet is about, in a sentence or two; empty where it says nothing."""
    parts = sheet if isinstance(sheet, (list, tuple)) else [sheet]
    # the head of a sheet is its first part
    head = next((part for part in parts if isinstance(part, Element)), None)
    said = [
        text_of(element)
        for element in _elements(head)
        if element.attributes.get("class") in SPEAKING
    ]
    return " ".join(said)[:LONGEST_DESCRIPTION]


def _elements(content: object) -> Iterator[Element]:
    if isinstance(content, Element):
        yield content
        for child in content.children:
            yield from _elements(child)
    elif isinstance(content, (list, tuple)):
        for child in content:
            yield from _elements(child)


def _stores(layout: Component) -> Iterator[tuple[str, Any]]:
    for component in layout._traverse():  # noqa: SLF001 - Dash has no other way through
        if getattr(component, "_type", "") == "Store" and hasattr(component, "data"):
            yield component.id, component.data


class _StaticPage:
    """Writes the parts that scripts would draw, make or listen to."""

    def __init__(self, drawn: Drawn, stores: Mapping[str, Any]) -> None:
        self._drawn = drawn
        self._stores = stores
        self.writer = Writer(self._special)
        self._fields = drawn.fields(self.writer)
        self._first = drawn.special(self.writer)

    def _special(self, node: Component | Element) -> Written | None:
        written = self._first(node)
        if written is not None:
            return written
        if isinstance(node, Element):
            return self._link(node)
        kind = getattr(node, "_type", "")
        if kind == "Store":
            return ""
        props = node.to_plotly_json()["props"]
        own: dict[str, Callable[[Mapping[str, Any]], Written]] = {
            "MantineProvider": lambda props: self.writer.write(props["children"]),
            "Select": self._fields.select,
            "SegmentedControl": self._fields.switch,
            "MapContainer": self._map,
        }
        return own[kind](props) if kind in own else self._part(node, props)

    def _link(self, element: Element) -> Written | None:
        """Return a button of scripts as a link, a box with a link beside it; None for others."""
        if element.tag == "label":
            return self._turn(element)
        if element.tag != "button":
            return None
        kept = {name: value for name, value in element.attributes.items() if name != "type"}
        for attribute, write in self._drawn.addresses.items():
            said = kept.get(attribute)
            address = write(str(said)) if said else None
            if address:
                pressed = kept.pop("aria-pressed", None)
                link = {
                    "href": address,
                    **kept,
                    "aria-current": "true" if pressed == "true" else None,
                }
                return self.writer.element("a", link, self.writer.write(element.children))
        return None

    def _turn(self, label: Element) -> Written | None:
        box = next((part for part in label.children if isinstance(part, Element)), None)
        layer = box.attributes.get("data-layer") if box else None
        write = self._drawn.addresses.get("data-layer")
        if box is None or not layer or write is None or box.attributes.get("disabled"):
            return None
        word = "Retirer" if box.attributes.get("checked") else "Montrer"
        named = f"{word}\u00a0: {text_of(label.children[2])}"
        link = {"class": "link without-scripts", "href": write(str(layer)), "aria-label": named}
        written = self.writer.element("label", label.attributes, self.writer.write(label.children))
        return written + self.writer.element("a", link, word)

    def _map(self, props: Mapping[str, Any]) -> Written:
        attributes = {"id": props["id"], "class": "frame-map"}
        return self.writer.element("div", attributes, self._drawn.map_html)

    def _part(self, node: Component, props: Mapping[str, Any]) -> Written | None:
        """Return a part that scripts would fill or change; None for any other."""
        identifier = str(props.get("id") or "")
        tag, said = node._type.lower(), {**props}  # noqa: SLF001 - has no other name
        content: object = self._stores.get(f"{identifier}{CONTENT}")
        if identifier == "shell":
            said |= self._drawn.shell
            content = props["children"]
        elif identifier == "map-title":
            content = self._drawn.map_title
        elif identifier == "table-toggle" and self._drawn.table_link:
            tag, said = "a", {"href": self._drawn.table_link, "id": identifier}
            content = props["children"]
        elif identifier == "table-body":
            content = self._drawn.table
        elif props.get("className") == MENU:
            content = props["children"]
        if content is None:
            return None
        written = self.writer.write(content)
        if identifier == SEARCH_ID:
            written = self.writer.element("form", SEARCH, written)
        said |= {"class": props.get("className"), "className": None, "children": None}
        part = self.writer.element(tag, said, written)
        return self._with_way_to_pages(part) if props.get("className") == MENU else part

    def _with_way_to_pages(self, menu: Written) -> Written:
        """Return the button of the menu after the link that opens the menu without scripts."""
        link = {"class": "without-scripts to-pages", "href": "#pages"}
        return self.writer.element("a", link, "Menu") + menu
