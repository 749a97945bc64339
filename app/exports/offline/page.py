"""The page of the offline map: folium's map in the Atlas's own frame, with everything inside."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import folium
import orjson
from branca.element import Figure, MacroElement
from folium.map import CustomPane
from folium.template import Template
from jinja2 import Environment, FileSystemLoader

from app.exports.moment import moment_of_writing
from app.exports.offline.contents import Contents, OfflineChoice
from app.map.layer_list import render_layers
from app.map.panes import PANES, ZOOM_BUTTONS, map_credit
from app.parts import markup
from app.parts.footer import render_footer
from app.parts.keys import MAP_HELP
from app.parts.patterns import PATTERNS
from app.parts.typography import shown_name, typeset
from app.view.viewport import LATITUDES, LONGITUDES, ZOOMS
from app.web.bundles import APP, Medium, script, style_sheet
from layers.background import MAP_CREDIT
from layers.catalogue.layers import Catalogue
from layers.french.wording import format_date

STATIC: Final = Path(__file__).parent / "static"
PARTS: Final = ("around", "zones", "communes", "limits", "outline")
POLICY: Final = (
    "default-src 'none'; script-src {}; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""Whatever is in the file, it asks no server for anything, and runs no script but its own."""

_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ADDRESS_IN_STYLE: Final = re.compile(r'url\("?(?!data:)([^")]+)"?\)')


def offline_map(catalogue: Catalogue, choice: OfflineChoice) -> bytes:
    """Make the map of a perimeter: one HTML file that opens without a network.

    Its day is that of :func:`app.exports.moment.moment_of_writing`; but for it, the same data and
    the same choice give the same bytes.

    Parameters
    ----------
    catalogue
        Layers and reference.
    choice
        Perimeter, layers, indicator, title.

    Raises
    ------
    geo.perimeter.UnknownPlaceError
        There is no such perimeter.
    """
    name = shown_name(catalogue.reference, choice.perimeter)
    contents = Contents(catalogue, choice)
    here = contents.here.catalogue
    data = contents.data() | {
        "layers": render_layers(contents.here, choice.layers, background=contents.with_background),
        "footer": render_footer(here),
    }
    page = Figure()
    page._id = page._name = "page"  # noqa: SLF001 - branca draws them by lot otherwise
    page._template = _environment().get_template("page.html")  # noqa: SLF001
    page.title = typeset(choice.title) or name
    page.add_child(_map(contents))
    context = {
        "name": name,
        "day": format_date(moment_of_writing().date()),
        "help": MAP_HELP,
        "zoom_buttons": ZOOM_BUTTONS,
        "credit": map_credit(catalogue),
        "background_credit": typeset(MAP_CREDIT) if contents.with_background else "",
        "styles": _styles(),
        "patterns": PATTERNS,
        "scripts": _scripts(),
        "data": _json(data),
    }
    return _sealed(page.render(**context)).encode()


class _Map(folium.Map):
    """Folium's map under a name that does not change, without the scripts that it would load."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - as folium has it
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def get_name(self) -> str:
        return "map"


class _Part(MacroElement):
    """A part of the map, drawn from a file of the page."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "atlasOffline.draw({{ this._parent.get_name() }}, {{ this.part|tojson }}, "
        "{{ this.file|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, part: str, file: str) -> None:
        super().__init__()
        self._name = part
        self.part = part
        self.file = file


class _Opening(MacroElement):
    """The last word of the script: every part is there."""

    _template = Template("{% macro script(this, kwargs) %}atlasOffline.open();{% endmacro %}")


def _map(contents: Contents) -> folium.Map:
    """Return folium's map with its panes, framed on the perimeter, and its parts."""
    made = _Map(
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        control_scale=False,
        min_zoom=int(ZOOMS[0]),
        max_zoom=int(ZOOMS[1]),
        zoom_snap=0.25,
        zoom_delta=0.75,
        wheel_px_per_zoom_level=110,
        keyboard=False,
        max_bounds_viscosity=0.8,
        max_bounds=True,
        min_lat=LATITUDES[0],
        max_lat=LATITUDES[1],
        min_lon=LONGITUDES[0],
        max_lon=LONGITUDES[1],
    )
    bounds = contents.whole.bounds(contents.choice.perimeter)
    made.fit_bounds(bounds, padding=(16, 16), max_zoom=13)
    for name, order in PANES.items():
        pane = CustomPane(name, z_index=order)
        pane._id = name  # noqa: SLF001 - branca draws it by lot
        made.add_child(pane)
    files = ("around", "epci", "commune", "epci", "departement")
    for part, file in zip(PARTS, files, strict=True):
        made.add_child(_Part(part, file))
    made.add_child(_Opening())
    return made


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(STATIC), autoescape=True)


@cache
def _styles() -> str:
    """Return every style, its fonts inside; Leaflet's pictures of controls are not used."""
    return _ADDRESS_IN_STYLE.sub(_inside, style_sheet(Medium.OFFLINE))


def _inside(address: re.Match[str]) -> str:
    name = address[1]
    if not name.endswith(".woff2"):
        return "none"
    content = base64.b64encode((APP / "assets" / name).read_bytes()).decode()
    return f"url(data:font/woff2;base64,{content})"


@cache
def _scripts() -> tuple[str, ...]:
    return ((STATIC / "leaflet.js").read_text(encoding="utf-8"), script("offline"))


def _json(data: dict[str, Any]) -> str:
    """Write data for a script element: nothing in it can end the element."""
    text = orjson.dumps(data, default=_plain, option=orjson.OPT_SERIALIZE_NUMPY).decode()
    return text.replace("<", "\\u003c")


def _plain(value: Any) -> Any:  # noqa: ANN401 - what orjson does not know
    return tuple(value) if isinstance(value, markup.Element) else float(value)


def _sealed(page: str) -> str:
    """Allow the scripts that are in the page, by their hashes, and nothing else."""
    hashes = (
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in _INLINE_SCRIPT.findall(page)
    )
    allowed = " ".join(f"'sha256-{one}'" for one in hashes)
    return page.replace("POLICY", POLICY.format(allowed), 1)
