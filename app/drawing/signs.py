"""Signs: the letter, the colour and the nouns of each layer, on screen and on paper."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from zlib import crc32

from app.drawing.tokens import colour as token
from layers.model.layer import Layer, Precision


@dataclass(frozen=True, slots=True)
class Sign:
    """How a point layer is drawn and spoken of.

    Parameters
    ----------
    letter
        Stands in its pins; empty for a layer of outlines.
    colour
        Of its pins, dark enough to carry white text.
    singular, plural
        The noun for its rows.
    amount
        Column whose value is drawn as a circle, if any.
    """

    letter: str
    colour: str
    singular: str
    plural: str
    amount: str | None = None


SIGNS: Final[Mapping[str, Sign]] = {
    "operations": Sign("€", "#a3301d", "opération FIT", "opérations FIT", "fit"),
    "projets_aides": Sign("P", "#4a5d16", "autre projet", "autres projets"),
    "contrats": Sign("", "#a3301d", "contrat de territoire", "contrats de territoire"),
    "contrats_ville": Sign("", "#5b3f8c", "contrat de ville", "contrats de ville"),
    "qpv": Sign("Q", "#5b3f8c", "quartier prioritaire", "quartiers prioritaires"),
    "colleges": Sign("C", "#9a5200", "collège", "collèges"),
    "lycees": Sign("L", "#6b5a00", "lycée public", "lycées publics"),
    "france_services": Sign("F", "#00677f", "France services", "France services"),
    "centres_incendie": Sign("I", "#b0124b", "centre d’incendie", "centres d’incendie"),
    "sieges_incendie": Sign("S", "#6b3a4a", "siège du SDIS", "sièges du SDIS"),
    "mairies": Sign("M", "#4d5560", "mairie", "mairies"),
    "sites_departementaux": Sign("D", "#1f3d7a", "site départemental", "sites départementaux"),
    "gares": Sign("G", "#333333", "gare", "gares"),
    "hopitaux": Sign("H", "#7a1f8f", "hôpital", "hôpitaux"),
}
"""For each layer; one that is not here is drawn with its first letter."""

COLOURS: Final[Mapping[str, str]] = {
    "#00677f": "bleu-vert",
    "#1f3d7a": "bleu",
    "#5b3f8c": "violet",
    "#b0124b": "rose foncé",
    "#9a5200": "brun",
    "#4a5d16": "vert olive",
    "#4d5560": "gris",
    "#333333": "noir",
}
"""That a visitor may give to a layer of theirs: each carries white text."""

BROUGHT_COLOURS: Final = 4
"""Tokens that such a layer takes its colour from, always the same one."""

SHAPES: Final[Mapping[Precision, str]] = {
    Precision.ADDRESS: "filled",
    Precision.SITE: "filled",
    Precision.STREET: "hollow",
    Precision.DISTRICT: "hollow",
}

PRECISIONS: Final[Mapping[str, str]] = {
    "filled": "",
    "hollow": "Position à la rue ou au quartier près.",
    "square": "Position connue à la commune près : le carré est à la mairie.",
}


def sign_of(layer: Layer) -> Sign:
    """Return how a layer is drawn."""
    title = layer.title.lower()
    colour = token(f"brought-{crc32(layer.id.encode()) % BROUGHT_COLOURS}")
    usual = SIGNS.get(layer.id, Sign(layer.title[0].upper(), colour, title, title))
    style = layer.style
    if style is None:
        return usual
    own = style.colour if style.colour in COLOURS else usual.colour
    return replace(usual, colour=own, letter=style.letter or usual.letter)


def sized_by(layer: Layer) -> str | None:
    """Return the column whose value the circles of a layer are as large as, None for no circles."""
    return (layer.style and layer.style.size) or sign_of(layer).amount
