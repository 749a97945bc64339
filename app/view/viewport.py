"""Where the map looks, as the address writes it."""

import math
from dataclasses import dataclass
from typing import Final, Self

ZOOMS: Final = (7.0, 16.0)
LATITUDES: Final = (49.0, 52.0)
LONGITUDES: Final = (0.0, 5.0)


@dataclass(frozen=True, slots=True)
class MapView:
    """Where the map looks: zoom (a quarter step), degrees of latitude and longitude."""

    zoom: float
    latitude: float
    longitude: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``zoom,latitude,longitude``.

        Raises
        ------
        ValueError
            Not three numbers, or a place too far from the Pas-de-Calais.
        """
        numbers = [float(part) for part in text.split(",")]
        if len(numbers) != len((ZOOMS, LATITUDES, LONGITUDES)) or not all(
            low <= number <= high
            for number, (low, high) in zip(numbers, (ZOOMS, LATITUDES, LONGITUDES), strict=True)
        ):
            raise ValueError(text)
        zoom, latitude, longitude = numbers
        return cls(math.floor(zoom * 4 + 0.5) / 4, round(latitude, 4), round(longitude, 4))

    def __str__(self) -> str:
        return f"{self.zoom:g},{self.latitude:.4f},{self.longitude:.4f}"
