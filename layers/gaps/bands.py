"""Bands of equal travel around a site, from the same model as everything else."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import EXCHANGE, MEASURE
from geo.names import of_place
from geo.travel.cells import CELL_M
from geo.travel.communes import service_points
from geo.travel.times import Floats, to_dense
from layers.french.wording import format_number, typeset
from layers.gaps.journeys import Journeys
from layers.gaps.opened import Site, find_site
from layers.gaps.publics import count_people
from layers.gaps.question import Question, unit_of

PARTS: Final = 3
"""Bands, each a third of the threshold wide."""


@dataclass(frozen=True, slots=True)
class Band:
    """From one travel to another.

    Parameters
    ----------
    start, end
        Minutes, or kilometres; the end is in it.
    people
        Of the public, who live within it by their own way.
    """

    start: float
    end: float
    people: int

    def named(self, unit: str) -> str:
        """Return its bounds in French: ``5 min ou moins``, ``plus de 5 à 10 min``."""
        start, end = (
            format_number(bound, 0 if bound == round(bound) else 1)
            for bound in (self.start, self.end)
        )
        told = f"plus de {start} à {end} {unit}" if self.start else f"{end} {unit} ou moins"
        return typeset(told)


@dataclass(frozen=True, slots=True, eq=False)
class Bands:
    """The answer.

    Parameters
    ----------
    site
        Around which they lie.
    bands
        The nearest first.
    outlines
        One row a band, the nearest first, EPSG:4326; empty geometry where a band has no square.
    """

    site: Site
    bands: tuple[Band, ...]
    outlines: gpd.GeoDataFrame

    @property
    def title(self) -> str:
        """French: around what they lie."""
        if self.site.name:
            return typeset(f"Autour de « {self.site.name} »")
        where = ", site supposé hors de la mairie" if self.site.moved else ""
        return typeset(f"Autour {of_place(self.site.commune)}{where}")


def draw_bands(journeys: Journeys, question: Question, word: str) -> Bands:
    """Find what lies within each third of the threshold of a site, by travel towards it.

    The travel is searched from the middle of each square of the département, as it is from homes;
    along the roads where the model knows them.

    Raises
    ------
    LayerError, ServiceError, TravelError
        The site is unknown, or the model knows nothing of it.
    """
    site = find_site(journeys, question.services, word)
    cells = journeys.cells
    point = service_points(journeys.reference, [site.lon], [site.lat], [site.commune_code])
    minutes = to_dense(journeys.model.times(cells, point, question.threshold).central)[:, 0]
    ways = to_dense(journeys.to_point(site.lon, site.lat, site.commune_code).central)[:, 0]
    people = count_people(question.public, journeys.homes, journeys.catalogue)
    ends = [question.threshold * part / PARTS for part in range(PARTS + 1)]
    bands = tuple(
        Band(start, end, round(float(people[(ways > start) & (ways <= end)].sum())))
        for start, end in pairwise(ends)
    )
    boxes = _boxes(cells.xy)
    shapes = [
        shapely.union_all(boxes[(minutes > band.start) & (minutes <= band.end)]) for band in bands
    ]
    columns = {
        "band": range(PARTS),
        "start": [band.start for band in bands],
        "end": [band.end for band in bands],
        "people": [band.people for band in bands],
        "unit": unit_of(journeys.model.id),
    }
    outlines = gpd.GeoDataFrame(columns, geometry=shapes, crs=MEASURE)
    return Bands(site, bands, outlines.to_crs(EXCHANGE))


def _boxes(xy: Floats) -> np.ndarray:
    half = CELL_M / 2
    west, south = (xy - half).T
    return np.asarray(shapely.box(west, south, west + CELL_M, south + CELL_M))
