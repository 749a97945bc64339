"""The named sites that the layers hold, as the geocoder wants them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd

from geo.geocoder.toponyms import Site
from geo.names import normalise
from geo.precision import Precision
from layers.french.wording import of_place
from layers.model.layer import LayerError
from layers.placing.given import Given

Row = Mapping[str, Any]
Names = Callable[[Row], tuple[str, ...]]

WORDS_OF_A_TELLING_NAME: Final = 3
"""Words from which the name of a quartier is not that of another elsewhere."""


@dataclass(frozen=True, slots=True)
class SiteLayer:
    """How the rows of a layer are called.

    Parameters
    ----------
    layer
        Identifier of a point layer.
    kind
        French noun for each row; ``None`` where the rows say their own.
    names
        The ways to say a row, the full one first.
    """

    layer: str
    kind: str | None
    names: Names


def _own_name(row: Row) -> tuple[str, ...]:
    return (row["name"],)


def _college(row: Row) -> tuple[str, ...]:
    names = [row["name"], *([row["former_name"]] if isinstance(row["former_name"], str) else [])]
    return (*names, *(name.replace(" privé ", " ") for name in names))


def _station(row: Row) -> tuple[str, ...]:
    return f"Gare {of_place(row['name'])}", f"Gare SNCF {row['name']}", f"Halte {row['name']}"


def _fire_station(row: Row) -> tuple[str, ...]:
    place = row["name"].removeprefix("CIS ")
    kinds = ("Centre d’incendie et de secours", "Centre de secours", "Caserne des pompiers", "SDIS")
    return (row["name"], *(f"{kind} {of_place(place)}" for kind in kinds))


def _district(row: Row) -> tuple[str, ...]:
    """Name a quartier and each of its parts; a short name needs « quartier » before it."""
    plain = re.sub(r"^(Quartier|Des|Du) (d[eu]s? |de la )?", "", row["name"])
    parts = [plain, *re.split(r" - ", plain)]
    telling = [p for p in parts if len(normalise(p).split()) >= WORDS_OF_A_TELLING_NAME]
    said = [f"{kind} {part}" for part in parts for kind in ("Quartier", "QPV")]
    return (row["name"] if row["name"].startswith("Quartier") else said[0], *said, *telling)


SITE_LAYERS: Final = (
    SiteLayer("gares", "gare", _station),
    SiteLayer("colleges", "collège", _college),
    SiteLayer("qpv", "quartier prioritaire", _district),
    SiteLayer("france_services", "France services", _own_name),
    SiteLayer("centres_incendie", "centre d’incendie et de secours", _fire_station),
    SiteLayer("sites_departementaux", None, _own_name),
    SiteLayer("hopitaux", None, _own_name),
)


def read_given_sites(given: Given) -> tuple[Site, ...]:
    """Return the named sites where their sources put them: what places the layers themselves."""
    return sites_in(given, given.given)


def sites_in(given: Given, rows: Callable[[str], gpd.GeoDataFrame]) -> tuple[Site, ...]:
    """Return the named sites of the layers; a layer that cannot be read gives none.

    Parameters
    ----------
    rows
        Gives the rows of a layer, EPSG:4326, as placed or as their sources have them.
    """
    sites: list[Site] = []
    for declared in SITE_LAYERS:
        try:
            sites += _sites(given, declared, rows(declared.layer))
        except LayerError:
            continue
    return tuple(sites)


def _sites(given: Given, declared: SiteLayer, frame: gpd.GeoDataFrame) -> Iterator[Site]:
    layer = given.layer(declared.layer)
    source = f"couche « {layer.title} », {layer.sources[0].producer}"
    points = zip(frame.geometry.x, frame.geometry.y, strict=True)
    for row, (lon, lat) in zip(frame.to_dict("records"), points, strict=True):
        name, *others = dict.fromkeys(declared.names(row))
        address = row.get("address")
        site = Site(
            name=name,
            kind=declared.kind or row["kind"],
            lon=lon,
            lat=lat,
            commune_code=row["commune_code"],
            precision=Precision(row["precision"]),
            source=source,
            other_names=tuple(others),
            address=address if isinstance(address, str) else None,
        )
        yield site
        for code in row.get("commune_codes", ())[1:]:
            yield _at_town_hall(site, code, given)


def _at_town_hall(site: Site, commune_code: str, given: Given) -> Site:
    """Return the part of a site that lies in another commune, placed at its town hall."""
    hall = given.reference.communes[commune_code].town_hall
    return Site(
        site.name,
        site.kind,
        hall.lon,
        hall.lat,
        commune_code,
        Precision.COMMUNE,
        site.source,
        site.other_names,
    )
