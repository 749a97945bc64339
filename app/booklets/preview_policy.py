"""What a browser may do with a drawn page: show it. Nothing runs there, nothing is fetched."""

import re
from typing import Final

from app.web.delivery import inline_hash

POLICY: Final = (
    "default-src 'none'; style-src {styles}; font-src data:; img-src data:; frame-ancestors 'self'"
)
"""Of an SVG page: its letters and pictures are inside, and its styles are those that we wrote."""
_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def preview_policy(svg: str) -> str:
    """Return the Content-Security-Policy of a page that we have drawn.

    Its styles are allowed by their hashes: what a text of the page would add has none. They hold no
    sign that XML writes otherwise, so that the browser's text is the file's.
    """
    hashes = " ".join(inline_hash(style) for style in _STYLE.findall(svg))
    return POLICY.format(styles=hashes or "'none'")
