"""The best sites on the page Écarts: how many are asked for, among which, and what is found."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.gaps.calculator import Answer
from app.gaps.view import MOST_PROPOSED, SIZES
from app.parts import markup as html
from app.parts.markup import Child, Element
from app.parts.typography import typeset
from layers.french.wording import plural
from layers.gaps.new_sites import NewSites
from layers.gaps.site_sentences import (
    equals_sentences,
    named_sentence,
    new_sites_sentence,
    proof_sentence,
    range_sentence,
    stability_sentences,
)

USUAL_PROPOSED: Final = 3


def render_proposal_form(answer: Answer, layers: Mapping[str, str]) -> Element:
    """Return the form that asks where the next sites would help most.

    Parameters
    ----------
    layers
        Titles of the layers of points, by identifier.
    """
    view = answer.view
    places = [("", "à la mairie des communes"), *_at_points(layers)]
    counts = [
        (str(number), plural(number, "meilleur site", "meilleurs sites"))
        for number in range(1, MOST_PROPOSED + 1)
    ]
    count = str(view.proposed or USUAL_PROPOSED)
    return html.Div(
        [
            html.H4("Où les prochains aideraient-ils le plus\u202f?"),
            _select("candidates", "Emplacements possibles", places, view.candidates),
            _select("smallest", "Communes admises", _sizes(), str(view.smallest)),
            _select("count", "Combien de sites", counts, count),
            html.Button("Proposer", type="button", className="button", **{"data-do": "propose"}),
        ],
        className="inline-form",
    )


def _select(name: str, label: str, options: Sequence[tuple[str, str]], value: str) -> Element:
    return html.Label(
        [
            html.Span(label, className="group-title"),
            html.Select(
                [
                    html.Option(text, value=option, selected=option == value)
                    for option, text in options
                ],
                id=f"gap-{name}",
                className="control",
            ),
        ],
        className="field-label",
    )


def _sizes() -> list[tuple[str, str]]:
    return [
        (str(size), f"de {plural(size, 'habitant')} et plus" if size else "toutes")
        for size in SIZES
    ]


def _at_points(layers: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(one, typeset(f"aux points : {title}")) for one, title in layers.items()]


def render_proposal(found: NewSites) -> list[Child]:
    """Return what is said of the best sites."""
    told = (
        *([named_sentence(found)] if found.sites else []),
        new_sites_sentence(found),
        proof_sentence(found),
        *equals_sentences(found),
        *([range_sentence(found)] if found.sites else []),
        *stability_sentences(found),
    )
    count = len(found.sites)
    many = plural(count, "site proposé", "sites proposés") if count else "Aucun site à proposer"
    return [html.H4(many), *(html.P(typeset(text), className="told") for text in told)]
