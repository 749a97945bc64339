"""The document of a page with a map: what the server has drawn of it, then the scripts, by need."""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any, Final, Protocol
from urllib.parse import urlencode

import structlog
from dash import Dash
from flask import Response, current_app, g, request

from app.jobs.one_turn import TurnError
from app.parts.patterns import PATTERNS
from app.web.addresses import EXPLORE, OEMBED
from app.web.bundles import bundle
from app.web.page_address import LAYOUT, layout_url
from app.web.private import private
from app.web.public_root import PUBLIC_ADDRESS, public_root
from app.web.static_files import StaticFile, send

PAGE: Final = """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<script nonce="<!--nonce-->"><!--sign--></script>
<meta name="viewport" content="width=device-width, initial-scale=1">
<!--told-->
<title>{%title%}</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
<link rel="preload" href="/assets/fonts/atlas-sans.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="<!--styles-->">
{%css%}
<noscript><link rel="stylesheet" href="<!--without-->"></noscript>
<style nonce="<!--nonce-->"><!--rules--></style>
</head>
<body <!--later-->>
<!--patterns-->
{%app_entry%}
<!--frame-->
<!--preload-->
<link rel="preload" href="<!--layout-->" as="fetch" crossorigin fetchpriority="low">
<link rel="preload" href="/_dash-dependencies" as="fetch" crossorigin fetchpriority="low">
{%config%}
{%scripts%}
<script data-src="<!--scripts-->"></script>
{%renderer%}
<script><!--load--></script>
</body>
</html>
"""
"""What the scripts will want comes behind the drawing: on a slow line it would take its bytes."""
SLOT: Final = re.compile(r"<!--([a-z]+)-->")

SIGN_STYLES: Final = (
    "(()=>{const own=document.currentScript.nonce,make=document.createElement;"
    "document.createElement=function(name,...more){const made=make.call(this,name,...more);"
    'if(String(name).toLowerCase()==="style")made.nonce=own;return made}})()'
)
"""Lets the styles that Leaflet, Mantine and AG Grid write from scripts pass the page's policy: of
the three only one can be told the nonce. What is written into the page as HTML gets none, but for
the style sheet of the first frame, which the server writes."""

LOAD: Final = (
    "(()=>{const tags=[...document.querySelectorAll('script[data-src]')].map(t=>t.dataset.src);"
    "const make=(name,own)=>document.head.append(Object.assign(document.createElement(name),own));"
    "let begun=false;const load=()=>{if(begun)return;begun=true;"
    "tags.forEach((src,i)=>make('script',{src,async:false,"
    "onload:i+1<tags.length?null:()=>dispatchEvent(new Event('scripts'))}))};"
    "for(const href of tags)make('link',{rel:'preload',as:'script',href});"
    "if(document.hidden)load();else requestAnimationFrame(()=>setTimeout(load));"
    "setTimeout(load,3000)})()"
)
"""Runs the scripts, in their order, when the first frame has been painted: none stands before it.
A page that nobody sees is not painted, and does not wait."""
START: Final = "addEventListener('scripts',()=>{window.renderer=new DashRenderer()})"

RECORD: Final = (
    "(()=>{const frame=document.getElementById('first-frame');if(!frame)return;"
    "const pressed=frame.pressed=[];"
    "const hold=event=>{if(!event.isTrusted)return;event.stopPropagation();"
    "const button=event.type==='click'&&event.target.closest('button[type=button]');"
    "if(button)pressed.push(button)};"
    "for(const kind of ['click','change','input','keydown','pointerdown','mousedown','submit'])"
    "frame.addEventListener(kind,hold,true)})()"
)
"""Remembers which buttons of the first frame were pressed, for the page that takes over; links and
forms do what links and forms do."""

INLINE: Final = (SIGN_STYLES, LOAD, RECORD)
"""Scripts that stand in the page itself, which its policy knows by their hash."""

LATER: Final = {
    "/dash_mantine_components/": "data-late-scripts",
    "/dash_ag_grid/": "data-table-scripts",
}
"""Scripts that the first map can do without, and the attribute of the page's body that names them:
those of the fields come when somebody goes to them, those of the table when it is first opened."""
NEVER: Final = ("/polyfill@", "/dash_table/", "/dcc/")
"""Scripts that Dash loads for browsers of before 2020, for a table that is not used here, and for
components of which only the store is: ``assets/late_fields.js`` has it in a line."""
GEOJSON: Final = "/_dash-component-suites/dash_leaflet/async-GeoJSON.js"
NONCE_BYTES: Final = 16
CARD: Final = "/choix/apercu.png"
"""Draws a view for who gets its link."""
DESCRIPTION: Final = "Les contrats de territoire du Pas-de-Calais, sur une carte."

log = structlog.get_logger("app.web.document")


class View(Protocol):
    """What the server has drawn of a page before its scripts."""

    @property
    def body(self) -> bytes:
        """HTML."""

    @property
    def rules(self) -> str:
        """Its style sheet."""

    @property
    def carried(self) -> frozenset[str]:
        """Names of the static files that it holds the whole of."""

    @property
    def title(self) -> str:
        """Of the view, plain text; empty for that of the house."""

    @property
    def description(self) -> str:
        """Of the view, plain text; empty for that of the house."""


UNTOLD: Final = frozenset({"python_version", "plotly_version", "ddk_version", "dash_version_url"})
"""Of Dash's configuration, what its renderer does not read."""


