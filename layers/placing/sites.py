"""The named sites that the layers hold, as the geocoder wants them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from geo.crs import EXCHANGE, MEASURE
from geo.geocoder.toponyms import Site
from geo.names import normalise, of_place
from geo.precision import Precision
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
        Identifier of a layer of points, or of areas that each stand for a district.
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
    SiteLayer("sieges_incendie", "siège du SDIS", _own_name),
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
    points = frame.geometry.to_crs(MEASURE).representative_point().to_crs(EXCHANGE)
    for row, point in zip(frame.to_dict("records"), points, strict=True):
        name, *others = dict.fromkeys(declared.names(row))
        address = row.get("address")
        site = Site(
            name=name,
            kind=declared.kind or row["kind"],
            lon=point.x,
            lat=point.y,
            commune_code=row["commune_code"],
            precision=Precision(row.get("precision", Precision.DISTRICT)),
            source=source,
            other_names=tuple(others),
            address=address if isinstance(address, str) else None,
        )
        codes = row.get("commune_codes", ())
        if len(codes) > 1:
            yield from (_part(site, row["geometry"], code, given) for code in codes)
        else:
            yield site


def _part(site: Site, outline: BaseGeometry, commune_code: str, given: Given) -> Site:
    """Return the part of a site that lies in a commune; at its town hall where it has no ground."""
    grounds = given.reference.coverage.communes(0).set_index("code").geometry
    measured = gpd.GeoSeries([outline], crs=EXCHANGE).to_crs(MEASURE)
    inside = measured.intersection(grounds[commune_code])
    if inside.is_empty.item():
        hall = given.reference.communes[commune_code].town_hall
        where, precision = (hall.lon, hall.lat), Precision.COMMUNE
    else:
        point = inside.representative_point().to_crs(EXCHANGE).item()
        where, precision = (point.x, point.y), site.precision
    lon, lat = where
    return replace(site, lon=lon, lat=lat, commune_code=commune_code, precision=precision)
