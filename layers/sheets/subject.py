"""Subjects with a sheet of their own that are no perimeter: a priority district, a contract."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from geo.perimeter import Level, Perimeter, UnknownPlaceError, shorten
from layers.catalogue.layers import Catalogue
from layers.model.layer import LayerError
from layers.sheets.contract import LAYERS as CONTRACT_LAYERS


class SubjectKind(StrEnum):
    """What a subject is, as the address of a page names it."""

    DISTRICT = "qpv"
    CONTRACT = "contrat"


CODE_FORM: Final = re.compile(r"[A-Za-z0-9-]{1,60}", re.ASCII)
NAMES: Final = {SubjectKind.DISTRICT: "Quartier prioritaire", SubjectKind.CONTRACT: "Contrat"}


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """One subject; ``str`` gives its written form, as ``contrat:ct-ternois``.

    Parameters
    ----------
    code
        Key of its row in its layer.
    """

    kind: SubjectKind
    code: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read the written form; None when the text speaks of no kind of subject.

        Raises
        ------
        geo.perimeter.UnknownPlaceError
            The kind is known and the code cannot be one.
        """
        kind, colon, code = text.strip().partition(":")
        if not colon or kind not in list(SubjectKind):
            return None
        if not CODE_FORM.fullmatch(code):
            raise UnknownPlaceError(f"{NAMES[SubjectKind(kind)]} « {shorten(code)} » illisible.")
        return cls(SubjectKind(kind), code)


def subjects(catalogue: Catalogue) -> Mapping[Subject, tuple[Perimeter, ...]]:
    """Return every subject and the perimeters it lies in; a layer that fails is left out.

    Returns
    -------
    mapping
        For a district, the communes that it touches, the first before the others; for a contract,
        the perimeter of its partner.
    """
    return {**_districts(catalogue), **_contracts(catalogue)}


def places_of(catalogue: Catalogue, subject: Subject) -> tuple[Perimeter, ...]:
    """Return the perimeters that a subject lies in.

    Raises
    ------
    geo.perimeter.UnknownPlaceError
        There is no such subject, or its layer cannot be loaded.
    """
    try:
        return subjects(catalogue)[subject]
    except KeyError:
        raise UnknownPlaceError(
            f"{NAMES[subject.kind]} « {shorten(subject.code)} » inconnu dans le Pas-de-Calais."
        ) from None


def _districts(catalogue: Catalogue) -> dict[Subject, tuple[Perimeter, ...]]:
    try:
        rows = catalogue.load("qpv")
    except LayerError:
        return {}
    return {
        Subject(SubjectKind.DISTRICT, code): tuple(
            Perimeter(Level.COMMUNE, commune) for commune in communes
        )
        for code, communes in zip(rows["code"], rows["commune_codes"], strict=True)
    }


def _contracts(catalogue: Catalogue) -> dict[Subject, tuple[Perimeter, ...]]:
    found: dict[Subject, tuple[Perimeter, ...]] = {}
    for layer in CONTRACT_LAYERS:
        try:
            rows = catalogue.load(layer)
        except LayerError:
            continue
        for code, perimeter in zip(rows["id"], rows["perimeter"], strict=True):
            found[Subject(SubjectKind.CONTRACT, code)] = (Perimeter.parse(perimeter),)
    return found
