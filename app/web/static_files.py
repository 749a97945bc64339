"""Static files: made once, named after their content, compressed, kept by browsers for ever."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import brotli
import orjson
from flask import Response, request

PREFIX: Final = "/geometrie"

BROTLI_QUALITY: Final = 11

LESS_QUALITY: Final = 9

SLOW_UNTIL: Final = 500_000
"""Bytes that are compressed as small as can be; more would take seconds to gain 5 %."""

KEPT_FOR_EVER: Final = "public, max-age=31536000, immutable"

TYPES: Final = {
    "json": "application/json",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
}
"""Of content, by suffix."""

Maker = Callable[[], Any]
"""Gives the content of a file, to be written as JSON."""


@dataclass(frozen=True)
class StaticFile:
    """A file that the browser fetches once.

    Parameters
    ----------
    stem
        What it is, as ``communes-far``.
    body
        UTF-8.
    suffix
        Of the name: ``json``, ``css`` or ``js``.
    prefix
        Of the address.
    quality
        Of the compression, 0 to 11, the slowest.
    """

    stem: str
    body: bytes
    suffix: str = "json"
    prefix: str = PREFIX
    quality: int = BROTLI_QUALITY

    @cached_property
    def name(self) -> str:
        """The stem and the start of the hash of the body."""
        return f"{self.stem}-{hashlib.sha256(self.body).hexdigest()[:12]}.{self.suffix}"

    @cached_property
    def url(self) -> str:
        """Address on this server."""
        return f"{self.prefix}/{self.name}"

    @cached_property
    def packed(self) -> bytes:
        """The body, brotli."""
        return compress(self.body, self.quality)


def compress(text: bytes, quality: int = BROTLI_QUALITY) -> bytes:
    """Return a text compressed with brotli; a long one a little less."""
    level = quality if len(text) < SLOW_UNTIL else min(quality, LESS_QUALITY)
    return brotli.compress(text, mode=brotli.MODE_TEXT, quality=level)


class StaticFiles(Mapping[str, StaticFile]):
    """Static files by stem; each is made when it is first asked for.

    Parameters
    ----------
    makers
        For each stem, a function that gives the content to write as JSON.
    """

    def __init__(self, makers: Mapping[str, Maker]) -> None:
        self._makers = dict(makers)
        self._files: dict[str, StaticFile] = {}

    def __getitem__(self, stem: str) -> StaticFile:
        if stem not in self._files:
            content = self._makers[stem]()
            body = orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY)
            self._files[stem] = StaticFile(stem, body)
        return self._files[stem]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def named(self, name: str) -> StaticFile | None:
        """Return the file of that name, None when there is none (or no longer)."""
        stem = name.rpartition("-")[0]
        file = self[stem] if stem in self._makers else None
        return file if file and file.name == name else None


def answer_with(file: StaticFile | None) -> Response:
    """Return a file, compressed where the browser allows, to be kept for ever; 404 for None."""
    if file is None:
        sentence = "Fichier inconnu ou remplacé depuis : rechargez la page."
        return Response(sentence, 404, content_type="text/plain; charset=utf-8")
    response = send(file)
    response.headers["Cache-Control"] = KEPT_FOR_EVER
    return response


def send(file: StaticFile) -> Response:
    """Return what is in a file, compressed where the browser allows."""
    packs = request.accept_encodings.quality("br") > 0
    response = Response(file.packed if packs else file.body, content_type=TYPES[file.suffix])
    if packs:
        response.content_encoding = "br"
    response.vary.add("Accept-Encoding")
    return response
