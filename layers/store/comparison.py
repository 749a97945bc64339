"""Whether a store holds a layer exactly as it was: every row, type, geometry and note of it."""

import geopandas as gpd
import shapely

from layers.model.schema import LayerError
from layers.store.adoptions import Adoption
from layers.store.protocol import Content


def check_same(adoption: Adoption, rows: gpd.GeoDataFrame, content: Content) -> None:
    """Refuse a content that does not hold a layer as it was adopted.

    Parameters
    ----------
    rows
        As :meth:`Content.read` gives them.

    Raises
    ------
    LayerError
        Says the first difference.
    """
    where = f"couche « {adoption.description.id} »"
    held = content.adoptions().get(adoption.description.id)
    if held != adoption:
        raise LayerError(f"{where} : ce qui en est noté n’est pas gardé tel quel.")
    read = content.read(adoption.description)
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
