"""The objects of a collection as GeoJSON: a page of them with the way to the next, or one."""

import datetime as dt

import numpy as np
import orjson
from flask import Response, request

from app.api import pages
from app.api.answers import answer_json, answer_page
from app.api.links import GEOJSON, HTML, JSON, Link, Links
from app.api.question import Question
from app.api.refusals import unknown_feature, wrong_value
from app.api.rows import Rows
from app.api.systems import CRS84, SYSTEMS, System


def answer_features(
    rows: Rows, question: Question, links: Links, form: str, changed: dt.datetime | None
) -> Response:
    """Answer with the objects that a question asks for.

    Parameters
    ----------
    form
        ``json`` or ``html``.
    changed
        When the rows last changed, where that is known.

    Raises
    ------
    ApiError
        The filter compares what cannot be compared.
    """
    matched = question.matched(rows)
    shown = matched[question.offset : question.offset + question.limit]
    told = page_links(rows, question, links, form, len(matched))
    alone = rows.collection.private
    if form == "html":
        page = pages.features(rows, question, matched, told)
        return answer_page(page, alone=alone, changed=changed)
    head = orjson.dumps(
        {
            "type": "FeatureCollection",
            "numberMatched": len(matched),
            "numberReturned": len(shown),
            "links": told,
        }
    )
    written = b"},".join(rows.write(shown, question.system))
    body = b'%b,"features":[%b]}' % (head[:-1], written + b"}" if len(shown) else b"")
    answer = answer_json(body, GEOJSON, told, alone=alone, changed=changed)
    return _with_system(answer, rows, question.system)


def answer_feature(
    rows: Rows, feature_id: str, links: Links, form: str, changed: dt.datetime | None
) -> Response:
    """Answer with one object.

    Parameters
    ----------
    feature_id
        From outside, so anything.

    Raises
    ------
    ApiError
        There is no such object, or no such system of coordinates.
    """
    collection, uri = rows.collection, request.args.get("crs", CRS84)
    if uri not in SYSTEMS:
        known = ", ".join(SYSTEMS)
        raise wrong_value("crs", uri, f"un de {known}", f"one of {known}")
    if feature_id not in rows.places:
        raise unknown_feature(collection.id, feature_id)
    path = ("collections", collection.id)
    here = HTML if form == "html" else GEOJSON
    told = [
        *links.encodings("self", here, "Cet objet", *path, "items", feature_id),
        *links.encodings("collection", JSON, collection.title, *path),
    ]
    number = rows.places[feature_id]
    if form == "html":
        page = pages.feature(rows, number, told)
        return answer_page(page, alone=collection.private, changed=changed)
    (written,) = rows.write(np.array([number]), SYSTEMS[uri])
    body = b'%b,"links":%b}' % (written, orjson.dumps(told))
    answer = answer_json(body, GEOJSON, told, alone=collection.private, changed=changed)
    return _with_system(answer, rows, SYSTEMS[uri])


def page_links(rows: Rows, question: Question, links: Links, form: str, matched: int) -> list[Link]:
    """Return the links of a page of objects: itself, its other form, the next and the last page."""
    collection = rows.collection
    path = ("collections", collection.id, "items")
    asked = {name: value for name, value in request.args.items() if name not in {"f", "offset"}}

    def page(rel: str, words: str, name: str, offset: int) -> Link:
        query = {**asked, "f": name, **({"offset": str(offset)} if offset else {})}
        media = HTML if name == "html" else GEOJSON
        return Link(links.address(*path, **query), rel, media, words)

    other = "json" if form == "html" else "html"
    told = [
        page("self", "Cette page", form, question.offset),
        page("alternate", "Cette page, sous son autre forme", other, question.offset),
    ]
    if question.offset + question.limit < matched:
        told.append(page("next", "Page suivante", form, question.offset + question.limit))
    if question.offset:
        told.append(page("prev", "Page précédente", form, max(0, question.offset - question.limit)))
    return [*told, *links.encodings("collection", JSON, collection.title, *path[:2])]


def _with_system(answer: Response, rows: Rows, system: System) -> Response:
    if rows.collection.geometry is not None:
        answer.headers["Content-Crs"] = f"<{system.uri}>"
    return answer