class Atlas62(Dash):
    """Dash, with a first load of what the first page needs."""

    written_layout: Callable[[], StaticFile]
    """Gives the layout for the reader of the current request, as JSON."""
    first_frame: Callable[[str, str], View | None]
    """Gives what is drawn of the page of a path and a query for the reader of the request."""
    preloaded: Mapping[str, str]
    """Address of each file that the map of the scripts waits for, by its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Dash's own
        super().__init__(*args, index_string=PAGE, **kwargs)
        self.renderer = START

    def serve_layout(self) -> Response:
        """Answer with the layout, which Dash asks for at this name."""
        return private(send(self.written_layout()))

    def _config(self) -> dict[str, Any]:
        """Return what Dash's renderer is told: nothing of this server's versions.

        Nor of the properties that may hold components beside ``children``, a fifth of the document:
        here none does.
        """
        told: dict[str, Any] = super()._config()
        return {name: one for name, one in told.items() if name not in UNTOLD} | {
            "children_props": {}
        }

    def interpolate_index(self, **parts: str) -> str:
        """Return the page, its scripts sorted into those for now, for later and for never."""
        tags = parts["scripts"].splitlines()
        now = [tag for tag in tags if not any(name in tag for name in (*LATER, *NEVER))]
        query = request.query_string.decode("utf-8", "replace")
        view = self._draw(request.path, query)
        title = f"{view.title} – Atlas 62" if view and view.title else parts["title"]
        scripts = "\n".join(now).replace("<script src=", "<script data-src=")
        page = super().interpolate_index(**{**parts, "scripts": scripts, "title": escape(title)})
        page = page.replace("Loading...", "Chargement…", 1)  # Dash's word, before its first paint
        filled = self._slots(tags, view, title)
        return SLOT.sub(lambda slot: filled[slot[1]], page)

    def _draw(self, path: str, query: str) -> View | None:
        try:
            return self.first_frame(path, query)
        except TurnError:  # too many wait for theirs: the page of the scripts does without
            return None
        except Exception:
            log.exception("no first frame", path=path)
            return None

    def _slots(self, tags: list[str], view: View | None, title: str) -> dict[str, str]:
        g.style_nonce = secrets.token_urlsafe(NONCE_BYTES)
        asked = layout_url(request.path, request.query_string.decode("ascii", "replace"))
        return {
            "nonce": g.style_nonce,
            "sign": SIGN_STYLES,
            "told": "\n".join(_tell(title, view)),
            "styles": bundle("atlas.css").url,
            "without": bundle("without_scripts.css").url,
            "rules": view.rules if view else "",
            "preload": "\n".join(self._preload(view.carried if view else frozenset())),
            "layout": escape(asked),
            "later": " ".join(_later(tags)),
            "patterns": PATTERNS,
            "frame": _frame(view),
            "scripts": bundle("atlas.js").url,
            "load": LOAD,
        }

    def _preload(self, carried: frozenset[str]) -> Iterator[str]:
        for name, url in self.preloaded.items():
            if name not in carried:
                yield f'<link rel="preload" href="{url}" as="fetch" crossorigin>'
        yield f'<link rel="preload" href="{GEOJSON}" as="script" fetchpriority="low">'


def _later(tags: list[str]) -> Iterator[str]:
    for name, attribute in LATER.items():
        yield f'{attribute}="{" ".join(_address(tag) for tag in tags if name in tag)}"'


def _address(tag: str) -> str:
    return tag.partition('src="')[2].partition('"')[0]


def _frame(view: View | None) -> str:
    if view is None:
        return (
            '<noscript><p class="failure">La carte a besoin de JavaScript. Sans lui&nbsp;: '
            '<a href="/">la carte et les fiches</a>, <a href="/financements">les financements</a>, '
            '<a href="/confiance">ce qui a été vérifié</a>, '
            '<a href="/aide">l’aide et le plan du site</a>.</p></noscript>'
        )
    body = view.body.decode()
    return f'<div id="first-frame" class="first-frame">{body}</div><script>{RECORD}</script>'


def _tell(title: str, view: View | None) -> Iterator[str]:
    """Yield what those are told of a view who paste its link into a message."""
    said = escape((view.description if view else "") or DESCRIPTION)
    yield f'<meta name="description" content="{said}">'
    yield f'<meta property="og:title" content="{escape(title)}">'
    yield f'<meta property="og:description" content="{said}">'
    yield '<meta property="og:type" content="website">'
    yield '<meta property="og:site_name" content="Atlas 62">'
    yield '<meta property="og:locale" content="fr_FR">'
    root = public_root(current_app.config.get(PUBLIC_ADDRESS, ""))
    if view and root.startswith("http"):  # a picture is only fetched from a whole address
        query = request.query_string.decode("ascii", "replace")
        asked = layout_url(request.path, query).removeprefix(LAYOUT)
        picture = f"{root}{CARD}{asked}"
        yield f'<meta property="og:image" content="{escape(picture)}">'
        yield '<meta property="og:image:type" content="image/png">'
        yield '<meta property="og:image:width" content="1200">'
        yield '<meta property="og:image:height" content="630">'
        yield f'<meta property="og:image:alt" content="{escape(title)}">'
        yield '<meta name="twitter:card" content="summary_large_image">'
        if request.path == EXPLORE:
            yield _tell_of_frame(title, f"{root}{EXPLORE}{f'?{query}' if query else ''}", root)


def _tell_of_frame(title: str, address: str, root: str) -> str:
    """Say where a frame of the view is to be had, as oEmbed finds it (section 4)."""
    asked = escape(f"{root}{OEMBED}?{urlencode({'url': address})}")
    return (
        f'<link rel="alternate" type="application/json+oembed" href="{asked}" '
        f'title="{escape(title)}">'
    )
