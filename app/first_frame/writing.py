"""HTML of what a page is made of: Dash's components and our own elements, everything escaped.

The page's policy lets no element carry a style: what elements are styled by becomes a class each,
in one style sheet that goes along.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html import escape
from typing import Any, Final

from dash.development.base_component import Component

from app.parts.markup import Element

VOID: Final = frozenset({"br", "input", "img", "hr", "meta", "link"})
SPELLINGS: Final = {
    "className": "class",
    "htmlFor": "for",
    "tabIndex": "tabindex",
    "autoComplete": "autocomplete",
    "spellCheck": "spellcheck",
    "maxLength": "maxlength",
}
STYLING: Final = frozenset({"class", "style"})
LINKS: Final = frozenset({"href", "action", "src"})
SAFE_LINK: Final = re.compile(r"(?:https?://|mailto:|tel:|[/?#.])", re.IGNORECASE)
"""How an address may begin: never with the name of a scheme that runs something."""
NAME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
STYLE_NAME: Final = re.compile(r"-{0,2}[a-z][a-z-]*")
STYLE_VALUE: Final = re.compile(r"[\w#%.,() -]*")
"""No sign that ends a rule or asks for an address."""

PLAIN: Final = "dash_html_components"
"""Where components stand that are elements of HTML by another name."""

Written = str
"""HTML, escaped already."""
Special = Callable[[Any], Written | None]
"""Writes a component or an element in a way of its own; None leaves it to the writer."""


class Writer:
    """Writes one page, and gathers the styles of its elements.

    Parameters
    ----------
    special
        Asked about each component and element before it is written.
    """

    def __init__(self, special: Special = lambda _: None) -> None:
        self._special = special
        self._classes: dict[str, str] = {}

    @property
    def rules(self) -> str:
        """The style sheet of what was written so far."""
        return "".join(f".{name}{{{style}}}" for style, name in self._classes.items())

    def write(self, node: object) -> Written:
        """Return a component, an element, a text or several of them as HTML."""
        if node is None or node is False:
            return ""
        if isinstance(node, str):
            return escape(node, quote=False)
        if isinstance(node, (Element, Component)):
            written = self._special(node)
            return self._plain(node) if written is None else written
        if isinstance(node, (list, tuple)):
            return "".join([self.write(child) for child in node])
        if isinstance(node, (int, float)):
            return str(node)
        raise TypeError(f"{type(node).__name__} has no place in a page")

    def element(self, tag: str, attributes: Mapping[str, object], content: Written = "") -> Written:
        """Return an element around what is written already."""
        if not _is_name(tag):
            raise ValueError(tag)
        opened = f"<{tag}{''.join(self._attributes(attributes))}>"
        return opened if tag in VOID else f"{opened}{content}</{tag}>"

    def style(self, style: Mapping[str, str]) -> str:
        """Return the class that stands for a style."""
        said = ";".join(
            f"{name}:{value}" for name, value in sorted(style.items()) if _sound(name, value)
        )
        return self._classes.setdefault(said, f"w{len(self._classes)}")

    def _plain(self, node: Element | Component) -> Written:
        if isinstance(node, Element):
            return self.element(node.tag, node.attributes, self.write(node.children))
        if node._namespace == PLAIN:  # noqa: SLF001 - has no other name
            return self._component(node)
        raise TypeError(f"{type(node).__name__} has no place in a page")

    def _component(self, component: Component) -> Written:
        props = dict(component.to_plotly_json()["props"])
        content = self.write(props.pop("children", None))
        named = {SPELLINGS.get(str(name), str(name)): value for name, value in props.items()}
        return self.element(component._type.lower(), named, content)  # noqa: SLF001 - has no other name

    def _attributes(self, attributes: Mapping[str, object]) -> Iterator[str]:
        named = str(attributes.get("class") or "")
        style = attributes.get("style")
        if isinstance(style, dict):
            named = f"{named} {self.style(style)}".lstrip()
        if named:
            yield f' class="{escape(named)}"'
        for name, value in attributes.items():
            if value is None or value is False or name in STYLING or not _is_name(name):
                continue
            if value is True:
                yield f" {name}"
            elif name not in LINKS or SAFE_LINK.match(str(value)):
                yield f' {name}="{escape(str(value))}"'


@cache
def _is_name(name: str) -> bool:
    return bool(NAME.fullmatch(name))


def _sound(name: str, value: str) -> bool:
    return bool(STYLE_NAME.fullmatch(name) and STYLE_VALUE.fullmatch(value))
