"""What the tables are made from: the packages, and the tables typed by hand."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

import packages

Rows = list[dict[str, Any]]
CURRENT = "commune-actuelle"


@dataclass(frozen=True)
class Sources:
    """The packages' folder, and the folder of the typed tables."""

    packages: Path
    typed: Path

    def typed_table(self, name: str) -> pd.DataFrame:
        """Return a table that was typed by hand, as text."""
        return pd.read_csv(self.typed / name, dtype=str, keep_default_na=False)

    def etalab(self, version: packages.Package, name: str) -> Rows:
        """Return one list of the découpage administratif."""
        return packages.read_json(self.packages, version, f"data/{name}.json")

    @cached_property
    def all_communes(self) -> Rows:
        """Every commune of France in 2026, délégué and associé ones too."""
        return self.etalab(packages.COMMUNES_2026, "communes")

    @cached_property
    def communes(self) -> dict[str, dict[str, Any]]:
        """The communes of France in 2026 by code."""
        return {c["code"]: c for c in self.all_communes if c["type"] == CURRENT}

    @cached_property
    def epcis(self) -> Rows:
        """The EPCIs with at least one commune in the département, in the order of codes."""
        rows = self.etalab(packages.COMMUNES_2026, "epci")
        ours = [e for e in rows if any(m["code"].startswith("62") for m in e["membres"])]
        return sorted(ours, key=lambda e: e["code"])

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of all communes and départements by code."""
        departments = self.etalab(packages.COMMUNES_2026, "departements")
        return {row["code"]: row["nom"] for row in [*departments, *self.communes.values()]}

    def area_of_epcis(self, table: str) -> dict[str, str]:
        """Return the territory or MDS area of each EPCI."""
        rows = self.typed_table(table)
        return {
            epci: code
            for code, epcis in zip(rows["code"], rows["epcis"], strict=True)
            for epci in epcis.split(";")
        }


def epci_of_communes(epcis: Rows) -> dict[str, str]:
    """Return the EPCI of each member, inside the département and outside."""
    return {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}


def members_of(epci: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Return the communes of an EPCI: those in the département, and those beyond."""
    codes = sorted(member["code"] for member in epci["membres"])
    inside = [code for code in codes if code.startswith("62")]
    return inside, [code for code in codes if code not in inside]
