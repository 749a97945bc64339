"""Who pays the operations: the receipts of all plans de financement, by kind of funder."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from layers.catalogue.layers import Catalogue
from layers.documents.funders import FIT, Funder
from layers.facts.contracts import FINANCING

_ORDER = list(Funder)


@dataclass(frozen=True, slots=True)
class Payer:
    """What one kind of funder pays of all the plans.

    Parameters
    ----------
    funder, is_fit
        Class of the funder, and whether this is the FIT of the Département.
    amount
        Euros, before tax, as the plans print it.
    operations
        Number of operations that it pays for.
    """

    funder: Funder
    is_fit: bool
    amount: Decimal
    operations: int


def payers(catalogue: Catalogue) -> tuple[Payer, ...]:
    """Return who pays, the FIT first, then in the order of :class:`Funder`.

    A line that details another one is not added again.

    Raises
    ------
    layers.model.layer.LayerError
        The plans cannot be read.
    """
    lines = FINANCING.read(catalogue.data)
    receipts = lines[(lines["side"] == "recette") & lines["parent"].isna()]
    amounts: defaultdict[tuple[Funder, bool], dict[str, Decimal]] = defaultdict(dict)
    for row in receipts.to_dict("records"):
        paid = amounts[Funder(row["funder"]), row["programme"] == FIT]
        paid[row["operation"]] = paid.get(row["operation"], Decimal(0)) + row["amount"]
    return tuple(
        Payer(funder, is_fit, sum(paid.values(), Decimal(0)), len(paid))
        for (funder, is_fit), paid in sorted(
            amounts.items(), key=lambda item: (not item[0][1], _ORDER.index(item[0][0]))
        )
    )
