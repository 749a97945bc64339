"""A view in somebody else's page: the code of its frame, and what oEmbed tells of it.

oEmbed (https://oembed.com, sections 2.2 and 2.3) lets a site that is given a link to a view ask for
its frame.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from app.map.atlas import Atlas
from app.sheets.opened import opened_name
from app.view.query import LONGEST_QUERY
from app.view.state import ViewState, format_view, parse_view
from app.web.addresses import EMBED, EXPLORE

PROVIDER: Final = "Atlas 62"
LEAST: Final = (280, 320)
"""Width and height of a frame, pixels, below which the legend cannot be read."""
MOST: Final = (2_000, 1_600)
USUAL: Final = (800, 560)
NUMBER: Final = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Frame:
    """A view in a frame.

    Parameters
    ----------
    root
        What every address of this server begins with.
    size
        Width and height, pixels.
    """

    view: ViewState
    title: str
    root: str
    size: tuple[int, int]

    @property
    def address(self) -> str:
        """Of the page in the frame."""
        return f"{self.root}{EMBED}{format_view(self.view)}"

    @property
    def code(self) -> str:
        """HTML of the frame, to be put into a page."""
        width, height = self.size
        return (
            f'<iframe src="{escape(self.address)}" title="{escape(self.title)}" '
            f'width="{width}" height="{height}" loading="lazy" '
            'style="border:1px solid #d8d1c1;max-width:100%"></iframe>'
        )


def frame_of(atlas: Atlas, query: str, root: str, size: tuple[int, int] = USUAL) -> Frame:
    """Return the frame of a view, from the query of its address: any text."""
    view, _ = parse_view(query[:LONGEST_QUERY], atlas.vocabulary)
    return Frame(view, f"{opened_name(atlas, view)} – {PROVIDER}", root, size)


def query_of(address: str, root: str) -> str | None:
    """Return the query of a view's address; None where it is no view of this server.

    Parameters
    ----------
    address
        From outside, so any text.
    """
    try:
        asked, own = urlsplit(address), urlsplit(root)
    except ValueError:
        return None
    if (asked.scheme, asked.netloc) != (own.scheme, own.netloc):
        return None
    pages = {own.path, own.path + EXPLORE, own.path + EMBED}
    return asked.query if asked.path in pages else None


def fit(
    asked: Mapping[str, str], names: tuple[str, str], most: tuple[int, int] = USUAL
) -> tuple[int, int]:
    """Return the width and the height of a frame, pixels, within what it can be read at.

    Parameters
    ----------
    asked, names
        The size stands under these names, in texts from outside; what is no whole number is as if
        it were not there.
    most
        Width and height that it may have.
    """
    found = []
    for name, usual, least, top in zip(names, USUAL, LEAST, most, strict=True):
        text = asked.get(name, "")
        number = int(text) if NUMBER.fullmatch(text) else usual
        found.append(min(max(number, least), top))
    return found[0], found[1]


def describe_frame(frame: Frame) -> dict[str, Any]:
    """Return what oEmbed tells of a frame."""
    width, height = frame.size
    return {
        "version": "1.0",
        "type": "rich",
        "title": frame.title,
        "provider_name": PROVIDER,
        "provider_url": f"{frame.root}/",
        "html": frame.code,
        "width": width,
        "height": height,
    }


def write_xml(told: Mapping[str, Any]) -> bytes:
    """Return what oEmbed tells, as XML."""
    top = Element("oembed")
    for name, value in told.items():
        SubElement(top, name).text = str(value)
    return b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n' + tostring(top, "utf-8")
