"""An operation in short, as plain data: what a sheet says of it, on screen, on paper, offline."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from layers.french.wording import format_euros


@dataclass(frozen=True, slots=True)
class OperationBrief:
    """What is said of an operation in a few lines.

    Parameters
    ----------
    id, title, owner, place, commune
        As the layer has them.
    fit, cost
        Euros.
    share
        Of the cost that the FIT pays, None where there is no cost.
    works
        When works begin and end, as the fiche dates them; empty where it says neither.
    remark
        What must be known of it, empty for nothing.
    district
        French sentence: what the document says of its quartier prioritaire, empty for nothing.
    """

    id: str
    title: str
    owner: str
    place: str
    commune: str
    fit: Decimal
    cost: Decimal
    share: Decimal | None
    works: str
    remark: str
    district: str = ""

    @property
    def amounts(self) -> str:
        """The grant and the cost in words."""
        return say_amounts(self.fit, self.cost)


def brief(row: Mapping[str, Any]) -> OperationBrief:
    """Return a row of the layer of operations in short."""
    return OperationBrief(
        id=row["id"],
        title=row["title"],
        owner=row["owner"],
        place=row["place"],
        commune=row["commune"],
        fit=row["fit"],
        cost=row["total_cost"],
        share=row["fit"] / row["total_cost"] if row["total_cost"] else None,
        works=" → ".join(step for step in (row["works_start"], row["works_end"]) if step),
        remark=row["remark"] or "",
        district=row.get("stated_district") or "",
    )


def say_amounts(fit: Decimal, cost: Decimal) -> str:
    """Say a grant and the cost that it helps to pay, both in euros."""
    return f"{format_euros(fit)} de FIT pour un coût de {format_euros(cost)} HT"
