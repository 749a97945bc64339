"""The rows of ``contracts.csv`` that a draft gives, and which contract an operation joins."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from geo.names import normalise
from geo.perimeter import Perimeter
from geo.reference.places import Reference
from layers.deliberation.adoption.held_tables import Row
from layers.deliberation.adoption.places import find_partner
from layers.deliberation.draft.model import Contract, Draft

_KINDS: Final = {"contrat de territoire": ("territoire", "ct"), "contrat de ville": ("ville", "cv")}
_PERIOD = re.compile(r"(?P<start>\d{4})\s*[-–]\s*(?P<end>\d{4})")
_LEADING = re.compile(
    r"^(?:communaute (?:d agglomeration|de communes|urbaine)|commune|ville|ca|cc|cu)?\s*"
    r"(?:(?:de|du|des|d|la|le|les|l) )*"
)


def project_contracts(
    draft: Draft, document: str, reference: Reference, held: Sequence[Row]
) -> tuple[list[Row], list[str]]:
    """Return a row for each contract that no other document gave, and the fields that are missing.

    A contract is that of one kind, with one partner, over the same years, however spelt; one
    without years is the one that runs on the day of the vote.
    """
    rows: list[Row] = []
    missing: list[str] = []
    for index, contract in enumerate(draft.contrats):
        field = f"contrats.{index}"
        perimeter = find_partner(contract.partenaire, reference)
        if perimeter is None:
            missing.append(
                f"{field}.partenaire : « {contract.partenaire} » n’est ni un EPCI ni une commune "
                "du Pas-de-Calais"
            )
            continue
        if contract.nature not in _KINDS:
            missing.append(f"{field}.nature : « {' » ou « '.join(_KINDS)} » est attendu")
            continue
        kind, _ = _KINDS[contract.nature]
        years = _PERIOD.search(contract.periode or "")
        same = _same(held, kind, perimeter, years, draft.deliberation.date or "")
        if same is not None and same["document"] != document:
            continue
        if years is None:
            missing.append(f"{field}.periode : par exemple « 2023-2026 »")
            continue
        identifier = same["id"] if same else _name(contract, perimeter, years, [*held, *rows])
        rows.append({
            **_row(draft, contract),
            "id": identifier,
            "kind": kind,
            "perimeter": str(perimeter),
            "start_year": years["start"],
            "end_year": years["end"],
        })  # fmt: skip
    return rows, missing


def identify_contracts(draft: Draft, reference: Reference, held: Sequence[Row]) -> list[str | None]:
    """Return the identifier of each contract of a draft in the table, None where it is not there.

    However the table spells its partner: it is that of one kind, one perimeter, the same years.
    """
    day = draft.deliberation.date or ""
    found = []
    for contract in draft.contrats:
        kind, _ = _KINDS.get(contract.nature, ("", ""))
        perimeter = find_partner(contract.partenaire, reference)
        years = _PERIOD.search(contract.periode or "")
        same = _same(held, kind, perimeter, years, day) if perimeter else None
        found.append(same["id"] if same else None)
    return found


def joined_contract(partner: Perimeter, day: str, contracts: Iterable[Row]) -> Row | None:
    """Return the contrat de territoire with a partner that runs on the ISO day of a vote."""
    running = [
        row
        for row in contracts
        if (row["kind"], row["perimeter"]) == ("territoire", str(partner)) and _runs(row, day)
    ]
    return max(running, key=lambda row: row["start_year"], default=None)


def _same(
    held: Sequence[Row], kind: str, perimeter: Perimeter, years: re.Match[str] | None, day: str
) -> Row | None:
    for row in held:
        if (row["kind"], row["perimeter"]) == (kind, str(perimeter)):
            period = (row["start_year"], row["end_year"])
            if (years is None and _runs(row, day)) or (years and period == years.groups()):
                return row
    return None


def _runs(row: Row, day: str) -> bool:
    return row["start_year"] <= day[:4] <= row["end_year"]


def _name(
    contract: Contract, perimeter: Perimeter, years: re.Match[str], others: Sequence[Row]
) -> str:
    """Name a contract after its partner, as its other contracts do, and apart from every other."""
    _, prefix = _KINDS[contract.nature]
    own = (row["id"][3:] for row in others if row["perimeter"] == str(perimeter))
    slug = next(own, None) or _LEADING.sub("", normalise(contract.partenaire)).replace(" ", "-")
    taken = {row["id"] for row in others}
    tries = (f"{prefix}-{slug}", f"{prefix}-{slug}-{years['start']}")
    free = (name for name in tries if name not in taken)
    return next(free, f"{prefix}-{perimeter.code}-{years['start']}-{years['end']}")


def _row(draft: Draft, contract: Contract) -> Row:
    act, report = draft.deliberation, draft.rapport
    source = contract.sources.get("partenaire")
    for rank, partner in enumerate(report.partenaires if report else ()):
        if normalise(partner) == normalise(contract.partenaire) and report:
            source = report.sources.get(f"partenaires.{rank}", source)
    axes = contract.sources.get("axes.0")
    return {
        "partner": contract.partenaire,
        "axes": " | ".join(contract.axes),
        "vote_date": act.date or "",
        "deliberation": act.numero or "",
        "line": str(source.ligne if source else 1),
        "axes_line": str(axes.ligne) if axes and contract.axes else "",
    }
