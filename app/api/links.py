"""Links of the service: whole addresses, as far as the name of the server is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from app.web.addresses import API

JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"
HTML: Final = "text/html"
SCHEMA: Final = "application/schema+json"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"

SAFE: Final = ":/,.()*'"
"""Signs of a query that need no other writing."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of an answer, written as the schema ``link`` of OGC 17-069r4 has it.

    Parameters
    ----------
    href
        Whole address, or one from the root where no name of the server is known.
    rel
        Relation, of IANA or of OGC.
    type
        Media type of what is there.
    title
        French.
    """

    href: str
    rel: str
    type: str
    title: str
    hreflang: str = "fr"

    def for_header(self) -> str:
        """Return the link as a value of the header ``Link`` (RFC 8288)."""
        return f'<{self.href}>; rel="{self.rel}"; type="{self.type}"'


class Links:
    """Makes the links of one answer.

    Parameters
    ----------
    root
        Of :func:`app.web.public_root.public_root`.
    """

    def __init__(self, root: str) -> None:
        self.root = root

    def address(self, *parts: str, base: str = API, **query: str) -> str:
        """Return the address of a resource of the service, or of another page by its ``base``."""
        path = "/".join([base.rstrip("/"), *(quote(part, safe="") for part in parts)])
        return f"{self.root}{path}{write_query(query)}"

    def encodings(self, rel: str, here: str, title: str, *parts: str) -> list[Link]:
        """Return the links to a resource in each of its media types.

        Parameters
        ----------
        rel
            Of the link; ``self`` gives ``alternate`` to those that are not answered now.
        here
            Media type that is answered now.
        """
        own = GEOJSON if "items" in parts else JSON
        return [
            Link(
                self.address(*parts, f=name),
                rel if rel != "self" or media == here else "alternate",
                media,
                f"{title} ({words})",
            )
            for name, media, words in (("json", own, "JSON"), ("html", HTML, "page"))
        ]


def write_query(query: Mapping[str, str]) -> str:
    """Return parameters as the query of an address, with its question mark; empty for none."""
    return f"?{urlencode(query, safe=SAFE)}" if query else ""
