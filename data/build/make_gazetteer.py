"""Write the places around: communes of the Nord and the Somme, towns of France, départements."""

import argparse
import sys
from pathlib import Path
from typing import Any

import pandas as pd

import packages

NEIGHBOURS = ("59", "80")
HOME = "62"
TOWN = 15_000
"""Inhabitants from which a commune farther away is known by its name alone."""

TODAY = "commune-actuelle"
PARTS = {"commune-deleguee", "commune-associee"}


def main() -> int:
    """Make the tables; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--packages", type=Path, required=True)
    options = parser.parse_args()
    try:
        packages.fetch_from_npm(packages.COMMUNES_2026, options.packages)
    except packages.PackageError as error:
        print(f"make data: {error}", file=sys.stderr)
        return 1
    read = {
        name: packages.read_json(options.packages, packages.COMMUNES_2026, f"data/{name}.json")
        for name in ("communes", "departements")
    }
    options.output.mkdir(parents=True, exist_ok=True)
    for name, frame in (
        ("outside_communes", outside_communes(read["communes"], read["departements"])),
        ("departements", departements(read["departements"])),
    ):
        frame.to_csv(options.output / f"{name}.csv", index=False, lineterminator="\n")
        print(f"{name}.csv: {len(frame)} rows")
    return 0


def outside_communes(
    communes: list[dict[str, Any]], departements: list[dict[str, Any]]
) -> pd.DataFrame:
    """Return the communes outside the Pas-de-Calais that a text may name, in order of codes.

    All of the two neighbours, their communes déléguées and associées too; elsewhere the towns and
    the seats of the départements.
    """
    today = {c["code"]: c for c in communes if c["type"] == TODAY}
    seats = {d["chefLieu"] for d in departements}
    rows = []
    for commune in communes:
        whole = today.get(commune["code"] if commune["type"] == TODAY else commune.get("chefLieu"))
        if whole is None or commune["type"] not in {TODAY, *PARTS}:
            continue
        near = whole["departement"] in NEIGHBOURS
        is_town = commune["type"] == TODAY and (
            whole.get("population", 0) >= TOWN or commune["code"] in seats
        )
        if whole["departement"] != HOME and (near or is_town):
            rows.append(
                {
                    "code": commune["code"],
                    "name": commune["nom"],
                    "departement": whole["departement"],
                    "population": whole.get("population", 0) if commune is whole else "",
                    "postcodes": ";".join(whole.get("codesPostaux", [])),
                }
            )
    return pd.DataFrame(rows).sort_values(["code", "name"]).drop_duplicates(["code", "name"])


def departements(departements: list[dict[str, Any]]) -> pd.DataFrame:
    """Return code and name of the départements but this one, in order of codes."""
    rows = [{"code": d["code"], "name": d["nom"]} for d in departements if d["code"] != HOME]
    return pd.DataFrame(rows).sort_values("code")


if __name__ == "__main__":
    sys.exit(main())
