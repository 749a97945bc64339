"""What grants an operation its FIT: the article of the act, the line of the budget."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from geo.reference.places import Reference
from layers.deliberation.adoption.places import find_partner
from layers.deliberation.draft.model import Act, Article, BudgetLine, Operation

MOST_TRIES: Final = 100_000

Granting = tuple[int, int]
"""Number of an article, and the line where it prints the amount."""


def find_articles(
    act: Act, operations: Sequence[Operation], reference: Reference
) -> list[Granting | None]:
    """Return for each operation the article that grants its FIT, each printed amount used once."""
    free = [(article, rank) for article in act.articles for rank, _ in enumerate(article.montants)]
    found: list[Granting | None] = []
    for operation in operations:
        same = [(a, rank) for a, rank in free if a.montants[rank] == operation.montant_fit]
        own = [pair for pair in same if _benefits(pair[0], operation, reference)]
        chosen = next(iter(own or same), None)
        if chosen is None:
            found.append(None)
            continue
        free.remove(chosen)
        found.append(_cite(*chosen))
    return found


def _benefits(article: Article, operation: Operation, reference: Reference) -> bool:
    parties = (operation.contrat, operation.mandataire, operation.maitre_ouvrage)
    known = {find_partner(name, reference) for name in parties if name}
    beneficiary = find_partner(article.beneficiaire or "", reference)
    return beneficiary is not None and beneficiary in known


def _cite(article: Article, rank: int) -> Granting | None:
    digits = re.search(r"\d+", article.numero)
    if not digits and article.numero.casefold() != "unique":
        return None
    source = article.sources.get(f"montants.{rank}") or article.sources.get("numero")
    return int(digits[0]) if digits else 1, source.ligne if source else 1


def find_budget_codes(
    budget: Sequence[BudgetLine], operations: Sequence[Operation]
) -> list[str | None]:
    """Return for each operation the code of the budget line that bears it.

    What a person wrote in ``code_budgetaire`` wins; else the operations are divided among the
    lines so that each proposes what its operations receive. None where no division, or more than
    one, comes out.
    """
    left = {line.code: line.proposition or Decimal(0) for line in budget}
    solutions: list[list[str]] = []
    tries = 0

    def divide(chosen: list[str]) -> None:
        nonlocal tries
        tries += 1
        if len(solutions) > 1 or tries > MOST_TRIES:
            return
        if len(chosen) == len(operations):
            if not any(left.values()):
                solutions.append(chosen)
            return
        operation = operations[len(chosen)]
        fit = operation.montant_fit or Decimal(0)
        for code, rest in list(left.items()):
            if operation.code_budgetaire in {None, code} and fit <= rest:
                left[code] = rest - fit
                divide([*chosen, code])
                left[code] = rest

    divide([])
    if len(left) == 1:
        return [operation.code_budgetaire or next(iter(left)) for operation in operations]
    if len(solutions) == 1 and tries <= MOST_TRIES:
        return list(solutions[0])
    return [operation.code_budgetaire for operation in operations]
