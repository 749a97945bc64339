"""Shares: what a visitor, a client or all together may have, and how its end is told.

Whose bound it is decides what is answered: 429 where whoever asks has as much as one may have, 503
where the server has no more for anybody.
"""

from http import HTTPStatus
from typing import Final

MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 24 * HOUR
"""Seconds."""


class ShareError(Exception):
    """A bound is reached; the message is a French sentence that says whose.

    Parameters
    ----------
    after
        Seconds after which asking again may help; None where something has to be taken away first.
    theirs
        Whether it is the bound of whoever asks, and not of all together.
    """

    def __init__(self, sentence: str, *, after: float | None = None, theirs: bool = True) -> None:
        super().__init__(sentence)
        self.after = after
        self.theirs = theirs

    @property
    def status(self) -> HTTPStatus:
        """Of the answer."""
        return HTTPStatus.TOO_MANY_REQUESTS if self.theirs else HTTPStatus.SERVICE_UNAVAILABLE

    @property
    def headers(self) -> dict[str, str]:
        """Of the answer: when to ask again (RFC 9110, 10.2.3)."""
        return {} if self.after is None else {"Retry-After": str(max(1, round(self.after)))}
