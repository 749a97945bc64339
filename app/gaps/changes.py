"""What a button of the page Écarts changes of its view, as the address of the view after it.

``assets/question.js`` does the same in the browser.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from app.gaps.address import format_gap_view
from app.gaps.view import MOST_SCENARIOS, MOST_SITES, GapView, usual_threshold
from geo.travel.line import Distance, StraightLine

Sites = tuple[str, ...]


def address_after(view: GapView, action: str) -> str | None:
    """Return the address that an action leads to, None where it takes more than an address.

    Parameters
    ----------
    action
        As buttons write it: ``remove:62193``, ``scenario:1``.
    """
    name, _, said = action.partition(":")
    change = _ACTIONS.get(name)
    after = change(view, said) if change else None
    return None if after is None else format_gap_view(after) or "?"


def turned(view: GapView, word: str) -> GapView:
    """Return a view with a change of its active scenario made, or taken back."""
    if word in view.sites:
        return _with_sites(view, tuple(site for site in view.sites if site != word))
    return _with_sites(view, (*view.sites, word)) if len(view.sites) < MOST_SITES else view


def _with_sites(view: GapView, sites: Sites) -> GapView:
    scenarios = [*view.scenarios] or [()]
    scenarios[view.active] = sites
    some = any(scenarios)
    return replace(
        view, scenarios=tuple(scenarios) if some else (), active=view.active if some else 0
    )


def _preset(view: GapView, said: str) -> GapView:
    service = said.partition(":")[0]
    model = StraightLine.id if view.model == Distance.id else view.model
    return replace(view, service=service, also=(), threshold=usual_threshold(service), model=model)


def _copied(view: GapView, _: str) -> GapView | None:
    if len(view.scenarios) >= MOST_SCENARIOS:
        return None
    return replace(view, scenarios=(*view.scenarios, view.sites), active=len(view.scenarios))


def _dropped(view: GapView, _: str) -> GapView:
    left = tuple(sites for rank, sites in enumerate(view.scenarios) if rank != view.active)
    proposed = view.proposed if left else 0
    return replace(view, scenarios=left, active=max(0, view.active - 1), proposed=proposed)


_ACTIONS: Final[dict[str, Callable[[GapView, str], GapView | None]]] = {
    "preset": _preset,
    "scenario": lambda view, rank: replace(view, active=int(rank)),
    "undo": lambda view, _: _with_sites(view, view.sites[:-1]),
    "remove": turned,
    "around": lambda view, word: replace(view, around=word),
    "new": _copied,
    "drop": _dropped,
}
