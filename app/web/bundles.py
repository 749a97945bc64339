"""Our own styles and scripts, joined, so that a page waits for one file of each.

Styles stand apart beside their page; :data:`CASCADE` says in what order they come and where.
Scripts are ES modules beside their page; ``make scripts`` bundles them into ``web/built``.
"""

import re
from collections.abc import Mapping
from enum import Flag, auto
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from flask import Blueprint, Response

from app.web.static_files import StaticFile, answer_with

APP: Final = Path(str(files("app")))
BUILT: Final = APP / "web" / "built"
PREFIX: Final = "/atlas"
NEAR: Final = re.compile(r'url\("(?!/|data:)')
"""An address in a style sheet that starts from ``assets/``."""


class Medium(Flag):
    """What a style sheet is for."""

    SCREEN = auto()
    """Explorer and Écarts: the pages with a map."""
    DOCUMENTS = auto()
    """Pages to be read like print."""
    BOOKLETS = auto()
    """The page Livrets and those of its jobs, on top of what documents have."""
    OFFLINE = auto()
    """The map that opens without a network."""
    WITHOUT_SCRIPTS = auto()
    """The pages with a map, where no script runs; on top of what screens have."""


_S, _D, _B, _O, _W = Medium

CASCADE: Final[Mapping[str, Medium]] = {
    "exports/offline/static/leaflet.css": _O,
    "assets/tokens.css": _S | _D | _O,
    "assets/fields.css": _S | _D,
    "assets/shell.css": _S | _D | _O,
    "assets/frame.css": _S | _O,
    "map/assets/finder.css": _S | _D | _O,
    "map/assets/map.css": _S | _O,
    "map/assets/marks.css": _S | _O,
    "map/assets/base_map.css": _S,
    "map/assets/background.css": _S | _O,
    "explore/assets/tour.css": _S,
    "assets/panels.css": _S | _O,
    "assets/late_fields.css": _S,
    "explore/assets/classes.css": _S,
    "explore/assets/operations.css": _S,
    "map/assets/layers.css": _S | _O,
    "gaps/assets/gaps.css": _S,
    "gaps/assets/scenarios.css": _S,
    "sheets/assets/sheet.css": _S | _D | _O,
    "sheets/assets/sheet_body.css": _S | _O,
    "sheets/assets/comparison.css": _S,
    "explore/assets/share.css": _S,
    "first_frame/assets/page.css": _S,
    "first_frame/assets/ground.css": _S,
    "first_frame/assets/signs.css": _S,
    "first_frame/assets/fields.css": _S,
    "first_frame/assets/plain_table.css": _S,
    "assets/phone.css": _S | _O,
    "explore/assets/embedded.css": _S,
    "explore/assets/paper.css": _S,
    "first_frame/assets/without_scripts.css": _W,
    "documents/assets/documents.css": _D,
    "documents/assets/tables.css": _D,
    "documents/assets/parts.css": _D,
    "positions/assets/positions.css": _D,
    "documents/assets/phone.css": _D,
    "documents/assets/paper.css": _D,
    "data/assets/data.css": _D,
    "documents/assets/guidance.css": _D,
    "assets/forced_colors.css": _S | _D | _O,
    "booklets/assets/booklets.css": _B,
    "exports/offline/assets/offline.css": _O,
}
"""Every style sheet, the later ones over the earlier ones, and what it is for."""
SERVED: Final = {
    "atlas": Medium.SCREEN,
    "documents": Medium.DOCUMENTS,
    "booklets": Medium.BOOKLETS,
    "without_scripts": Medium.WITHOUT_SCRIPTS,
}
"""Joined styles that leave the server, by name."""
SCRIPTS: Final = ("atlas", "booklets", "files", "search")
"""Bundled scripts that leave the server."""


@cache
def style_sheet(medium: Medium) -> str:
    """Return the styles of a medium, joined; addresses in them start from ``assets/``."""
    sheets = [APP / name for name, media in CASCADE.items() if medium in media]
    return "\n".join(sheet.read_text("utf-8") for sheet in sheets)


@cache
def script(name: str) -> str:
    """Return a bundle of scripts."""
    return (BUILT / f"{name}.js").read_text("utf-8")


@cache
def bundle(name: str) -> StaticFile:
    """Return a joined file that leaves the server, as ``atlas.css`` or ``booklets.js``."""
    stem, _, suffix = name.partition(".")
    text = _styles(SERVED[stem]) if suffix == "css" else script(stem)
    return StaticFile(stem, text.encode(), suffix, PREFIX)


def _styles(medium: Medium) -> str:
    return NEAR.sub('url("/assets/', style_sheet(medium))


def serve_bundles() -> Blueprint:
    """Return the route that serves joined files."""
    routes = Blueprint("bundles", __name__, url_prefix=PREFIX)
    names = (*(f"{stem}.css" for stem in SERVED), *(f"{stem}.js" for stem in SCRIPTS))
    by_name = {file.name: file for file in map(bundle, names)}

    @routes.get("/<name>")
    def serve(name: str) -> Response:
        return answer_with(by_name.get(name))

    return routes
