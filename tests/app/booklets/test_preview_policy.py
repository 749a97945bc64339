"""A drawn page is shown under a policy of its own: our styles by their hashes, and nothing else."""

import base64
import hashlib
import re
from xml.etree import ElementTree as ET

from app.booklets.preview_policy import preview_policy
from app.exports.booklet.page import draw_page
from app.exports.booklet.scene.request import PageRequest
from geo.perimeter import Perimeter

SVG = "{http://www.w3.org/2000/svg}"


def hash_of(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_every_style_of_a_page_is_allowed_as_the_browser_reads_it_and_no_other(catalogue):
    title = "<style>*{display:none}</style>"
    request = PageRequest(Perimeter.parse("commune:62193"), title=title)
    drawn = draw_page(catalogue, request).to_svg()
    svg = drawn.decode() if isinstance(drawn, bytes) else drawn
    root = ET.fromstring(svg)  # noqa: S314 - drawn here
    styles = [style.text for style in root.iter(f"{SVG}style")]
    said = re.search(r"style-src ([^;]*);", preview_policy(svg))[1].split()
    assert said == [hash_of(style) for style in styles]
    assert len(said) == 1
    assert not any("style" in element.attrib for element in root.iter())
    assert hash_of("*{display:none}") not in said


def test_a_page_without_styles_may_have_none():
    assert "style-src 'none';" in preview_policy("<svg></svg>")
    assert "unsafe" not in preview_policy("<svg><style>a{}</style></svg>")
