"""The Base Adresse Nationale by way of the Géoplateforme: asked politely, believed after checks.

The service (https://geoservices.ign.fr, API Géoplateforme – Géocodage) answers 50 requests a second
to one address of the network, and 429 with ``Retry-After`` beyond.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from geo.ban.answers import (
    CITY_CODE,
    QUERY,
    BanAnswer,
    BanError,
    Question,
    read_features,
    read_table,
    write_questions,
)
from geo.http_service import Fields, HttpService, RequestPolicy

LARGEST_ANSWER: Final = 20_000_000
LONGEST_QUERY: Final = 200
CHUNK: Final = 500
"""Addresses in one file."""


@dataclass(slots=True)
class BanClient:
    """Asks the service; one client for all the questions of a run.

    Parameters
    ----------
    address
        Of the service, without a final slash.
    """

    address: str
    policy: RequestPolicy = field(default_factory=RequestPolicy)
    _service: HttpService = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Make the client of the network."""
        self._service = HttpService(
            "Base Adresse Nationale", self.address, BanError, LARGEST_ANSWER, self.policy
        )

    def search(self, question: Question) -> BanAnswer | None:
        """Ask one question; ``None`` where the service knows no answer.

        Raises
        ------
        BanError
            The service does not answer, or answers what cannot be used.
        """
        fields = {"q": question.text[:LONGEST_QUERY], "limit": "1", "autocomplete": "0"}
        if question.city_code:
            fields["citycode"] = question.city_code
        return self._service.ask("GET", f"/search?{urlencode(fields)}", None, read_features)

    def search_many(self, questions: Sequence[Question]) -> list[BanAnswer | None]:
        """Ask up to :data:`CHUNK` questions in one file; the answers are in their order.

        Raises
        ------
        BanError
            The service does not answer, or answers what cannot be used.
        """
        fields: Fields = {
            "data": ("adresses.csv", write_questions(questions), "text/csv"),
            "columns": QUERY,
            "citycode": CITY_CODE,
        }
        return self._service.ask(
            "POST", "/search/csv", fields, lambda body: read_table(body, questions)
        )
