"""What the offline map holds: everything that its scripts would have asked a server for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from app.drawing.classes import classify
from app.drawing.signs import sign_of, sized_by
from app.drawing.theme import LARGEST_RADIUS, Theme
from app.exports.offline.background import FILE, packed_background
from app.exports.offline.outlines import MANY, Outlines
from app.exports.offline.packing import Shelf, pack_outlines, without_blanks
from app.exports.offline.selected import catalogue_of
from app.exports.offline.sheets import sheets
from app.map.atlas import Atlas
from app.map.legend import render_legend
from app.map.names import map_names
from app.map.panes import largest_amount
from app.map.points import area_rows, area_words
from app.map.search_index import search_groups
from app.view.state import DEFAULT
from app.view.words import PERIMETER_LAYERS
from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.background import FOND
from layers.catalogue.layers import Catalogue
from layers.indicators.counted import key_indicators
from layers.indicators.definition import Indicator
from layers.indicators.every import find_indicator
from layers.indicators.people import people_indicators
from layers.model.layer import LayerError
from layers.sheets.brought_figures import brought_beside


@dataclass(frozen=True, slots=True)
class OfflineChoice:
    """What the staff choose of an offline map.

    Parameters
    ----------
    perimeter
        What it shows.
    layers
        Identifiers of the layers that are on when it opens; the reader has all of them, but the
        background only where it is among these.
    indicator
        Identifier of the indicator that is on when it opens.
    title
        Stands at its head; the name of the perimeter when empty.
    """

    perimeter: Perimeter = DEPARTEMENT
    layers: tuple[str, ...] = ("operations", "contrats")
    indicator: str = DEFAULT.indicator
    title: str = ""


class Contents:
    """The data of one offline map.

    Parameters
    ----------
    catalogue
        The whole of it.
    choice
        Its perimeter exists.
    """

    def __init__(self, catalogue: Catalogue, choice: OfflineChoice) -> None:
        self.whole = Atlas(catalogue)
        self.choice = choice
        self.outlines = Outlines(catalogue.reference, choice.perimeter)
        self.here = Atlas(catalogue_of(catalogue, choice.perimeter))
        self.levels = (
            (Level.EPCI, Level.COMMUNE) if len(self.outlines.epcis) > 1 else (Level.COMMUNE,)
        )

    @property
    def places(self) -> tuple[Perimeter, ...]:
        """Places that have a sheet, the perimeter first."""
        members = frozenset(self.outlines.members)
        inside = (
            place
            for level in (Level.TERRITORY, Level.EPCI)
            for place in self.whole.reference.perimeters(level)
            if members.issuperset(self.whole.reference.members(place))
        )
        communes = (Perimeter(Level.COMMUNE, code) for code in self.outlines.members)
        return tuple(dict.fromkeys((self.choice.perimeter, *inside, *communes)))

    def data(self) -> dict[str, Any]:
        """Return all of it, ready for JSON."""
        places = self.places
        layers = self.here.vocabulary.layers
        themes = self._themes()
        areas = self._readable(self.here.area_layers)
        return {
            "place": str(self.choice.perimeter),
            "shown": [layer for layer in self.choice.layers if layer in layers],
            "files": {
                **self.outlines.files(),
                "names": map_names(self.whole.reference),
                "outlines": self.outlines.outlines(self._outlined(places)),
                "search": self._search(places),
                **{
                    f"layer-{layer}": without_blanks(self.here.points(layer), self._spared)
                    for layer in self._readable(self.here.point_layers)
                },
                **{f"layer-{layer}": self._areas(layer) for layer in areas},
                **self._background(),
            },
            "areas": areas,
            "points": {
                layer: self._hideout(layer) for layer in self._readable(self.here.point_layers)
            },
            "perimeters": {
                layer: self.here.perimeters_of(layer)
                for layer in PERIMETER_LAYERS
                if layer in layers
            },
            "themes": themes,
            **_share(sheets(self.whole, self.here.catalogue, places)),
        }

    @property
    def with_background(self) -> bool:
        """Whether the background is in the file: only where it was asked for."""
        return FOND in self.choice.layers and self.here.background is not None

    def _background(self) -> dict[str, Any]:
        if not self.with_background or self.here.background is None:
            return {}
        outline = self.outlines.whole
        communes, decimals = len(self.outlines.members), self.outlines.decimals
        return {FILE: packed_background(self.here.background, outline, communes, decimals)}

    def _readable(self, layers: Iterable[str]) -> list[str]:
        return [layer for layer in layers if self.here.catalogue.state(layer).ok]

    @property
    def _spared(self) -> frozenset[str]:
        """What marks do not say of themselves where hundreds of communes have theirs."""
        many = len(self.outlines.members) > MANY
        return frozenset({"district"}) if many else frozenset()

    def _areas(self, layer_id: str) -> dict[str, Any]:
        """Return a layer of areas, packed; its rows have no sheet of their own here."""
        layer = self.here.catalogue.layer(layer_id)
        rows = area_rows(layer, self.here.catalogue.load(layer_id))
        items = [
            [{name: value for name, value in item.items() if name != "sheet"} for item in listed]
            for listed in rows["items"]
        ]
        packed = pack_outlines(rows.assign(items=items), self.outlines.decimals)
        return {**area_words(layer), **packed}

    def _outlined(self, places: tuple[Perimeter, ...]) -> list[Perimeter]:
        partners = (
            Perimeter.parse(text)
            for layer in PERIMETER_LAYERS
            if layer in self.here.catalogue.layers
            for text in self.here.perimeters_of(layer)
        )
        communes = frozenset(self.outlines.members)
        return [
            place
            for place in dict.fromkeys((*places, *partners))
            if place.level != Level.COMMUNE or place.code not in communes
        ]

    def _hideout(self, layer_id: str) -> dict[str, Any]:
        sign = sign_of(self.here.catalogue.layer(layer_id))
        return {
            "letter": sign.letter,
            "colour": sign.colour,
            "singular": sign.singular,
            "plural": sign.plural,
            "circles": bool(sized_by(self.here.catalogue.layer(layer_id))),
            "largest": largest_amount(self.here, layer_id),
            "radius": LARGEST_RADIUS,
        }

    def _search(self, places: tuple[Perimeter, ...]) -> list[dict[str, Any]]:
        known = frozenset(map(str, places))
        standing = self._standing()
        kept = []
        for group in search_groups(self.here.catalogue):
            items = [(standing.get(value, value), *words) for value, *words in group["items"]]
            weights = group.get("weights", [0] * len(items))
            here = [
                pair
                for pair in zip(items, weights, strict=True)
                if pair[0][0].partition("#")[0] in known
            ]
            if here:
                found, weighed = zip(*here, strict=True)
                kept.append({**group, "items": found, "weights": weighed})
        return kept

    def _standing(self) -> dict[str, str]:
        """Return where what has a sheet of its own in the Explorer stands in the file."""
        layers = self.here.catalogue.layers
        districts = self.here.catalogue.load("qpv") if "qpv" in layers else None
        found = {
            f"contrat:{row['id']}": row["perimeter"]
            for layer in PERIMETER_LAYERS
            if layer in layers
            for row in self.here.catalogue.load(layer).to_dict("records")
        }
        if districts is not None:
            for code, commune in zip(districts["code"], districts["commune_code"], strict=True):
                found[f"qpv:{code}"] = f"commune:{commune}#qpv/{code}"
        return found

    def _themes(self) -> list[dict[str, Any]]:
        # hundreds of communes have a value each: only what was chosen is worth its room
        few = len(self.outlines.members) <= MANY
        made = [
            {"id": f"{one.id}/{level}", **described}
            for one in self._offered()
            for level in self.levels
            if level in one.levels
            and (level == self.levels[0] or few or one.id == self.choice.indicator)
            and (described := self._theme(one.id, level))
        ]
        wanted = [theme for theme in made if theme["id"].startswith(f"{self.choice.indicator}/")]
        return [*wanted, *(theme for theme in made if theme not in wanted)]

    def _offered(self) -> list[Indicator]:
        """Return what can be painted: the plain indicators, and the one that was chosen."""
        catalogue = self.whole.catalogue
        chosen = find_indicator(catalogue, self.choice.indicator)
        brought = brought_beside(catalogue)
        plain = (*key_indicators(catalogue), *people_indicators(catalogue), *brought)
        return list(dict.fromkeys((*plain, chosen)))

    def _theme(self, indicator_id: str, level: Level) -> dict[str, Any] | None:
        """Return an indicator cut into classes over the perimeter alone, None when it fails."""
        try:
            theme = self.whole.theme(indicator_id, level, None)
        except LayerError:
            return None
        narrowed = narrow(theme, self._codes(level))
        return {
            "title": narrowed.title,
            "theme": narrowed.for_browser(),
            "legend": render_legend(narrowed),
        }

    def _codes(self, level: Level) -> list[str]:
        if level == Level.COMMUNE:
            return list(self.outlines.members)
        return [place.code for place in self.outlines.epcis]


def _share(made: dict[str, Any]) -> dict[str, Any]:
    """Return ``sheets``, and in ``shared`` what several of them hold."""
    shelf = Shelf()
    kept = {
        place: {**sheet, "trail": shelf.put(sheet["trail"]), "content": shelf.put(sheet["content"])}
        for place, sheet in made.items()
    }
    shared = shelf.close()
    for sheet in kept.values():
        sheet |= {part: shelf.write(sheet[part]) for part in ("trail", "content")}
    return {"shared": shared, "sheets": kept}


def narrow(theme: Theme, codes: list[str]) -> Theme:
    """Return a theme over a few perimeters, its classes made from their values."""
    here = theme.values[theme.values.index.isin(codes)]
    return replace(
        theme,
        values=here,
        classes=classify(here, theme.choice),
        readings={code: theme.readings[code] for code in here.index},
        partials={code: said for code, said in theme.partials.items() if code in here.index},
    )
