"""What is asked of the Base Adresse Nationale and what it answers, read with distrust."""

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from geo.http_service import BrokenAnswerError
from geo.precision import Precision

PRECISIONS: Final = {
    "housenumber": Precision.ADDRESS,
    "street": Precision.STREET,
    "locality": Precision.DISTRICT,
    "municipality": Precision.COMMUNE,
}
"""Precision of each type of answer."""

QUERY: Final = "texte"
CITY_CODE: Final = "code_insee"
NUMBER: Final = "ligne"
LONGEST_LABEL: Final = 300


class BanError(Exception):
    """The service does not answer, or answers what cannot be used; a French sentence."""


@dataclass(frozen=True, slots=True)
class Question:
    """A text and the INSEE code of the commune that it is looked for in; empty for anywhere."""

    text: str
    city_code: str = ""


@dataclass(frozen=True, slots=True)
class BanAnswer:
    """The best answer of the service.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84.
    city_code
        INSEE code, of the service's vintage.
    score
        From 0 to 1; it sorts answers, it is no probability.
    """

    label: str
    lon: float
    lat: float
    city_code: str
    precision: Precision
    score: float


def read_features(body: bytes) -> BanAnswer | None:
    """Read a GeoJSON collection of answers: the first, or ``None`` where there is none.

    Raises
    ------
    BrokenAnswerError
        It is something else.
    """
    try:
        features = json.loads(body)["features"]
        if not features:
            return None
        properties: Mapping[str, Any] = features[0]["properties"]
        lon, lat = features[0]["geometry"]["coordinates"][:2]
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise BrokenAnswerError("réponse illisible") from error
    return read_answer({**properties, "longitude": lon, "latitude": lat})


def write_questions(questions: Sequence[Question]) -> bytes:
    """Write the questions as the CSV file that the service wants."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow((NUMBER, QUERY, CITY_CODE))
    for number, question in enumerate(questions):
        table.writerow((number, " ".join(question.text.split()), question.city_code))
    return text.getvalue().encode()


def read_table(body: bytes, questions: Sequence[Question]) -> list[BanAnswer | None]:
    """Read the CSV file that comes back, in the order of the questions.

    Raises
    ------
    BrokenAnswerError
        It is something else, or lacks a row.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
        by_number = {int(row[NUMBER]): row for row in rows}
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        raise BrokenAnswerError("fichier illisible") from error
    if sorted(by_number) != list(range(len(questions))) or len(rows) != len(questions):
        raise BrokenAnswerError("fichier incomplet")
    return [
        read_answer({name.removeprefix("result_"): cell for name, cell in row.items() if name})
        if row.get("latitude")
        else None
        for _, row in sorted(by_number.items())
    ]


def read_answer(properties: Mapping[str, Any]) -> BanAnswer | None:
    """Check one answer; a type that is not known here is no answer.

    Raises
    ------
    BrokenAnswerError
        A value is missing or impossible.
    """
    precision = PRECISIONS.get(str(properties.get("type")))
    if precision is None:
        return None
    try:
        lon, lat, score = (float(properties[name]) for name in ("longitude", "latitude", "score"))
        city_code = str(properties["citycode"])
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenAnswerError("réponse incomplète") from error
    if not (math.isfinite(score) and abs(lon) <= 180 and abs(lat) <= 90 and len(city_code) == 5):  # noqa: PLR2004 - degrees; an INSEE code
        raise BrokenAnswerError("réponse impossible")
    label = str(properties.get("label") or "")[:LONGEST_LABEL]
    return BanAnswer(label, lon, lat, city_code, precision, min(max(score, 0.0), 1.0))
