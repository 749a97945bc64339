"""Parts of a page as plain data, of which the browser makes elements and text nodes.

Dash wraps every component of a layout and looks at each of them at every change of any: a sheet of
four hundred took a third of the first load and of a change of indicator. What no callback listens
to is therefore sent as data. Text stays text all the way: nothing is ever read as HTML.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple, Union


class Element(NamedTuple):
    """An element of HTML.

    Parameters
    ----------
    tag
        Its name.
    attributes
        By name, as HTML spells them; ``style`` is a mapping; None, False and missing are one.
    children
        Elements, texts and None, which is left out.
    """

    tag: str
    attributes: dict[str, Any]
    children: tuple["Child", ...]


Child = Union[Element, str, None]  # noqa: UP007 - the class names itself before it exists
Children = Child | Iterable[Child]
Value = str | bool | int | Mapping[str, str] | None
Make = Callable[..., Element]

_SPELLINGS: Final = {"className": "class", "htmlFor": "for"}


def _maker(tag: str) -> Make:
    def make(children: Children = None, **attributes: Value) -> Element:
        single = children is None or isinstance(children, (Element, str))
        spelt = {_SPELLINGS.get(name, name): value for name, value in attributes.items()}
        return Element(tag, spelt, (children,) if single else tuple(children))  # type: ignore[arg-type]

    return make


A, Article, Button, Dd, Details, Div, Dl, Dt = map(
    _maker, ("a", "article", "button", "dd", "details", "div", "dl", "dt")
)
Fieldset, H2, H3, H4, Input, Label, Legend, Li, Ol, Option, P = map(
    _maker, ("fieldset", "h2", "h3", "h4", "input", "label", "legend", "li", "ol", "option", "p")
)
Datalist, Form = map(_maker, ("datalist", "form"))
Section, Select, Span, Strong, Summary = map(
    _maker, ("section", "select", "span", "strong", "summary")
)
Table, Tbody, Td, Textarea, Th, Thead, Tr, Ul = map(
    _maker, ("table", "tbody", "td", "textarea", "th", "thead", "tr", "ul")
)


def text_of(element: Child) -> str:
    """Return the text of an element and of all that is in it, as a reader would see it."""
    if element is None or isinstance(element, str):
        return element or ""
    return "".join(text_of(child) for child in element.children)
