"""Whether a store holds a layer exactly as it was: every row, type, geometry and note of it."""

import geopandas as gpd
import shapely

from layers.model.schema import LayerError
from layers.store.adoptions import Adoption


def check_same(
    adoption: Adoption, rows: gpd.GeoDataFrame, held: Adoption | None, read: gpd.GeoDataFrame
) -> None:
    """Refuse a layer that is not held as it was adopted.

    Parameters
    ----------
    adoption, rows
        As they were in the other store.
    held, read
        As they are now.

    Raises
    ------
    LayerError
        Says the first difference.
    """
    where = f"couche « {adoption.description.id} »"
    if held != adoption:
        raise LayerError(f"{where} : ce qui en est noté n’est pas gardé tel quel.")
    if len(read) != len(rows):
        raise LayerError(f"{where} : {len(read)} lignes relues, attendu {len(rows)}.")
    if read.crs != rows.crs:
        raise LayerError(f"{where} : système de coordonnées {read.crs}, attendu {rows.crs}.")
    for field in adoption.description.fields:
        pairs = zip(rows[field.name], read[field.name], strict=True)
        for number, (wanted, found) in enumerate(pairs, start=1):
            if type(wanted) is not type(found) or wanted != found:
                raise LayerError(
                    f"{where}, colonne « {field.name} », ligne {number} : relu « {found} », "
                    f"attendu « {wanted} »."
                )
    wanted_shapes, found_shapes = (shapely.to_wkb(one.geometry.to_numpy()) for one in (rows, read))
    for number, (wanted, found) in enumerate(zip(wanted_shapes, found_shapes, strict=True), 1):
        if wanted != found:
            raise LayerError(f"{where}, ligne {number} : géométrie relue différente.")
