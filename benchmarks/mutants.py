"""How many small faults the tests notice, by subject, and where those stand that they do not.

Reads what ``mutmut run`` leaves in ``mutants/``; ``make mutants`` runs both.
"""

import subprocess
import sys
from collections import Counter, defaultdict

SUBJECTS = {
    "money": ("layers.french.money",),
    "plans": ("layers.operation.plan", "layers.deliberation.fiche"),
    "gaps": ("layers.gaps",),
    "siting": ("geo.siting",),
    "access": ("geo.access",),
    "classes": ("app.drawing.class",),
    "placing": ("layers.placing.position",),
    "guesses": ("layers.brought",),
}
NOTICED = frozenset({"killed", "timeout", "segfault", "suspicious", "caught by type check"})
UNTRIED = frozenset({"not checked", "skipped"})


def read_results() -> list[tuple[str, str]]:
    """Return each fault's name and what became of it."""
    command = [sys.executable, "-m", "mutmut", "results", "--all", "true"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = (line.strip().rpartition(": ") for line in told.splitlines() if "__mutmut_" in line)
    return [(name, state) for name, _, state in rows]


def subject_of(name: str) -> str:
    """Return the subject of a fault, by the module that its name begins with."""
    return next(one for one, roots in SUBJECTS.items() if name.startswith(roots))


def main() -> None:
    """Print the table, then the functions with the faults that were not noticed."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    missed: Counter[str] = Counter()
    for name, state in read_results():
        kind = "noticed" if state in NOTICED else "untried" if state in UNTRIED else "missed"
        counts[subject_of(name)][kind] += 1
        if kind == "missed":
            missed[name.partition("__mutmut_")[0].replace(".x_", ".")] += 1
    print("| subject | faults | noticed | share |\n| --- | --: | --: | --: |")
    for subject in SUBJECTS:
        row = counts[subject]
        _print_row(subject, row)
    _print_row("**all**", sum(counts.values(), Counter()))
    print("\n| function | not noticed |\n| --- | --: |")
    for name, count in sorted(missed.items()):
        print(f"| `{name}` | {count} |")


def _print_row(subject: str, row: Counter[str]) -> None:
    tried = row["noticed"] + row["missed"]
    share = f"{row['noticed'] / tried:.1%}" if tried else "–"
    left = f" ({row['untried']} not tried)" if row["untried"] else ""
    print(f"| {subject} | {tried}{left} | {row['noticed']} | {share} |")


if __name__ == "__main__":
    main()
