"""The rows that a draft gives of its operations: themselves, plan, calendar, pacts."""

from collections.abc import Iterator, Sequence

from geo.names import normalise
from geo.perimeter import Perimeter, PlaceError
from geo.reference.places import Reference
from layers.deliberation.adoption.contract_rows import joined_contract
from layers.deliberation.adoption.grant_lines import Granting, find_articles, find_budget_codes
from layers.deliberation.adoption.held_tables import Row
from layers.deliberation.adoption.places import find_communes, find_partner
from layers.deliberation.draft.model import Draft, Expense, Operation, Receipt
from layers.deliberation.draft.values import Record
from layers.french.wording import format_euros


def project_operations(
    draft: Draft, name: str, reference: Reference, contracts: Sequence[Row]
) -> tuple[list[Row], list[str]]:
    """Return a row for each operation, and the fields that are missing or in doubt."""
    articles = find_articles(draft.deliberation, draft.operations, reference)
    codes = find_budget_codes(draft.budget, draft.operations)
    rows: list[Row] = []
    missing: list[str] = []
    for index, operation in enumerate(draft.operations):
        field = f"operations.{index}"
        day = draft.deliberation.date or ""
        partner, contract = _find_contract(operation, day, reference, contracts)
        asked = _ask(operation, articles[index], codes[index], {line.code for line in draft.budget})
        if partner is None or contract is None:
            asked.append(
                f"contrat : aucun contrat de territoire avec « {operation.contrat} » en {day[:4]}"
            )
        else:
            row = _row(operation, contract, reference)
            try:
                row["communes"] = ";".join(find_communes(operation, partner, reference))
            except PlaceError as error:
                asked.append(f"communes : {error}")
            else:
                if not row["communes"]:
                    asked.append(_ask_commune(operation))
            row["id"] = _identify(name, contract, operation)
            if row["id"] in {each["id"] for each in rows}:
                asked.append(f"numero_fiche : deux fiches {operation.numero_fiche} pour ce contrat")
            row["article"], row["article_line"] = map(str, articles[index] or ("", ""))
            row["budget_code"] = codes[index] or ""
            rows.append(row)
        missing += [f"{field}.{each}" for each in asked]
    return rows, missing


def identify_operations(
    draft: Draft, name: str, reference: Reference, contracts: Sequence[Row]
) -> list[str | None]:
    """Return the identifier of each operation in the tables, None where no contract is found.

    However the tables word its title: it is made of the act, the contract and the number.
    """
    day = draft.deliberation.date or ""
    found = (_find_contract(each, day, reference, contracts)[1] for each in draft.operations)
    return [
        _identify(name, contract, operation) if contract else None
        for contract, operation in zip(found, draft.operations, strict=True)
    ]


def project_plan(identifier: str, operation: Operation) -> Iterator[Row]:
    """Yield the lines of the plan, expenses first, ranked on their side."""
    sides: tuple[tuple[str, Sequence[Expense | Receipt]], ...] = (
        ("depense", operation.depenses),
        ("recette", operation.recettes),
    )
    for side, lines in sides:
        for rank, line in enumerate(lines, start=1):
            yield {
                "operation": identifier,
                "side": side,
                "rank": str(rank),
                "label": line.libelle,
                "parent": line.parent or "",
                "funder": line.financeur if isinstance(line, Receipt) else "",
                "programme": line.programme if isinstance(line, Receipt) else "",
                "amount": f"{line.montant:.2f}",
                "line": _line(line, "montant", operation),
            }


def project_calendar(identifier: str, operation: Operation) -> Iterator[Row]:
    """Yield the dated steps."""
    for step in operation.calendrier:
        if step.valeur:
            yield {
                "operation": identifier,
                "step": step.etape,
                "date": step.valeur,
                "comment": step.commentaire,
                "line": _line(step, "valeur", operation),
            }


def project_pacts(identifier: str, operation: Operation) -> Iterator[Row]:
    """Yield the numbered ambitions."""
    for link in operation.pactes:
        if link.ambition is not None and link.libelle:
            yield {
                "operation": identifier,
                "pact": link.pacte,
                "ambition": str(link.ambition),
                "label": link.libelle,
                "line": _line(link, "ambition", operation),
            }


def _find_contract(
    operation: Operation, day: str, reference: Reference, contracts: Sequence[Row]
) -> tuple[Perimeter | None, Row | None]:
    """Return the partner that an operation names, and the contract that it joins."""
    partner = find_partner(operation.contrat or "", reference)
    return partner, joined_contract(partner, day, contracts) if partner else None


def _identify(name: str, contract: Row, operation: Operation) -> str:
    return f"{name}-{contract['id'][3:]}-{operation.numero_fiche}"


def _ask(
    operation: Operation, article: Granting | None, code: str | None, known: set[str]
) -> list[str]:
    """Return the fields of an operation that the tables need and the draft does not give."""
    fields = ("numero_fiche", "maitre_ouvrage", "localisation", "cout_total_ht")
    asked = [name for name in fields if getattr(operation, name) is None]
    asked += [name for name in ("depenses", "recettes") if not getattr(operation, name)]
    if operation.totaux.recettes is None:
        asked.append("totaux.recettes")
    if code not in known:
        choice = ", ".join(sorted(known)) or "la ligne du budget manque aussi, « budget »"
        asked.append(f"code_budgetaire : {choice}")
    if article is None:
        asked.append(
            f"montant_fit : aucun article de « deliberation.articles » n’attribue "
            f"{format_euros(operation.montant_fit, cents=True)}"
        )
    return asked


def _ask_commune(operation: Operation) -> str:
    place = operation.localisation or ""
    return (
        f"communes : « {place} » ne désigne pas une seule commune ; écrivez son code ou son nom, "
        "par exemple communes: ['62193']"
    )


def _row(operation: Operation, contract: Row, reference: Reference) -> Row:
    return {
        "number": str(operation.numero_fiche),
        "title": operation.titre or "",
        "contract": contract["id"],
        "owner": _owner(operation, contract, reference),
        "owner_line": _line(operation, "maitre_ouvrage", operation),
        "delegate": operation.mandataire or "",
        "delegate_line": _line(operation, "mandataire", operation) if operation.mandataire else "",
        "place": operation.localisation or "",
        "place_line": _line(operation, "localisation", operation),
        "fit": f"{operation.montant_fit:.2f}",
        "fit_line": _line(operation, "montant_fit", operation),
        "total_cost": _money(operation, "cout_total_ht"),
        "total_receipts": f"{operation.totaux.recettes or 0:.2f}",
        "total_line": _line(operation.totaux, "depenses", operation),
        "axes": " | ".join(operation.axes),
        "axes_line": _line(operation, "axes.0", operation) if operation.axes else "",
        "title_line": _line(operation, "titre", operation),
    }


def _owner(operation: Operation, contract: Row, reference: Reference) -> str:
    """Write the owner as the contract does where the fiche gives the bare name of its commune."""
    owner = operation.maitre_ouvrage or ""
    kind, _, code = contract["perimeter"].partition(":")
    bare = kind == "commune" and normalise(owner) == normalise(reference.communes[code].name)
    return contract["partner"] if bare else owner


def _money(operation: Operation, name: str) -> str:
    amount = getattr(operation, name)
    return "" if amount is None else f"{amount:.2f}"


def _line(record: Record, name: str, operation: Operation) -> str:
    """Return the line of a value; one that a person added stands with its fiche."""
    sources = (record.sources.get(name), *operation.sources.values())
    return str(next((source.ligne for source in sources if source), 1))
