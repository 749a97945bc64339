"""The address of the page Écarts: how its view is written, and read back."""

from typing import Final

from app.gaps import reading
from app.gaps.view import DEFAULT, GapView, GapWords, Measured, texts_of
from app.view.keys import GAPS
from app.view.query import Address, one_of
from app.view.viewport import MapView


def format_gap_view(view: GapView) -> str:
    """Write a view as a query string, ``?`` included; the default view gives an empty text."""
    return ADDRESS.write(view)


def parse_gap_view(query: str, words: GapWords) -> tuple[GapView, tuple[str, ...]]:
    """Read a query string and say what was ignored: :meth:`app.view.query.Address.read`."""
    return ADDRESS.read(query, words)


ADDRESS: Final[Address[GapView, GapWords]] = Address(
    keys=GAPS,
    usual=DEFAULT,
    texts=texts_of,
    readers={
        "service": reading.read_service,
        "model": reading.read_model,
        "threshold": reading.read_threshold,
        "public": reading.read_public,
        "scenarios": reading.read_sites,
        "active": reading.read_active,
        "proposed": reading.read_proposed,
        "smallest": reading.read_smallest,
        "also": reading.read_also,
        "rank": reading.read_rank,
        "measured": one_of(
            Measured, "measured", "Compte « {} » inconnu : les trajets sont comptés."
        ),
        "neighbours": reading.read_neighbours,
        "candidates": reading.read_candidates,
        "around": reading.read_around,
        "map_view": one_of(
            MapView.parse,
            "map_view",
            "Vue de carte « {} » illisible : tout le département est cadré.",
        ),
    },
    reconcile=reading.reconcile,
)
