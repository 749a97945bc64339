"""Files like those that went wrong for users of comparable tools: each stands for a kind.

They were made for this (tests/fixtures/cases); names and amounts are invented where they are not
public facts.
"""

from pathlib import Path

CASES = Path(__file__).parents[2] / "fixtures" / "cases"


def told(made, outcome=None):
    return [
        (p.line, p.column, p.value.replace("\u00a0", " "))
        for p in made.problems
        if outcome in {None, p.outcome}
    ]


def texts(*lines, encoding="utf-8"):
    return "\n".join(lines).encode(encoding)


def values(made, name):
    return made.rows[name].tolist()
