"""What is for one reader alone: the cookie, addresses and caches."""

from typing import Final

from flask import Response

COOKIE: Final = "atlas62"

POINTS: Final = "/donnees/points"


def points_url(layer_id: str) -> str:
    """Return the address of the points of a layer that is not the same for all readers."""
    return f"{POINTS}/{layer_id}.json"


def private(answer: Response) -> Response:
    """Return an answer that no cache may give to someone else."""
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
