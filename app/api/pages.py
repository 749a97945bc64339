"""The service as pages for people: what there is, what it says, how to ask for it."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

import numpy as np
from flask import request

from app.api.collection import Collection
from app.api.description import CONFORMANCE
from app.api.links import Link
from app.api.offer import Offer
from app.api.question import Question
from app.api.rows import Rows
from app.exports.tables import heading, iterate_rows, write_cell
from app.web.render import Renderer
from layers.french.wording import plural
from layers.model.schema import Dtype, Field

KINDS: Final[Mapping[str, str]] = {
    "layer": "Couches",
    "table": "Tables des contrats",
    "indicator": "Indicateurs",
}
TYPES: Final[Mapping[Dtype, str]] = {
    "text": "texte",
    "int": "nombre entier",
    "float": "nombre",
    "money": "montant",
    "date": "date",
    "bool": "true ou false",
    "list": "liste de textes",
}
MOST_COLUMNS: Final = 8
"""Of a table of objects on a page; each object has a page with all of them."""


def landing(address: str) -> str:
    """Return the page of the service.

    Parameters
    ----------
    address
        That people give to QGIS.
    """
    return _render("service.html", address=address, classes=CONFORMANCE)


def collections(offer: Offer) -> str:
    """Return the page of all collections."""
    sorted_ = {
        words: [one for one in offer.collections.values() if one.kind == kind]
        for kind, words in KINDS.items()
    }
    return _render("service_collections.html", kinds=sorted_, count=len(offer.collections))


def collection(one: Collection, described: Mapping[str, Any], address: str) -> str:
    """Return the page of a collection, with its columns.

    Parameters
    ----------
    described
        As for programs.
    address
        Of its objects, that people give to a program.
    """
    return _render(
        "service_collection.html",
        one=one,
        described=described,
        address=address,
        fields=one.fields,
        types=TYPES,
        enclosures=[link for link in described["links"] if link.rel == "enclosure"],
    )


def features(rows: Rows, question: Question, matched: Any, told: Iterable[Link]) -> str:  # noqa: ANN401
    """Return a page of objects.

    Parameters
    ----------
    matched
        Numbers of all rows that answer.
    told
        Its links.
    """
    one = rows.collection
    shown = matched[question.offset : question.offset + question.limit]
    fields = tuple(field for field in one.fields if field.name != one.key)[:MOST_COLUMNS]
    keys = rows.frame[one.key].iloc[shown].astype(str)
    cells = _cells(fields, rows, shown)
    ways = {"prev": "", "next": "", **{link.rel: link.href for link in told}}
    return _render(
        "service_features.html",
        one=one,
        headings=[heading(field) for field in (*_key(one), *fields)],
        objects=[*zip(keys, cells, strict=True)],
        first=question.offset + 1,
        last=question.offset + len(shown),
        matched=plural(len(matched), "objet"),
        ways=ways,
    )


def feature(rows: Rows, number: int, told: Iterable[Link]) -> str:
    """Return the page of one object."""
    one = rows.collection
    (cells,) = _cells(one.fields, rows, np.array([number]))
    ways = {link.rel: link.href for link in told}
    title = ""
    if one.layer is not None:
        row = zip(rows.frame.columns, rows.frame.iloc[number], strict=True)
        title = one.layer.title_of(dict(row))
    return _render(
        "service_feature.html",
        one=one,
        title=title or str(rows.frame[one.key].iloc[number]),
        facts=[
            (heading(field), field.meaning, cell)
            for field, cell in zip(one.fields, cells, strict=True)
        ],
        ways=ways,
    )


def _key(one: Collection) -> tuple[Field, ...]:
    found = one.field(one.key)
    return (found,) if found else ()


def _cells(fields: tuple[Field, ...], rows: Rows, numbers: Any) -> list[list[str]]:  # noqa: ANN401
    return [
        [write_cell(*pair) for pair in zip(fields, values, strict=True)]
        for values in iterate_rows(fields, rows.frame.iloc[numbers])
    ]


def _render(template: str, **values: object) -> str:
    return _renderer().render(template, request.path, **values)


@cache
def _renderer() -> Renderer:
    return Renderer()
