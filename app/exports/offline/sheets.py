"""The sheets of the offline map: those of the Explorer, less what a file without a server lacks."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import geopandas as gpd

from app.map.atlas import Atlas
from app.parts import markup as html
from app.parts.go_to import go_to
from app.parts.lists import render_list
from app.parts.markup import Child, Element
from app.parts.trail import render_trail
from app.parts.typography import shown_name, typeset
from app.sheets.territory import render_sheet
from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.catalogue.selection import CONTRACT
from layers.french.wording import format_km2, format_number
from layers.sheets.key_figures import key_figures
from layers.sheets.partner import say_contract
from layers.sheets.profile import Row
from layers.sheets.territory import LEVEL_NAMES

MOST_FULL: Final = 150
"""Communes that have the whole sheet; where there are more, theirs are brief."""
ADDRESSES: Final = ("http://", "https://")


def sheets(atlas: Atlas, here: Catalogue, places: Iterable[Perimeter]) -> dict[str, Any]:
    """Return the sheet of each place: ``name``, ``trail`` and ``content``, as plain data.

    Parameters
    ----------
    atlas
        Over the whole catalogue: a sheet compares with the whole département.
    here
        What lies in the perimeter of the map.
    places
        Those that have a sheet; what leads elsewhere becomes plain text.
    """
    listed = tuple(places)
    known = frozenset(map(str, listed))
    many = sum(place.level == Level.COMMUNE for place in listed) > MOST_FULL
    brief = _BriefSheets(atlas, here) if many else None
    reference = atlas.reference
    made = {}
    trail: Sequence[Child]
    for place in listed:
        if brief and place.level == Level.COMMUNE:
            trail, content = brief.trail(place), brief.sheet(place)
        else:
            trail = render_trail(reference, place)
            content = render_sheet(reference, atlas.profile(place))
        made[str(place)] = {
            "name": shown_name(reference, place),
            "trail": _kept(trail, known),
            "content": _kept(content, known),
        }
    return made


class _BriefSheets:
    """Sheets of communes made from the rows alone, for a map of hundreds of them.

    What the mark of the town hall says on the map is not said again.
    """

    def __init__(self, atlas: Atlas, here: Catalogue) -> None:
        self.reference = atlas.reference
        self.catalogue = atlas.catalogue
        self._leads: dict[Perimeter, str] = {}
        self.lists = [
            (layer.title, _by_commune(here.load(layer.id)))
            for layer in here.layers.values()
            if layer.local and layer.id != "mairies" and here.state(layer.id).ok
        ]

    def trail(self, place: Perimeter) -> list[Child]:
        return [html.P(shown_name(self.reference, place))]

    def lead(self, epci: Perimeter) -> str:
        """Return what the contract of an EPCI brings to it, empty where none is known whole."""
        if epci not in self._leads:
            self._leads[epci] = say_contract(
                self.catalogue, epci, key_figures(self.catalogue, epci)
            )
        return self._leads[epci]

    def sheet(self, place: Perimeter) -> list[Child]:
        commune = self.reference.communes[place.code]
        epci = Perimeter(Level.EPCI, commune.epci)
        figures = f"{format_number(commune.population)} habitants, {format_km2(commune.area_km2)}."
        name = shown_name(self.reference, epci)
        kicker = [f"{LEVEL_NAMES[Level.COMMUNE]} · ", go_to(epci, name)]
        head = [
            html.P(kicker, className="kicker"),
            html.H2(shown_name(self.reference, place)),
            html.P(typeset(self.lead(epci)), className="lead") if self.lead(epci) else None,
            html.P(typeset(figures), className="sentence"),
        ]
        lists = (render_list(title, rows.get(place.code, ())) for title, rows in self.lists)
        return [html.Div(head, className="sheet-head"), *lists]


def _by_commune(frame: gpd.GeoDataFrame) -> dict[str, list[Row]]:
    """Return the rows of a layer as a list names them, by each commune that they touch."""
    names = frame["name" if "name" in frame.columns else "title"]
    own = frame["commune_code"].map(lambda code: (code,))
    touched = frame["commune_codes"] if "commune_codes" in frame.columns else own
    found: dict[str, list[Row]] = {}
    for name, commune, codes in zip(names, frame["commune"], touched, strict=True):
        for code in codes:
            found.setdefault(code, []).append({"name": name, "commune": commune})
    return found


def _kept(children: Iterable[Child], known: frozenset[str]) -> list[Child]:
    return [_keep(child, known) for child in children if child is not None]


def _keep(child: Child, known: frozenset[str]) -> Child:
    """Turn what would lead out of the file into the text that it bears, or leave it out.

    The title of an operation leads to its page and stays a title; a link that is there only to lead
    there has a class of its own, and nothing to say here.
    """
    if child is None or isinstance(child, str):
        return child
    tag, attributes = child.tag, dict(child.attributes)
    place = attributes.get("data-place")
    leads_out = tag == "a" and not str(attributes.get("href")).startswith(ADDRESSES)
    to_contract = str(place).startswith(f"{CONTRACT}:")
    if to_contract or (leads_out and "class" in attributes):
        return None
    if leads_out or (place and place not in known):
        tag, attributes = "span", {}
    elif tag == "a":
        attributes |= {"target": "_blank", "rel": "noreferrer"}
    return Element(tag, attributes, tuple(_kept(child.children, known)))
