"""Addresses of the documents, and of the map that they point to."""

from dataclasses import replace
from typing import Final
from urllib.parse import quote, urlencode

from app.view.state import DEFAULT, format_view
from geo.perimeter import Level, Perimeter
from layers.documents.convention import Quotation

EXPLORE: Final = "/"
GAPS: Final = "/ecarts"
FUNDING: Final = "/financements"
FRAMEWORK: Final = "/cadre"
BOOKLETS: Final = "/livrets"
TRUST: Final = "/confiance"
DATA: Final = "/donnees"
FILES: Final = f"{DATA}/fichiers"
LAYERS: Final = f"{DATA}/couches"
SOURCES: Final = f"{DATA}/sources"
SHARED: Final = f"{DATA}/partage"
API: Final = "/api"
EMBED: Final = "/integrer"
"""The Explorer for a frame in somebody else's page: the map, its legend, what a place is about."""
EMBED_CODE: Final = f"{EMBED}/code"
OEMBED: Final = "/oembed"
HELP: Final = "/aide"
ACCESSIBILITY: Final = "/accessibilite"
SITE_PLAN: Final = f"{HELP}#plan"
TOUR: Final = f"{EXPLORE}#visite"
"""Opens the map with its first-visit tour."""
FINDINGS_TABLE: Final = f"{TRUST}.csv"
POSITIONS: Final = "/positions"
GEOCODER: Final = "/geocoder"
SIGN_ON: Final = "/connexion"
SIGNED_ON: Final = f"{SIGN_ON}/retour"
"""Where the provider of identity sends people back to: told to it beforehand, to the letter."""
ACCOUNT: Final = f"{SIGN_ON}/compte"
SIGN_OUT: Final = f"{SIGN_ON}/fin"
JOURNAL: Final = "/journal"


def operation_url(operation: str) -> str:
    """Return the address of the sheet of an operation."""
    return f"/operation/{quote(operation, safe='')}"


def contract_url(contract: str) -> str:
    """Return the address of the sheet of a contract."""
    return f"/contrat/{quote(contract, safe='')}"


def breakdown_url(name: str) -> str:
    """Return the address of a breakdown of the money, as a table to download."""
    return f"{FUNDING}/{quote(name, safe='')}.csv"


SESSION: Final = f"{DATA}/session"
SESSION_FILE: Final = f"{SESSION}.zip"
"""Where what a visitor brought is brought back, and taken away, as one file."""


def file_url(name: str, step: str = "") -> str:
    """Return the address of a file that the reader brought, or of a step of its import."""
    return f"{FILES}/{quote(name, safe='')}{f'/{step}' if step else ''}"


def layer_file_url(layer: str, ending: str) -> str:
    """Return the address of a layer that not all readers see, as a file to download."""
    return f"{LAYERS}/{quote(layer, safe='')}.{ending}"


def finding_url(finding: str) -> str:
    """Return the address of a finding on the page of trust."""
    return f"{TRUST}#{quote(anchor(finding))}"


def position_url(layer: str, key: str) -> str:
    """Return the address of the position of a row of a layer."""
    return f"{POSITIONS}/{quote(layer, safe='')}/{quote(key, safe='')}"


def geocoder_url(text: str, where: str = "") -> str:
    """Return the address where the geocoder tells how it places a text."""
    asked = {"texte": text, **({"territoire": where} if where else {})}
    return f"{GEOCODER}?{urlencode(asked)}"


def map_url(place: Perimeter) -> str:
    """Return the address of the map on a place, with the operations."""
    return f"{EXPLORE}{format_view(replace(DEFAULT, place=place))}"


def layer_url(layer: str) -> str:
    """Return the address of the map with one layer on it."""
    return f"{EXPLORE}{format_view(replace(DEFAULT, layers=(layer,)))}"


def shared_url(word: str) -> str:
    """Return the address of a secret link."""
    return f"{SHARED}/{word}"


def indicator_url(indicator: str, level: Level) -> str:
    """Return the address of the map painted by an indicator, at a level."""
    return f"{EXPLORE}{format_view(replace(DEFAULT, indicator=indicator, level=level))}"


def anchor(text: str) -> str:
    """Return the text as the name of a place in a page: without spaces."""
    return "-".join(text.split())


def line_anchor(source: Quotation) -> str:
    """Return the name of the place where a page quotes a line."""
    return anchor(f"{source.document}-l{source.line}")
