"""The best sites on the page Écarts: how many are asked for, among which, and what is found."""

from collections.abc import Mapping

from app.gaps.calculator import Answer
from app.gaps.view import MOST_PROPOSED, SIZES
from app.parts import markup as html
from app.parts.markup import Child, Element
from app.parts.typography import typeset
from layers.french.wording import plural
from layers.gaps.new_sites import NewSites
from layers.gaps.site_sentences import (
    equals_sentences,
    new_sites_sentence,
    proof_sentence,
    range_sentence,
    stability_sentences,
)


def render_proposal_form(answer: Answer, layers: Mapping[str, str]) -> Element:
    """Return the form that asks where the next sites would help most.

    Parameters
    ----------
    layers
        Titles of the layers of points, by identifier.
    """
    chosen = answer.view.proposed or 3
    return html.Div(
        [
            html.Label("Emplacements possibles", htmlFor="gap-candidates", className="unseen"),
            html.Select(
                [
                    html.Option(text, value=value, selected=value == answer.view.candidates)
                    for value, text in (("", "à la mairie des communes"), *_at_points(layers))
                ],
                id="gap-candidates",
                className="control whole-row",
            ),
            html.Label("Taille des communes", htmlFor="gap-smallest", className="unseen"),
            html.Select(
                [
                    html.Option(
                        f"communes de {plural(size, 'habitant')} et plus"
                        if size
                        else "dans toute commune",
                        value=str(size),
                        selected=size == answer.view.smallest,
                    )
                    for size in SIZES
                ],
                id="gap-smallest",
                className="control whole-row",
            ),
            html.Label("Nombre de sites", htmlFor="gap-count", className="unseen"),
            html.Select(
                [
                    html.Option(
                        plural(number, "meilleur site", "meilleurs sites"),
                        value=str(number),
                        selected=number == chosen,
                    )
                    for number in range(1, MOST_PROPOSED + 1)
                ],
                id="gap-count",
                className="control",
            ),
            html.Button("Proposer", type="button", className="button", **{"data-do": "propose"}),
        ],
        className="inline-form",
    )


def _at_points(layers: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(one, typeset(f"aux points : {title}")) for one, title in layers.items()]


def render_proposal(found: NewSites) -> list[Child]:
    """Return what is said of the best sites."""
    told = (
        new_sites_sentence(found),
        proof_sentence(found),
        *equals_sentences(found),
        *([range_sentence(found)] if found.sites else []),
        *stability_sentences(found),
    )
    many = plural(found.choice.count, "site proposé", "sites proposés")
    return [html.H4(many), *(html.P(typeset(text), className="told") for text in told)]
