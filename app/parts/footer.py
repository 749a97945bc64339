"""The footer: whose facts these are."""

from collections.abc import Sequence

from app.parts import markup as html
from app.parts.markup import Element
from layers.catalogue.layers import Catalogue
from layers.communes import outlines_source
from layers.model.layer import Source


def render_footer(catalogue: Catalogue, links: Sequence[tuple[str, str]] = ()) -> list[Element]:
    """Return the footer: producers in a line, every source of every layer on demand.

    Parameters
    ----------
    links
        Address and name of the pages that every page must lead to; none in a file of its own.
    """
    sources = all_sources(catalogue)
    producers = list(dict.fromkeys(source.producer for source in sources))
    plan = [html.Li(html.A(name, href=address)) for address, name in links]
    return [
        html.P(["Sources : ", " · ".join(producers)], className="producers"),
        *([html.Ul(plan, className="foot-links")] if plan else []),
        html.Details(
            [
                html.Summary("Toutes les sources"),
                html.Ul([html.Li(_cite(source)) for source in sources]),
            ],
            className="sources",
        ),
    ]


def all_sources(catalogue: Catalogue) -> list[Source]:
    """Return the sources of the outlines and of all layers, each once, in the order of these."""
    of_layers = (source for layer in catalogue.layers.values() for source in layer.sources)
    return list(dict.fromkeys([outlines_source(catalogue.reference), *of_layers]))


def _cite(source: Source) -> list[Element | str]:
    cited: list[Element | str] = [
        html.Strong(source.title),
        f", {source.producer}, {source.vintage}. {source.licence}.",
    ]
    return [*cited, f" {source.address}"] if source.address else cited
