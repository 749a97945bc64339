"""Place: what the geocoder says of a text, never more exactly than it knows."""

from dataclasses import dataclass

from geo.perimeter import Level, Perimeter
from geo.precision import Precision


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another place that the text may mean.

    Parameters
    ----------
    name
        French name, with the département or country where it is not the Pas-de-Calais.
    commune_code
        INSEE code of a commune of the département, else ``None``.
    confidence
        Probability that this is the place meant.
    """

    name: str
    commune_code: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Place:
    """The best place that the data support for a text.

    Parameters
    ----------
    text
        The text that was asked for.
    precision
        How exactly the point is known; ``epci`` stands for any area of several communes,
        ``none`` for no place in the département.
    confidence
        Calibrated probability that the answer is right: the commune; where none is given, the
        area, or that the place is the one named in ``outside``. 0 where there is no answer.
    lon, lat
        Degrees, WGS 84; ``None`` where there is no place in the département.
    commune_code, commune
        INSEE code and name of today's commune; ``None`` where no commune is told.
    area
        The area that is meant, where it is not a commune.
    label
        French name of what was found: the site, the commune, the area.
    matched
        The words of the text that were used, normalised.
    source
        Who says where that is, in French; several are parted by « + ».
    text_remark, point_remark
        What a person must know of how the text was understood, and of the point, in French
        sentences; empty when nothing.
    outside
        Name of the place beyond the département, with its département or country.
    alternatives
        Other places that the text may mean, the likeliest first.
    """

    text: str
    precision: Precision = Precision.NONE
    confidence: float = 0.0
    lon: float | None = None
    lat: float | None = None
    commune_code: str | None = None
    commune: str | None = None
    area: Perimeter | None = None
    label: str = ""
    matched: str = ""
    source: str = ""
    text_remark: str = ""
    point_remark: str = ""
    outside: str | None = None
    alternatives: tuple[Alternative, ...] = ()

    @property
    def remark(self) -> str:
        """All that a person must know of the answer."""
        return f"{self.text_remark} {self.point_remark}".strip()

    @property
    def perimeter(self) -> Perimeter | None:
        """The commune or area as a perimeter."""
        if self.commune_code is None:
            return self.area
        return Perimeter(Level.COMMUNE, self.commune_code)
