"""pyosmium, which reads extracts of OpenStreetMap; it is optional."""

from importlib.util import find_spec
from types import ModuleType
from typing import Final

MISSING: Final = (
    "Lecture d’un extrait OpenStreetMap : le module « osmium » manque ; installez-le par : "
    "pip install 'atlas62[roads]'."
)


def has_pyosmium() -> bool:
    """Tell whether the module is installed."""
    return find_spec("osmium") is not None


def open_pyosmium(error: type[Exception]) -> ModuleType:
    """Return the module, with its filters; raises ``error`` where it is not installed."""
    try:
        import osmium  # noqa: PLC0415 - optional: only who gives an extract needs it
        import osmium.filter  # noqa: PLC0415
        import osmium.geom  # noqa: PLC0415
    except ImportError as missing:
        raise error(MISSING) from missing
    return osmium
