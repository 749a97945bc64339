"""Our own scripts and styles, one file each, so that the first map does not wait for twenty.

The files in ``assets/`` stay apart for those who read them; they leave the server joined, in the
order of their names, under a name that holds the hash of what is inside.
"""

import re
from pathlib import Path
from typing import Final

from flask import Blueprint, Response

from app.geometry import StaticFile, answer_with

PREFIX: Final = "/atlas"
NEAR: Final = re.compile(r'url\("(?!/|data:)')
"""An address in a style sheet that starts from the folder of the sheet."""


def join_assets(folder: Path, ignored: str) -> tuple[StaticFile, StaticFile]:
    """Return the styles and the scripts of a folder, joined.

    Parameters
    ----------
    ignored
        Regular expression; files whose name it matches belong to other pages.
    """
    left = re.compile(ignored)
    files = sorted(path for path in folder.iterdir() if not left.search(path.name))

    def joined(suffix: str) -> str:
        return "\n".join(path.read_text("utf-8") for path in files if path.suffix == suffix)

    styles = NEAR.sub('url("/assets/', joined(".css"))
    return (
        StaticFile("atlas", styles.encode(), "css", PREFIX),
        StaticFile("atlas", joined(".js").encode(), "js", PREFIX),
    )


def serve_bundles(bundles: tuple[StaticFile, ...]) -> Blueprint:
    """Return the route that serves joined files."""
    routes = Blueprint("bundles", __name__, url_prefix=PREFIX)
    by_name = {bundle.name: bundle for bundle in bundles}

    @routes.get("/<name>")
    def bundle(name: str) -> Response:
        return answer_with(by_name.get(name))

    return routes
