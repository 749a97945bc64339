"""What changed between two versions of one table, row by row, before one replaces the other."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from layers.brought.roles import Role
from layers.french.wording import plural

ADDED: Final = "ajoutée"
GONE: Final = "disparue"
CHANGED: Final = "changée"
NAMING: Final = (
    Role.COMMUNE_CODE, Role.EPCI, Role.CANTON, Role.TERRITORY, Role.MDS, Role.DISTRICT,
    Role.COMMUNE, Role.NAME,
)  # fmt: skip
"""Roles of the columns that tell rows apart best, the best first."""
ENOUGH: Final = 0.5
"""Share of the rows of the shorter table that a key must find in the other to be believed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not as it was.

    Parameters
    ----------
    kind
        :data:`ADDED`, :data:`GONE` or :data:`CHANGED`.
    name
        What the row is called: its key, or its first cells.
    before, after
        Its line in each version; None where it is in one alone.
    cells
        Of a changed row: column, text before, text after.
    """

    kind: str
    name: str
    before: int | None
    after: int | None
    cells: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Two versions of a table held against each other.

    Parameters
    ----------
    key
        Column by which rows were found again; empty where whole rows were compared.
    differences
        Rows that are gone and changed in the order of before, then those that were added.
    same
        Number of rows that are as they were.
    columns_added, columns_gone
        Headings that one version alone has.
    """

    key: str
    differences: tuple[Difference, ...]
    same: int
    columns_added: tuple[str, ...]
    columns_gone: tuple[str, ...]

    @property
    def counted(self) -> str:
        """How many rows came, changed, went and stayed, French words."""
        counts = Counter(one.kind for one in self.differences)
        said = [
            plural(counts[kind], f"ligne {kind}", f"lignes {kind}s")
            for kind in (ADDED, CHANGED, GONE)
            if counts[kind]
        ]
        return ", ".join([*said, plural(self.same, "ligne inchangée", "lignes inchangées")])

    @property
    def found_by(self) -> str:
        """How rows were found again, a French sentence."""
        if self.key:
            return f"Lignes retrouvées par la colonne « {self.key} »."
        return (
            "Aucune colonne ne nomme chaque ligne une seule fois : les lignes entières sont "
            "comparées."
        )


def compare_tables(
    before: pd.DataFrame, after: pd.DataFrame, roles: Mapping[str, Role]
) -> Comparison:
    """Return what changed between two versions of a table.

    Parameters
    ----------
    before, after
        Texts, None where a cell is empty; the index is the line.
    roles
        Of the columns, as they were chosen.
    """
    common = [column for column in before.columns if column in after.columns]
    key = _find_key(before, after, roles, common)
    found = _by_key(before, after, key, common) if key else _by_content(before, after, common)
    differences = tuple(found)
    missing = sum(one.kind != ADDED for one in differences)
    return Comparison(
        key,
        differences,
        len(before) - missing,
        tuple(str(c) for c in after.columns if c not in before.columns),
        tuple(str(c) for c in before.columns if c not in after.columns),
    )


def find_again(
    before: pd.DataFrame, after: pd.DataFrame, roles: Mapping[str, Role]
) -> dict[int, int]:
    """Return the line in the new version of each row of the old one that is found again."""
    common = [column for column in before.columns if column in after.columns]
    if key := _find_key(before, after, roles, common):
        lines = dict(zip(map(_text, after[key]), map(int, after.index), strict=True))
        names = zip(map(int, before.index), map(_text, before[key]), strict=True)
        return {line: lines[name] for line, name in names if name in lines}
    left: dict[tuple[str, ...], list[int]] = {}
    for line, cells in _contents(after, common).items():
        left.setdefault(cells, []).append(line)
    old = _contents(before, common)
    return {line: left[cells].pop(0) for line, cells in old.items() if left.get(cells)}


def _find_key(
    before: pd.DataFrame, after: pd.DataFrame, roles: Mapping[str, Role], common: Sequence[str]
) -> str:
    """Return the column that names each row of both versions once; empty where none does."""
    ranks = {role: rank for rank, role in enumerate(NAMING)}
    ordered = sorted(common, key=lambda c: ranks.get(roles.get(c, Role.TEXT), len(ranks)))
    for column in ordered:
        old, new = before[column], after[column]
        if old.isna().any() or new.isna().any() or old.duplicated().any() or new.duplicated().any():
            continue
        shared = len(set(map(_text, old)) & set(map(_text, new)))
        if shared >= ENOUGH * min(len(old), len(new)):
            return column
    return ""


def _by_key(
    before: pd.DataFrame, after: pd.DataFrame, key: str, common: Sequence[str]
) -> Iterator[Difference]:
    lines = {_text(value): int(line) for line, value in zip(after.index, after[key], strict=True)}
    new = dict(zip(after.index, after[[*common]].to_numpy(dtype=object), strict=True))
    seen: set[str] = set()
    names = map(_text, before[key])
    rows = before[[*common]].to_numpy(dtype=object)
    for line, name, cells in zip(before.index, names, rows, strict=True):
        seen.add(name)
        other = lines.get(name)
        if other is None:
            yield Difference(GONE, name, int(line), None)
            continue
        changed = tuple(
            (str(column), _text(old), _text(fresh))
            for column, old, fresh in zip(common, cells, new[other], strict=True)
            if _text(old) != _text(fresh)
        )
        if changed:
            yield Difference(CHANGED, name, int(line), other, changed)
    for name, other in lines.items():
        if name not in seen:
            yield Difference(ADDED, name, None, other)


def _by_content(
    before: pd.DataFrame, after: pd.DataFrame, common: Sequence[str]
) -> Iterator[Difference]:
    """Yield the rows that one version alone has, as many times as it has them."""
    old, new = _contents(before, common), _contents(after, common)
    for kind, mine, others in ((GONE, old, new), (ADDED, new, old)):
        left = Counter(others.values())
        for line, cells in mine.items():
            if left[cells]:
                left[cells] -= 1
                continue
            name = ", ".join(filter(None, cells[:3]))
            where = (line, None) if kind == GONE else (None, line)
            yield Difference(kind, name, *where)


def _contents(frame: pd.DataFrame, common: Sequence[str]) -> dict[int, tuple[str, ...]]:
    cells = frame[[*common]].to_numpy(dtype=object)
    return {int(line): tuple(map(_text, row)) for line, row in zip(frame.index, cells, strict=True)}


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""
