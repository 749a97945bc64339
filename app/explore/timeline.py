"""The timeline of the operations: how many are under way each semester, surely and perhaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.map.atlas import Atlas
from app.parts import markup as html
from app.parts.fields import render_field
from app.parts.keys import TIMELINE_HELP
from app.parts.markup import Element
from app.parts.typography import typeset
from app.view.operation_choice import OperationChoice
from app.view.operation_filter import calendar_years
from layers.catalogue.layers import Catalogue
from layers.french.semester import Semester
from layers.french.wording import plural
from layers.model.layer import LayerError
from layers.operation.ambitions import Ambition, list_ambitions
from layers.operation.calendar import read_spans

HEIGHT: Final = 44
"""Pixels of the tallest column."""


def render_timeline(
    atlas: Atlas, choice: OperationChoice, remarks: Sequence[str] = ()
) -> list[Element]:
    """Return the columns, the period over them and the sentence of what is kept.

    Parameters
    ----------
    remarks
        What was refused of the choice, French sentences.
    """
    catalogue = atlas.catalogue
    try:
        kept = atlas.kept_operations(choice)
        under_way = catalogue.derive(read_under_way)
        serving = frozenset(atlas.kept_operations(OperationChoice(ambitions=choice.ambitions)).keys)
    except LayerError as error:
        return [html.P(str(error), className="failure", role="note")]
    counts = {one: there.count(serving) for one, there in under_way.items()}
    chart = _columns(counts, choice.period)
    return [
        *(html.P(remark, className="failure", role="note") for remark in remarks),
        *chart,
        html.P(typeset(kept.sentence(choice)), className="note", id="operations-kept"),
    ]


def render_operation_picker(atlas: Atlas) -> list[Element]:
    """Return the form of the period and of the ambitions, without values."""
    try:
        axis = calendar_years(atlas.catalogue.derive(read_spans))
        ambitions = atlas.catalogue.derive(list_ambitions)
    except LayerError as error:
        return [html.P(str(error), className="failure", role="note")]
    period = html.Div(
        [_bound("De", "from", axis), _bound("À", "to", axis)], className="period-bounds"
    )
    clear = html.Button(
        "Toutes les opérations",
        type="button",
        className="link",
        **{"data-clear": "operations"},
    )
    fields = html.Div([period, _ambitions(ambitions), clear], className="operation-fields")
    summary = html.Summary("Choisir la période, les pactes")
    return [html.Details([summary, fields], className="more operation-form")]


def _bound(label: str, part: str, axis: Sequence[Semester]) -> Element:
    options = [html.Option("Sans limite", value="")]
    options += [html.Option(one.short_words, value=str(one)) for one in axis]
    return render_field(label, f"period-{part}", html.Select(options, **{"data-period": part}))


def _ambitions(ambitions: Mapping[str, Ambition]) -> Element:
    rows = [
        html.Label(
            [
                html.Input(type="checkbox", value=one.id, **{"data-ambition": one.id}),
                html.Span(typeset(one.label)),
                html.Span(str(len(one.operations)), className="number"),
            ],
            className="ambition" if one.id != one.pact else "ambition pact",
        )
        for one in ambitions.values()
    ]
    return html.Fieldset(
        [html.Legend("Garder ce qui sert un pacte ou une ambition"), *rows], className="ambitions"
    )


def _columns(
    counts: Mapping[Semester, tuple[int, int]], period: tuple[Semester, Semester] | None
) -> list[Element]:
    tallest = max((sure + maybe for sure, maybe in counts.values()), default=0) or 1
    # one stop for the keyboard: the arrows go on from there
    stop = next((one for one in counts if _inside(one, period)), next(iter(counts), None))
    columns = [
        html.Button(
            [_bar("maybe", maybe, tallest), _bar("sure", sure, tallest)],
            type="button",
            id=f"semester-{one}",
            className="semester",
            title=typeset(f"{one.words} : {_words(sure, maybe)}"),
            tabindex="0" if one == stop else "-1",
            **{
                "aria-label": typeset(f"{one.words} : {_words(sure, maybe)}"),
                "aria-pressed": str(_inside(one, period)).lower(),
                "data-semester": str(one),
            },
        )
        for one, (sure, maybe) in counts.items()
    ]
    years = [html.Span(str(one.year)) for one in counts if one.half == 1]
    return [
        html.Div(
            columns,
            className="semesters",
            role="toolbar",
            **{
                "aria-label": "Opérations prévues par semestre",
                "aria-describedby": "timeline-help",
            },
        ),
        html.P(TIMELINE_HELP, className="unseen", id="timeline-help"),
        html.Div(years, className="semester-years", **{"aria-hidden": "true"}),
        html.P(
            [
                html.Span(className="key key-sure"),
                "prévue ",
                html.Span(className="key key-maybe"),
                "peut-être : la fiche date au mois, au semestre ou à l’année",
            ],
            className="note",
        ),
    ]


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The operations that are under way in a semester: surely, and perhaps, by their keys."""

    surely: frozenset[str]
    perhaps: frozenset[str]

    def count(self, keys: frozenset[str]) -> tuple[int, int]:
        """Return how many of some operations are surely under way, and how many perhaps."""
        return len(self.surely & keys), len(self.perhaps & keys)


def read_under_way(catalogue: Catalogue) -> Mapping[Semester, UnderWay]:
    """Return what is under way in each semester of the calendars.

    Raises
    ------
    layers.model.layer.LayerError
        The operations or their calendars cannot be read.
    """
    spans = catalogue.derive(read_spans)
    found = {}
    for one in calendar_years(spans):
        days = one.first_day, one.last_day
        surely = frozenset(key for key, span in spans.items() if span.surely_runs(*days))
        maybe = frozenset(key for key, span in spans.items() if span.may_run(*days))
        found[one] = UnderWay(surely, maybe - surely)
    return found


def _bar(kind: str, count: int, tallest: int) -> Element:
    height = f"{count / tallest * HEIGHT:.1f}px"
    return html.Span(className=f"semester-{kind}", style={"height": height})


def _words(sure: int, maybe: int) -> str:
    text = plural(sure, "opération prévue", "opérations prévues")
    return f"{text}, {maybe} peut-être" if maybe else text


def _inside(one: Semester, period: tuple[Semester, Semester] | None) -> bool:
    return period is not None and period[0] <= one <= period[1]
