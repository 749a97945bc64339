"""Check the order of dates: vote, start, designer, works, end."""

from collections.abc import Iterator
from datetime import date

from geo.names import normalise
from layers.deliberation.checks.sums import name_of
from layers.deliberation.draft.model import Milestone, Operation, Remark
from layers.deliberation.draft.values import Level
from layers.french.period import DatePrecision, Period, find_period
from layers.french.wording import format_date


def check_order(operation: Operation, vote: date | None) -> Iterator[Remark]:
    """Give a remark for each order of dates that a reader would wonder at."""
    steps = [(step, _period(step)) for step in operation.calendrier]
    dated = [(step, period) for step, period in steps if period is not None]
    starts = [pair for pair in dated if _names(pair[0], "debut", "demarrage", "lancement")]
    works = [pair for pair in starts if _names(pair[0], "travaux")]
    ends = [pair for pair in dated if _names(pair[0], "fin", "livraison", "reception")]
    name = name_of(operation)
    if vote is not None:
        yield from _check_vote(name, starts, vote)
    for start, begun in starts:
        for end, ended in ends:
            if ended.is_before(begun):
                yield _remark(
                    Level.ERROR,
                    "fin-avant-début",
                    f"{name} : « {end.etape} » ({end.valeur}) précède « {start.etape} » "
                    f"({start.valeur}).",
                    start,
                    end,
                )
    for step, period in dated:
        if _is_contract(step):
            for start, begun in works:
                if begun.is_before(period):
                    yield _remark(
                        Level.WARNING,
                        "travaux-avant-marché",
                        f"{name} : « {start.etape} » ({start.valeur}) précède la notification des "
                        f"marchés ({step.valeur}).",
                        start,
                        step,
                    )
    yield from _check_designer(operation, name, dated)


def _check_vote(name: str, starts: list[tuple[Milestone, Period]], vote: date) -> Iterator[Remark]:
    for step, period in starts:
        if period.is_before(vote):
            words = "a commencé avant le vote"
        elif period.may_be_before(vote):
            words = "a pu commencer avant le vote"
        else:
            continue
        yield _remark(
            Level.WARNING,
            "commencée-avant-le-vote",
            f"{name} : elle {words} du {format_date(vote)} (« {step.etape} » : {step.valeur}).",
            step,
        )


def _check_designer(
    operation: Operation, name: str, dated: list[tuple[Milestone, Period]]
) -> Iterator[Remark]:
    """Find a designer who is named when the works are already contracted or begun."""
    found = find_period(operation.maitrise_oeuvre or "")
    if found is None:
        return
    designer = found[0]
    for step, period in dated:
        works = _is_contract(step) or (_names(step, "debut") and _names(step, "travaux"))
        if works and period.is_before(designer):
            lines = [step.sources["valeur"].ligne, operation.sources["maitrise_oeuvre"].ligne]
            yield Remark(
                niveau=Level.WARNING,
                regle="maîtrise-d’œuvre-tardive",
                message=f"{name} : la maîtrise d’œuvre est désignée ({designer.printed}) après "
                f"« {step.commentaire or step.etape} » ({step.valeur}).",
                lignes=sorted(lines),
            )


def _is_contract(step: Milestone) -> bool:
    words = normalise(f"{step.etape} {step.commentaire}")
    return "notification" in words and "marche" in words


def _names(step: Milestone, *words: str) -> bool:
    folded = normalise(step.etape).split()
    return any(word in folded for word in words)


def _period(step: Milestone) -> Period | None:
    try:
        start, end = date.fromisoformat(step.debut or ""), date.fromisoformat(step.fin or "")
        precision = DatePrecision(step.precision or DatePrecision.DAY)
    except ValueError:
        return None
    return Period(start, end, precision, step.valeur or "")


def _remark(level: Level, rule: str, message: str, *steps: Milestone) -> Remark:
    lines = sorted({trace.ligne for step in steps for trace in step.sources.values()})
    return Remark(niveau=level, regle=rule, message=message, lignes=lines)
