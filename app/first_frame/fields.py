"""The fields of a page as forms and links: they work before scripts, and look as they will."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qsl

from app.first_frame.writing import Writer, Written

Options = Sequence[Mapping[str, Any]]

SEND: Final = "Afficher"


class Fields:
    """The fields of a page whose address says what they choose.

    Parameters
    ----------
    writer
        Of the page.
    action
        Path of the page.
    queries
        For each field, by its identifier: the key that it chooses, and the query of the view
        without that key.
    links
        For each switch, by its identifier: the address of each of its values.
    """

    def __init__(
        self,
        writer: Writer,
        action: str,
        queries: Mapping[str, tuple[str, str]],
        links: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._writer = writer
        self._action = action
        self._queries = queries
        self._links = links

    def select(self, props: Mapping[str, Any]) -> Written:
        """Return a select in a form of its own."""
        field = str(props["id"])
        key, rest = self._queries[field]
        element = self._writer.element
        chosen = props.get("value")
        empty = (
            []
            if chosen and not props.get("clearable")
            else [self._option("", props.get("placeholder") or "", chosen=not chosen)]
        )
        options = "".join([*empty, *(self._listed(option, chosen) for option in props["data"])])
        select = element(
            "select",
            {"id": field, "name": key, "data-empty": None if chosen else "yes"},
            options,
        )
        label = element("label", {"class": "still-label", "for": field}, self._text(props["label"]))
        return element(
            "form",
            {"class": "still", "action": self._action, "method": "get", "data-still": field},
            f'{self._hidden(rest)}{label}<span class="still-field">{select}</span>{self._send()}',
        )

    def switch(self, props: Mapping[str, Any]) -> Written:
        """Return options side by side, each a link to what it shows."""
        field = str(props["id"])
        links = self._links.get(field, {})
        element = self._writer.element
        sides = "".join(
            element(
                "a" if links.get(option["value"]) else "span",
                {
                    "href": links.get(option["value"]),
                    "data-chosen": "true" if option["value"] == props.get("value") else None,
                    "aria-current": "true" if option["value"] == props.get("value") else None,
                },
                self._text(option["label"]),
            )
            for option in props["data"]
        )
        side = element("span", {"class": "still-switch"}, sides)
        return element("div", {"class": "still", "data-still": field}, side)

    def _listed(self, option: Mapping[str, Any], chosen: object) -> Written:
        if "items" not in option:
            return self._option(option["value"], option["label"], chosen=option["value"] == chosen)
        inside = "".join(self._listed(item, chosen) for item in option["items"])
        return self._writer.element("optgroup", {"label": option["group"]}, inside)

    def _option(self, value: str, label: str, *, chosen: bool) -> Written:
        return self._writer.element(
            "option", {"value": value, "selected": chosen}, self._text(label)
        )

    def _hidden(self, rest: str) -> Written:
        return "".join(
            self._writer.element("input", {"type": "hidden", "name": key, "value": text})
            for key, text in parse_qsl(rest.removeprefix("?"))
        )

    def _send(self) -> Written:
        return self._writer.element(
            "button", {"type": "submit", "class": "link without-scripts"}, SEND
        )

    def _text(self, text: object) -> Written:
        return self._writer.write(str(text or ""))
