"""Scenarios on the page Écarts: new sites, what each changes, side by side, and the best ones."""

from collections.abc import Mapping

from app.gaps.calculator import Answer
from app.gaps.compared import compared
from app.gaps.proposal import render_proposal, render_proposal_form
from app.gaps.view import MOST_SCENARIOS
from app.parts import markup as html
from app.parts.markup import Child, Element
from app.parts.typography import typeset
from layers.french.wording import format_number, plural
from layers.gaps.public_words import WORDS
from layers.gaps.question import CLOSES, FIRST
from layers.gaps.scenarios import ClosedSite


def render_scenarios(answer: Answer, layers: Mapping[str, str]) -> Element:
    """Return the section where sites are put, taken away, weighed and proposed.

    Parameters
    ----------
    layers
        Titles of the layers of points, by identifier.
    """
    return html.Section(
        [
            html.H3("Et si l’on ouvrait ou fermait un site\u202f?"),
            html.P(
                "Cliquez une commune sur la carte : un site y est supposé ouvert, à la mairie, ou, "
                "dans une ville qui a déjà ce service, là où il en rapproche le plus ses "
                "habitants ; un second clic le retire. Cliquez un lieu du service : il peut être "
                "supposé fermé.".replace(" :", "\u00a0:").replace(" ;", "\u202f;"),
                className="note",
            ),
            _add_form(),
            _close_form(),
            *([_comparison(answer), _sites(answer)] if answer.scenarios else []),
            *_proposals(answer, layers),
        ],
        className="scenarios",
    )


def render_changes(answer: Answer) -> Element:
    """Return the section where sites are put and taken away, where ways are not what is counted."""
    return html.Section(
        [
            html.H3("Et si l’on ouvrait ou fermait un site\u202f?"),
            html.P(
                typeset(
                    "Cliquez une commune pour y supposer un site, qui a autant de places que la "
                    "moyenne des autres, ou un lieu du service pour le supposer fermé."
                ),
                className="note",
            ),
            _add_form(),
            _close_form(),
            *([_sites(answer)] if answer.scenarios else []),
        ],
        className="scenarios",
    )


def _do(text: str, action: str, **attributes: str) -> Element:
    return html.Button(
        text, type="button", **{"className": "link", "data-do": action, **attributes}
    )


def _name_form(names: tuple[str, str, str], label: str, press: str, longest: int) -> Element:
    """Return a form in which a commune or a place is named.

    Parameters
    ----------
    names
        Identifiers of the form, its field and the list of what is known.
    """
    form, field, known = names
    return html.Form(
        [
            html.Datalist(id=known),
            html.Label(
                [
                    html.Span(label, className="group-title"),
                    html.Input(
                        type="text",
                        id=field,
                        className="control",
                        list=known,
                        autocomplete="off",
                        maxlength=str(longest),
                    ),
                ],
                className="field-label",
            ),
            html.Button(press, type="submit", className="button"),
        ],
        id=form,
        className="inline-form",
    )


def _add_form() -> Element:
    names = ("gap-add", "gap-commune", "gap-communes")
    return _name_form(names, "Commune où ouvrir un site", "Ouvrir", 60)


def _close_form() -> Element:
    names = ("gap-close", "gap-place", "gap-places")
    return _name_form(names, "Lieu du service à fermer", "Fermer", 120)


def _proposals(answer: Answer, layers: Mapping[str, str]) -> list[Child]:
    if answer.view.rank != FIRST:
        told = "Les meilleurs sites se proposent pour le plus proche, non pour le deuxième choix."
        return [html.P(told, className="note")]
    found = render_proposal(answer.proposal) if answer.proposal else []
    return [render_proposal_form(answer, layers), *found]


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


def _sites(answer: Answer) -> Element:
    active = answer.scenarios[answer.view.active]
    number, short = answer.view.active + 1, WORDS[answer.now.public].short
    changed = len(active.sites) + len(active.closed)
    actions = [
        _do("Annuler le dernier", "undo") if changed else None,
        _do("Nouveau scénario", "new") if len(answer.scenarios) < MOST_SCENARIOS else None,
        _do("Supprimer ce scénario", "drop"),
    ]
    opened: list[Child] = [
        _site(str(rank), new.site.name or new.site.commune, new.site.word, f"+\u202f{gain} {short}")
        for rank, new in enumerate(active.sites, 1)
        for gain in [format_number(new.gain)]
    ]
    closed: list[Child] = [
        _closed(one, f"−\u202f{format_number(one.loss)} {short}") for one in active.closed
    ]
    parts = [
        plural(len(active.sites), "site ouvert", "sites ouverts") if active.sites else "",
        plural(len(active.closed), "fermé") if active.closed else "",
    ]
    head = f"Scénario {number}\u00a0: {', '.join(filter(None, parts)) or 'aucun changement'}"
    return html.Div(
        [
            html.H4(head),
            html.Ol([*opened, *closed], className="sites")
            if changed
            else html.P("Aucun site.", className="note"),
            html.P([action for action in actions if action], className="actions"),
        ],
        className="scenario",
    )


def _site(mark: str, name: str, word: str, change: str) -> Element:
    return html.Li(
        [
            html.Span(mark, className="site-mark"),
            html.Span(typeset(name), className="site-name"),
            html.Span(change, className="number"),
            _do("Retirer", f"remove:{word}", **{"aria-label": f"Retirer {typeset(name)}"}),
        ]
    )


def _closed(one: ClosedSite, change: str) -> Element:
    name = f"{one.place.title} ({one.place.commune})"
    return html.Li(
        [
            html.Span("✕", className="site-mark closed", **{"aria-label": "Fermé"}),
            html.Span(typeset(name), className="site-name"),
            html.Span(change, className="number"),
            _do(
                "Rouvrir",
                f"remove:{CLOSES}{one.place.word}",
                **{"aria-label": f"Rouvrir {typeset(name)}"},
            ),
        ]
    )
