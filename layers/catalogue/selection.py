"""A selection: what is asked for, the rows of a layer that lie there, what describes them."""

from dataclasses import replace
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import shapely

from geo.crs import MEASURE
from geo.perimeter import DEPARTEMENT, Level, Perimeter, UnknownPlaceError, shorten
from geo.reference.named_place import find_place
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.facts.acts import sources_of_rows
from layers.french.wording import typeset
from layers.model.layer import Layer

SMALLEST_SHARE = 10_000.0
"""Square metres that an area must share with the perimeter: less is a border drawn twice."""

CONTRACT = "contrat"
"""Stands before the identifier of a contract, where its perimeter is meant."""
DISTRICT = "qpv"
"""Stands before the code of a priority district: the first commune that it touches is meant."""
CONTRACT_LAYERS = ("contrats", "contrats_ville")


class Found(NamedTuple):
    """What a text from outside means.

    Parameters
    ----------
    perimeter
        The place.
    remark
        French sentence where it is not exactly what was written.
    contract
        Identifier of the contract that the place was asked by.
    """

    perimeter: Perimeter
    remark: str | None = None
    contract: str | None = None


def find_perimeter(catalogue: Catalogue, text: str) -> Found:
    """Return what a text means: every command, form and address reads places with this.

    Parameters
    ----------
    catalogue
        Its contracts are read when the text names one.
    text
        From outside: ``epci:200090751``, ``contrat:`` and the identifier of a contract (the
        perimeter is its partner's), ``departement``, a former code, or the name of a place.

    Raises
    ------
    geo.perimeter.UnknownPlaceError
        There is no such place or contract.
    layers.model.schema.LayerError
        A layer of contracts cannot be loaded.
    """
    kind, colon, identifier = text.strip().partition(":")
    if kind == DISTRICT and colon:
        return _find_district(catalogue, identifier)
    if kind != CONTRACT or not colon:
        return Found(*find_place(catalogue.reference, text))
    known: list[str] = []
    for layer_id in CONTRACT_LAYERS:
        rows = catalogue.load(layer_id).set_index("id")
        if identifier in rows.index:
            return Found(Perimeter.parse(rows.loc[identifier, "perimeter"]), contract=identifier)
        known += rows.index.tolist()
    raise UnknownPlaceError(
        f"Contrat « {shorten(identifier)} » inconnu ; contrats connus : {', '.join(known)}."
    )


def _find_district(catalogue: Catalogue, code: str) -> Found:
    rows = catalogue.load(DISTRICT).set_index("code")
    if code not in rows.index:
        raise UnknownPlaceError(f"Quartier prioritaire « {shorten(code)} » inconnu.")
    commune = Perimeter(Level.COMMUNE, rows.loc[code, "commune_codes"][0])
    name = catalogue.reference.name_of(commune)
    return Found(commune, f"Quartier prioritaire {rows.loc[code, 'name']} : lu comme {name}.")


def select(
    layer: Layer, rows: gpd.GeoDataFrame, perimeter: Perimeter, reference: Reference
) -> tuple[Layer, gpd.GeoDataFrame]:
    """Keep what lies in a perimeter.

    Parameters
    ----------
    layer
        Says what the rows are.
    rows
        As loaded, EPSG:4326.
    perimeter
        The département keeps everything.

    Returns
    -------
    layer
        The same, its title completed by the perimeter's name; it cites the acts of these rows.
    rows
        Points of its communes; areas that have ground in common with it, whole.

    Raises
    ------
    geo.perimeter.UnknownPlaceError
        There is no such perimeter.
    """
    members = frozenset(reference.members(perimeter))
    if perimeter == DEPARTEMENT:
        return layer, rows
    by_commune = layer.geometry == "point" or "commune_codes" in rows.columns
    here = touches(rows, members) if by_commune else _share_ground(rows, perimeter, reference)
    title = typeset(f"{layer.title} : {reference.name_of(perimeter)}")
    kept = rows[here]
    return replace(layer, title=title, sources=sources_of_rows(layer, kept)), kept


def touches(rows: pd.DataFrame, members: frozenset[str]) -> list[bool]:
    """Tell which rows lie in communes; a district lies in every commune that it touches."""
    if "commune_codes" in rows.columns:
        return [not members.isdisjoint(codes) for codes in rows["commune_codes"]]
    return [code in members for code in rows["commune_code"]]


def _share_ground(rows: gpd.GeoDataFrame, perimeter: Perimeter, reference: Reference) -> list[bool]:
    outlines = reference.outlines(perimeter.level).set_index("code").geometry
    ground = shapely.intersection(
        rows.geometry.to_crs(MEASURE).to_numpy(), outlines[perimeter.code]
    )
    return [bool(area > SMALLEST_SHARE) for area in shapely.area(ground)]
