"""Finer outlines: brought to the communes of today, checked, or refused with the reasons."""

from collections import Counter
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import MEASURE
from geo.outlines.topology import dissolve
from geo.perimeter import UnknownPlaceError
from geo.reference.places import Reference

DEPARTEMENT_PREFIX: Final = "62"
AREA_TOLERANCE: Final = 0.15
"""Of each commune: those of the reference are generalised, and differ by up to 9 % from IGN's."""
TOTAL_TOLERANCE: Final = 0.01
LEAST_SHARED: Final = 0.6
"""Share of the union of the two outlines of a commune that they have in common."""
LARGEST_OVERLAP_M2: Final = 10_000.0
NARROWEST_GAP_M: Final = 1.0
"""Narrower gaps are closed; wider ones are holes."""
HOLE_TOLERANCE: Final = 0.05
MOST_REASONS: Final = 12


class OutlineError(Exception):
    """Outlines cannot be used; the message is one or several French sentences."""


def match_outlines(brought: gpd.GeoDataFrame, reference: Reference) -> gpd.GeoDataFrame:
    """Return brought outlines as those of the communes of today.

    Parameters
    ----------
    brought
        ``code`` (INSEE, of any year), polygons in a known CRS; rows of other départements are
        left out.

    Returns
    -------
    geopandas.GeoDataFrame
        ``code``, ``geometry`` in EPSG:2154, in the order of codes: a valid coverage of all the
        communes, those that have merged united.

    Raises
    ------
    OutlineError
        Codes, areas, places or the partition do not fit; every reason is told.
    """
    ours = brought[brought["code"].str.startswith(DEPARTEMENT_PREFIX)].reset_index(drop=True)
    if ours.empty:
        raise OutlineError("Aucune commune du Pas-de-Calais : des codes en 62 sont attendus.")
    shapes = _in_metres(ours)
    today, reasons = _todays_codes(ours["code"], reference)
    reasons += _bad_shapes(ours["code"], shapes)
    _refuse(reasons)
    _refuse(_overlaps(ours["code"], shapes))
    clean = shapely.coverage_clean(shapes, gap_width=NARROWEST_GAP_M)  # type: ignore[attr-defined]  # stubs lag
    members: dict[str, list[str]] = {}
    for row, code in enumerate(today):
        members.setdefault(code, []).append(str(row))
    rows = gpd.GeoDataFrame(
        {"code": [str(n) for n in range(len(clean))]}, geometry=clean, crs=MEASURE
    )
    united = dissolve(rows, {code: members[code] for code in sorted(members)})
    _refuse([*_areas(united, reference), *_holes(united, reference)])
    return united


def _refuse(reasons: list[str]) -> None:
    if reasons:
        more = len(reasons) - MOST_REASONS
        told = reasons[:MOST_REASONS] + ([f"Et {more} autres raisons."] if more > 0 else [])
        raise OutlineError("Contours refusés.\n" + "\n".join(told))


def _in_metres(ours: gpd.GeoDataFrame) -> np.ndarray:
    if ours.crs is None:
        raise OutlineError(
            "Contours refusés : système de coordonnées inconnu, un .prj est attendu."
        )
    return np.asarray(shapely.force_2d(ours.geometry.to_crs(MEASURE).to_numpy()))


def _todays_codes(codes: pd.Series, reference: Reference) -> tuple[list[str], list[str]]:
    """Return today's code for each, and what is wrong with the codes."""
    today, reasons = [], []
    for code in codes:
        try:
            today.append(reference.resolve_code(code)[0])
        except UnknownPlaceError as error:
            reasons.append(str(error))
    reasons += [
        f"Code {code} : {count} contours, un seul est attendu."
        for code, count in Counter(codes).items()
        if count > 1
    ]
    reasons += [
        f"{reference.communes[code].name} ({code}) : aucun contour."
        for code in sorted(set(reference.communes) - set(today))
    ]
    return today, reasons


def _bad_shapes(codes: pd.Series, shapes: np.ndarray) -> list[str]:
    polygons = np.isin(
        shapely.get_type_id(shapes),
        (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON),
    )
    return [
        f"Code {code} : contour vide ou qui n’est pas un polygone."
        if not polygon or empty
        else f"Code {code} : contour invalide, qui se croise ou sort de la projection."
        for code, polygon, empty, valid in zip(
            codes, polygons, shapely.is_empty(shapes), shapely.is_valid(shapes), strict=True
        )
        if not (polygon and valid) or empty
    ]


def _overlaps(codes: pd.Series, shapes: np.ndarray) -> list[str]:
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    left, right = left[left < right], right[left < right]
    areas = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    return [
        f"Codes {codes[one]} et {codes[other]} : {_hectares(area)} en commun, "
        f"{_hectares(LARGEST_OVERLAP_M2)} au plus."
        for one, other, area in zip(left, right, areas, strict=True)
        if area > LARGEST_OVERLAP_M2
    ]


def _areas(found: gpd.GeoDataFrame, reference: Reference) -> list[str]:
    """Tell the communes whose area or place is not that of the embedded outlines."""
    embedded = reference.coverage.embedded.communes(0).set_index("code").geometry
    theirs, ours = found.geometry.to_numpy(), embedded.loc[found["code"]].to_numpy()
    ratio = shapely.area(theirs) / shapely.area(ours) - 1
    shared = shapely.area(shapely.intersection(theirs, ours))
    alike = shared / (shapely.area(theirs) + shapely.area(ours) - shared)
    total = shapely.area(theirs).sum() / shapely.area(ours).sum() - 1
    reasons = []
    for code, off, same in zip(found["code"], ratio, alike, strict=True):
        name = f"{reference.communes[code].name} ({code})"
        if abs(off) > AREA_TOLERANCE:
            reasons.append(
                f"{name} : superficie à {_percent(off)} de celle de la référence, "
                f"{_percent(AREA_TOLERANCE)} au plus."
            )
        elif same < LEAST_SHARED:
            reasons.append(
                f"{name} : {_percent(same)} du contour en commun avec celui de la référence, "
                f"{_percent(LEAST_SHARED)} au moins."
            )
    if abs(total) > TOTAL_TOLERANCE:
        reasons.append(
            f"Département : superficie à {_percent(total)} de celle de la référence, "
            f"{_percent(TOTAL_TOLERANCE)} au plus."
        )
    return reasons


def _holes(found: gpd.GeoDataFrame, reference: Reference) -> list[str]:
    """Tell the holes of the département but the enclave of the Nord, which the reference has."""
    known = shapely.union_all(_interiors(reference.coverage.embedded.communes(0)))
    return [
        f"Trou de {_hectares(hole.area)} près de "
        f"{reference.communes[found['code'].iloc[int(found.distance(hole).argmin())]].name}."
        for hole in _interiors(found)
        if shapely.difference(hole, known).area > HOLE_TOLERANCE * hole.area
    ]


def _interiors(frame: gpd.GeoDataFrame) -> list[shapely.Polygon]:
    whole = shapely.coverage_union_all(frame.geometry.to_numpy())
    parts = shapely.get_parts(whole)
    return [shapely.Polygon(ring) for part in parts for ring in part.interiors]


def _hectares(area_m2: float) -> str:
    return f"{area_m2 / 10_000:.1f} ha".replace(".", ",")


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %".replace(".", ",")
