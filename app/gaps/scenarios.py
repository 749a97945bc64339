"""Scenarios on the page Écarts: new sites, what each changes, side by side, and the best ones."""

from collections.abc import Callable
from typing import Final

from app.gaps.calculator import Answer
from app.gaps.view import MOST_PROPOSED, MOST_SCENARIOS, SIZES
from app.parts import markup as html
from app.parts.markup import Child, Element
from app.parts.typography import typeset
from layers.french.wording import format_number, format_percent, plural
from layers.gaps.measure import Gaps
from layers.gaps.new_sites import NewSites
from layers.gaps.public_words import WORDS
from layers.gaps.scenarios import Scenario
from layers.gaps.sentences import (
    equals_sentences,
    new_sites_sentence,
    proof_sentence,
    range_sentence,
    short_unit,
    stability_sentences,
)

Say = Callable[[Gaps, Scenario | None], str]


def render_scenarios(answer: Answer) -> Element:
    """Return the section where sites are put, weighed and proposed."""
    return html.Section(
        [
            html.H3("Et si l’on ouvrait un site\u202f?"),
            html.P(
                "Cliquez une commune sur la carte : un site y est supposé ouvert, à la mairie, ou, "
                "dans une ville qui a déjà ce service, là où il en rapproche le plus ses "
                "habitants ; un second clic le retire.".replace(" :", "\u00a0:").replace(
                    " ;", "\u202f;"
                ),
                className="note",
            ),
            _add_form(),
            *([_comparison(answer), _sites(answer)] if answer.scenarios else []),
            _proposal_form(answer),
            *(_proposal(answer.proposal) if answer.proposal else []),
        ],
        className="scenarios",
    )


def _do(text: str, action: str, **attributes: str) -> Element:
    return html.Button(
        text, type="button", **{"className": "link", "data-do": action, **attributes}
    )


def _add_form() -> Element:
    return html.Form(
        [
            html.Label("Commune", htmlFor="gap-commune", className="unseen"),
            html.Input(
                type="text",
                id="gap-commune",
                className="control",
                list="gap-communes",
                placeholder="ou nommez-la ici",
                autocomplete="off",
                maxlength="60",
            ),
            html.Datalist(id="gap-communes"),
            html.Button("Ajouter", type="submit", className="button"),
        ],
        id="gap-add",
        className="inline-form",
    )


def _beyond(gaps: Gaps, _: Scenario | None) -> str:
    return format_number(gaps.total.beyond.people)


def _share(gaps: Gaps, _: Scenario | None) -> str:
    return format_percent(gaps.total.share_beyond)


def _communes(gaps: Gaps, _: Scenario | None) -> str:
    return format_number(gaps.total.beyond.communes)


def _brought(_: Gaps, scenario: Scenario | None) -> str:
    return format_number(scenario.brought) if scenario else "–"


def _saved(_: Gaps, scenario: Scenario | None) -> str:
    return format_number(scenario.minutes_saved, 1) if scenario else "–"


def _nearer(_: Gaps, scenario: Scenario | None) -> str:
    return format_number(scenario.nearer) if scenario else "–"


def _saved_nearer(_: Gaps, scenario: Scenario | None) -> str:
    return format_number(scenario.saved_nearer, 1) if scenario else "–"


ROWS: Final[tuple[tuple[str, Say], ...]] = (
    ("{} au-delà", _beyond),
    ("Part au-delà", _share),
    ("Communes au-delà", _communes),
    ("Ramenés sous le seuil", _brought),
    ("Rapprochés du service", _nearer),
    ("Gain moyen, pour eux", _saved_nearer),
    ("Gain moyen, pour tous", _saved),
)
"""What is compared, row by row."""


def compared(answer: Answer) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what is compared: a name, how things are now, then each scenario; none without any."""
    if not answer.scenarios:
        return ()
    columns: list[tuple[Gaps, Scenario | None]] = [
        (answer.now, None),
        *((scenario.gaps, scenario) for scenario in answer.scenarios),
    ]
    unit, head = short_unit(answer.now.model), WORDS[answer.now.public].head
    return tuple(
        (_with_unit(title.format(head), unit), tuple(say(*column) for column in columns))
        for title, say in ROWS
    )


def _comparison(answer: Answer) -> Element:
    heads = [
        html.Th(
            html.Button(
                f"Sc.\u00a0{number + 1}",
                type="button",
                className="tab",
                **{
                    "data-do": f"scenario:{number}",
                    "aria-pressed": str(number == answer.view.active).lower(),
                    "aria-label": f"Scénario {number + 1}",
                },
            ),
            scope="col",
            className="number",
        )
        for number in range(len(answer.scenarios))
    ]
    return html.Table(
        [
            html.Thead(
                html.Tr([html.Td(), html.Th("Auj.", scope="col", className="number"), *heads])
            ),
            html.Tbody(
                [
                    html.Tr(
                        [
                            html.Th(name, scope="row"),
                            *(
                                html.Td(cell, className=_column_class(answer, at))
                                for at, cell in enumerate(cells)
                            ),
                        ]
                    )
                    for name, cells in compared(answer)
                ]
            ),
        ],
        className="gap-figures comparison",
        **{"aria-label": "Scénarios comparés"},
    )


def _column_class(answer: Answer, at: int) -> str:
    return "number shown" if at == answer.view.active + 1 else "number"


def _with_unit(title: str, unit: str) -> str:
    return f"{title} ({unit})" if title.startswith("Gain") else title


def _sites(answer: Answer) -> Element:
    active = answer.scenarios[answer.view.active]
    number, short = answer.view.active + 1, WORDS[answer.now.public].short
    actions = [
        _do("Annuler le dernier site", "undo") if active.sites else None,
        _do("Nouveau scénario", "new") if len(answer.scenarios) < MOST_SCENARIOS else None,
        _do("Supprimer ce scénario", "drop"),
    ]
    listed: list[Child] = [
        html.Li(
            [
                html.Span(str(rank), className="site-mark"),
                html.Span(typeset(site.commune), className="site-name"),
                html.Span(f"+\u202f{format_number(site.gain)} {short}", className="number"),
                _do(
                    "Retirer",
                    f"remove:{site.code}",
                    **{"aria-label": f"Retirer {typeset(site.commune)}"},
                ),
            ]
        )
        for rank, site in enumerate(active.sites, 1)
    ]
    head = f"Scénario {number}\u00a0: {plural(len(active.sites), 'site')}"
    return html.Div(
        [
            html.H4(head),
            html.Ol(listed, className="sites")
            if listed
            else html.P("Aucun site.", className="note"),
            html.P([action for action in actions if action], className="actions"),
        ],
        className="scenario",
    )


def _proposal_form(answer: Answer) -> Element:
    chosen = answer.view.proposed or 3
    return html.Div(
        [
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


def _proposal(found: NewSites) -> list[Child]:
    told = (
        new_sites_sentence(found),
        proof_sentence(found),
        *equals_sentences(found),
        *([range_sentence(found)] if found.sites else []),
        *stability_sentences(found),
    )
    many = plural(found.asked, "site proposé", "sites proposés")
    return [html.H4(many), *(html.P(typeset(text), className="told") for text in told)]
