"""Outlines as one coverage: simplified and dissolved so that shared borders stay shared."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import geopandas as gpd
import shapely

from geo.crs import MEASURE
from geo.tables import DamagedReferenceError

WEB_TOLERANCES: Final = {"far": 400.0, "middle": 250.0, "near": 0.0}
"""Tolerance in metres of each resolution for the web, from the whole département to one commune.

The outlines come generalised to about 250 m: a smaller tolerance than that changes nothing.
"""


def simplify(coverage: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """Simplify polygons that tile the plane; what two of them share stays the same line.

    Parameters
    ----------
    coverage
        Polygons in metres (EPSG:2154) that meet edge to edge without overlap.
    tolerance_m
        Side in metres of the largest square that a removed corner may fill (Visvalingam-Whyatt
        on areas, as in GEOS); 0 leaves the coverage as it is.

    Returns
    -------
    geopandas.GeoDataFrame
        Same rows and columns; no gap and no overlap that was not there.
    """
    if tolerance_m == 0:
        return coverage
    return coverage.set_geometry(
        gpd.GeoSeries(
            shapely.coverage_simplify(coverage.geometry.to_numpy(), tolerance_m),
            index=coverage.index,
            crs=coverage.crs,
        )
    )


def dissolve(coverage: gpd.GeoDataFrame, groups: Mapping[str, Iterable[str]]) -> gpd.GeoDataFrame:
    """Unite the polygons of a coverage into groups.

    Parameters
    ----------
    coverage
        ``code`` and polygons in metres that meet edge to edge.
    groups
        For each label the codes of its members, all of them in the coverage.

    Returns
    -------
    geopandas.GeoDataFrame
        ``code`` (the labels, in the order given) and ``geometry``; edges are exactly those of
        the members.
    """
    shapes = coverage.geometry.to_numpy()
    position = {code: n for n, code in enumerate(coverage["code"])}
    chosen = [shapes[[position[code] for code in members]] for members in groups.values()]
    united = [c[0] if len(c) == 1 else shapely.coverage_union_all(c) for c in chosen]
    return gpd.GeoDataFrame({"code": list(groups)}, geometry=united, crs=coverage.crs)


def read_outlines(folder: Path, file: str) -> gpd.GeoDataFrame:
    """Read one GeoParquet file of the reference, EPSG:2154.

    Raises
    ------
    DamagedReferenceError
        The file is missing, damaged, in another CRS, or holds an invalid outline.
    """
    try:
        frame = gpd.read_parquet(folder / file)
    except FileNotFoundError as error:
        raise DamagedReferenceError(
            f"Référence, fichier {file} absent de « {folder} » : "
            "lancez « make data » ou rétablissez le fichier."
        ) from error
    except (OSError, ValueError) as error:
        raise DamagedReferenceError(
            f"Référence, fichier {file} : ce n’est pas un fichier GeoParquet lisible."
        ) from error
    found = frame.crs.to_string() if frame.crs else "inconnu"
    if found != MEASURE:
        raise DamagedReferenceError(
            f"Référence, fichier {file} : système de coordonnées {found}, {MEASURE} attendu."
        )
    if "code" not in frame or not frame.geometry.is_valid.all():
        raise DamagedReferenceError(
            f"Référence, fichier {file} : colonne « code » absente ou contour invalide."
        )
    return frame
