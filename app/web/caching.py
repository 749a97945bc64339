"""How long an answer may be kept, and by whom: every one says so.

What no route has declared is for one reader alone: a forgotten route is slow, never told to others.
"""

from typing import Final

from flask import Response, request

from app.web.private import COOKIE

PRIVATE: Final = "private, no-store"
ASKED_AGAIN: Final = "no-cache"
"""The same for all; kept, and asked for again each time."""
DOCUMENTS: Final = frozenset({"/", "/<path:path>"})
"""Rules of the pages with a map: their document shows the layers that its reader sees."""
SAME_FOR_ALL: Final = DOCUMENTS | {"/_dash-dependencies"}
"""Rules of Dash's own routes that hold nothing of a reader's who has brought nothing."""


def keep(response: Response) -> None:
    """Say how an answer may be kept, where its route has not.

    Who has brought something may see it in any answer that is not named after its content: no
    cache that others share may keep what was answered to them.
    """
    rule = request.url_rule.rule if request.url_rule else ""
    usual = ASKED_AGAIN if rule in SAME_FOR_ALL and response.status_code < 400 else PRIVATE  # noqa: PLR2004
    if rule in DOCUMENTS:
        response.vary.add("Cookie")
        usual = PRIVATE if COOKIE in request.cookies else usual
    said = response.headers.setdefault("Cache-Control", usual)
    if COOKIE in request.cookies and "private" not in said and "immutable" not in said:
        response.headers["Cache-Control"] = f"private, {said}"
