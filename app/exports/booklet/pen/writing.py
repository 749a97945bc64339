"""Writing: the canvas as HTML for WeasyPrint, and as an SVG that stands alone."""

import base64
import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from app.exports.booklet.pen.canvas import FONT_FAMILY, Canvas, Letters, number, svg_items
from app.exports.booklet.pen.inks import Paint, light
from app.exports.booklet.pen.lettering import POINT, face
from app.exports.paper import FACES, FAMILY, face_file

_TAGS: Final = {"h1": "h1", "h2": "h2", "p": "p"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of itself.

    Parameters
    ----------
    alternative
        What the figure shows, for whoever cannot see it.
    """

    title: str
    alternative: str
    day: dt.date


def to_html(
    canvas: Canvas, told: Told, paint: Paint = light, slug: float = 0.0, more: str = ""
) -> str:
    """Write a page as HTML: the map as one figure, the other texts as headings and paragraphs.

    Parameters
    ----------
    slug
        Millimetres around the trimmed page, for crop marks.
    more
        HTML that follows on a page of its own.
    """
    width, height = canvas.width + 2 * slug, canvas.height + 2 * slug
    texts = [item for item in canvas.items if isinstance(item, Letters) and item.role != "map"]
    headings = [text for text in texts if text.role == "h1"]
    others = [text for text in texts if text.role != "h1"]
    box = f"{number(-slug)} {number(-slug)} {number(width)} {number(height)}"
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width}mm" '
        f'height="{height}mm" font-family="{FONT_FAMILY}">'
        f"{svg_items(canvas, paint, everything=False)}</svg>"
    )
    # As a file of its own the map is read as XML, four times as fast as within the HTML.
    drawn = base64.b64encode(drawing.encode()).decode()
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        f"<title>{escape(told.title)}</title>"
        '<meta name="generator" content="Atlas 62">'
        f'<meta name="dcterms.created" content="{told.day.isoformat()}">'
        f'<meta name="dcterms.modified" content="{told.day.isoformat()}">'
        f"<style>@page{{size:{width}mm {height}mm;margin:0}}body{{margin:0}}"
        f'h1,h2,p{{position:absolute;margin:0;white-space:pre;font-family:"{FAMILY}";'
        "font-kerning:none;line-height:1}h2{bookmark-level:2}"
        f"img{{position:absolute;left:0;top:0;width:{width}mm;height:{height}mm}}</style></head><body>"
        + _html_texts(headings, paint, slug)
        + f'<img alt="{escape(told.alternative)}" src="data:image/svg+xml;base64,{drawn}">'
        + _html_texts(others, paint, slug)
        + (f'<div class="map"></div>{more}' if more else "")
        + "</body></html>"
    )


def _html_texts(texts: Iterable[Letters], paint: Paint, slug: float) -> str:
    written = []
    for text in texts:
        style = text.style
        top = text.y - face(style.face).baseline * style.size * POINT
        css = (
            f"left:{text.left + slug:.3f}mm;top:{top + slug:.3f}mm;font-size:{style.size:g}pt;"
            f"font-weight:{600 if style.face == 'semibold' else 400};color:{paint(text.colour)}"
        )
        if style.face == "italic":
            css += ";font-style:italic"
        tag = _TAGS[text.role]
        written.append(f'<{tag} style="{css}">{escape(text.text)}</{tag}>')
    return "".join(written)


def to_svg(canvas: Canvas, told: Told) -> str:
    """Write a page as an SVG; its letters stay letters, in the part of our fonts that they need."""
    width, height = canvas.width, canvas.height
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<svg xmlns="http://www.w3.org/2000/svg" lang="fr" width="{width:g}mm" '
        f'height="{height:g}mm" viewBox="0 0 {number(width)} {number(height)}" role="img" '
        f'font-family="{FONT_FAMILY}" xml:space="preserve">'
        f"<title>{escape(told.title)}</title><desc>{escape(told.alternative)}</desc>"
        f"<style>{_faces(canvas)} text{{font-kerning:none}}</style>"
        f'<path d="M0 0h{number(width)}v{number(height)}H0z" fill="#ffffff"/>'
        + svg_items(canvas, light, everything=True)
        + "</svg>"
    )


def _faces(canvas: Canvas) -> str:
    texts = [item for item in canvas.items if isinstance(item, Letters)]
    rules = []
    for name, weight, style in FACES:
        signs = sorted({ord(s) for text in texts if text.style.face == name for s in text.text})
        if signs:
            data = base64.b64encode(_part(name, signs)).decode()
            rules.append(
                f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:{style};'
                f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
            )
    return "".join(rules)


def _part(name: str, signs: list[int]) -> bytes:
    options = Options()
    options.flavor = "woff2"
    options.layout_features = []
    font = TTFont(face_file(name), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
