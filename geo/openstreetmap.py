"""pyosmium, which reads extracts of OpenStreetMap; it is optional."""

from types import ModuleType


def open_pyosmium(error: type[Exception]) -> ModuleType:
    """Return the module, with its filters; raises ``error`` where it is not installed."""
    try:
        import osmium  # noqa: PLC0415 - optional: only who gives an extract needs it
        import osmium.filter  # noqa: PLC0415
        import osmium.geom  # noqa: PLC0415
    except ImportError as missing:
        raise error(
            "Lecture d’un extrait OpenStreetMap : le module « osmium » manque ; "
            "installez-le par : pip install 'atlas62[roads]'."
        ) from missing
    return osmium
