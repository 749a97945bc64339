"""Who asks for booklets: a cookie that says who may stop a job, and whose turn it is."""

import hashlib
import re
import secrets
from typing import Final

from flask import request
from werkzeug.wrappers import Response as Answer

from app.web.addresses import BOOKLETS

VISITOR: Final = "atlas62-livrets"
"""Cookie of whoever asked for a job: who may stop it, and whose turn it is."""
TOKEN_BYTES: Final = 32
TOKEN: Final = re.compile(r"[\w-]{43}", re.ASCII)


def new_token() -> str:
    """Return what the cookie of one who asks for the first time holds."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def visitor_of(token: str) -> str:
    """Return the name of a visitor in the folders of jobs: whoever lists them can pose as none."""
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def visitor_of_request() -> str:
    """Return the name of the visitor of this request, empty for one who asked for nothing yet."""
    token = request.cookies.get(VISITOR, "")
    return visitor_of(token) if TOKEN.fullmatch(token) else ""


def remember(token: str, answer: Answer) -> None:
    """Give a visitor their cookie with an answer, which no cache may give to someone else."""
    answer.set_cookie(VISITOR, token, httponly=True, samesite="Lax",
                      secure=request.is_secure, path=BOOKLETS)  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-store"
