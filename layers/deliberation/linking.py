"""Link what was read: one name for a partner, its contract for each fiche."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from layers.deliberation.booklet.contracts import CITY, Found, find_years
from layers.deliberation.booklet.parties import find_parties, find_same, kind_of
from layers.deliberation.draft.model import Act, Contract, Operation, Report, Summary
from layers.deliberation.draft.values import GUESSED, LIKELY, SURE, Level
from layers.deliberation.fiche.operation import name_operation
from layers.deliberation.text.bullets import read_items
from layers.deliberation.text.parts import FichePart, find_footers
from layers.deliberation.text.reading import Reading, trace

_BY_PLACE: Final = 2
_BY_NAME: Final = 2


_COMPLETED: Final = (
    "axes", "realisations", "interlocuteurs_departement", "interlocuteurs_partenaire",
    "signataires", "ingenierie",
)  # fmt: skip


def link_contracts(
    reading: Reading, act: Act, report: Report | None, found: Sequence[Found]
) -> list[Contract]:
    """Return one contract per partner, each under the name that the report or the act gives it.

    A partner that the act names and whose booklet is missing has a contract that is not joined.
    """
    named = list(report.partenaires) if report else []
    authorised = [name for article in act.articles for name in article.partenaires]
    contracts: list[Contract] = []
    for each in found:
        contract = each.contract
        name = find_same(contract.partenaire, named) or find_same(contract.partenaire, authorised)
        contract.graphies = list(dict.fromkeys([*contract.graphies, contract.partenaire]))
        contract.partenaire = name or contract.partenaire
        before = next((c for c in contracts if c.partenaire == contract.partenaire), None)
        if before is None:
            contracts.append(contract)
        else:
            _complete(before, contract)
    for name in authorised:
        if not find_same(name, [contract.partenaire for contract in contracts]):
            contracts.append(_name_only(reading, act, name))
    _fill_periods(act, contracts)
    return contracts


def _complete(kept: Contract, other: Contract) -> None:
    """Complete a contract with a second part of its booklet."""
    for name in _COMPLETED:
        if not getattr(kept, name) and getattr(other, name):
            setattr(kept, name, getattr(other, name))
            kept.sources.update({k: v for k, v in other.sources.items() if k.startswith(name)})


def _name_only(reading: Reading, act: Act, name: str) -> Contract:
    article = next(a for a in act.articles if name in a.partenaires)
    where = article.sources["partenaires"]
    reading.note(
        Level.WARNING,
        "contrat-non-joint",
        f"Article {article.numero} : le contrat avec « {name} » n’est pas dans le document.",
        where.ligne,
    )
    contract = Contract(partenaire=name, type_partenaire=kind_of(name), joint=False)
    contract.sources["partenaire"] = where
    return contract


def _fill_periods(act: Act, contracts: Sequence[Contract]) -> None:
    """Give the years of the act's object to a booklet that prints none."""
    years = find_years(act.objet or "")
    for contract in contracts:
        if contract.periode is None and years and "objet" in act.sources:
            contract.periode = years
            contract.sources["periode"] = act.sources["objet"].model_copy(
                update={"confiance": LIKELY}
            )


def list_city_contracts(reading: Reading) -> list[Contract]:
    """Read the list of the partners of the contrats de ville."""
    lines = reading.part(reading.parts.city_list)
    if not lines:
        return []
    years = find_years(reading.join(lines[:4]))
    contracts = []
    for item in read_items(lines):
        for name in find_parties(reading.vocabulary.join_texts(item.texts))[:1]:
            contract = Contract(
                partenaire=name,
                type_partenaire=kind_of(name),
                nature=CITY,
                periode=years,
                joint=False,
            )
            contract.sources["partenaire"] = trace(item.line, SURE)
            if years:
                contract.sources["periode"] = trace(lines[0], SURE)
            contracts.append(contract)
    return contracts


def link_fiche(
    reading: Reading,
    part: FichePart,
    operation: Operation,
    contracts: list[Contract],
    near: str | None,
) -> None:
    """Give a fiche its contract: by its place, its footers, its owner and its delegate.

    ``near`` is the partner of the booklet before the fiche, None when there is none.
    """
    names = [contract.partenaire for contract in contracts]
    votes: Counter[str] = Counter()
    evidence = [*find_footers(reading.lines, part)[:1], operation.maitre_ouvrage or ""]
    evidence.append(operation.mandataire or "")
    for text in evidence:
        name = _find(text, names)
        votes.update({name: _BY_NAME} if name else {})
    nearest = _find(near or "", names)
    votes.update({nearest: _BY_PLACE} if nearest else {})
    line = operation.sources["numero_fiche"]
    if votes:
        operation.contrat, weight = votes.most_common(1)[0]
        sure = SURE if weight == votes.total() else GUESSED
        operation.sources["contrat"] = line.model_copy(update={"confiance": sure})
        if nearest and nearest != operation.contrat:
            reading.note(
                Level.WARNING,
                "fiche-hors-contrat",
                f"{name_operation(operation, line.ligne)} : elle suit le contrat avec "
                f"« {nearest} » mais nomme « {operation.contrat} ».",
                line.ligne,
            )
        return
    _cite_contract(reading, part, operation, contracts)


def title_fiche(operation: Operation, summary: Summary | None) -> None:
    """Give a fiche without a title the one of its row in the summary table."""
    if operation.titre is not None or summary is None or operation.contrat is None:
        return
    for row in summary.lignes:
        same = find_same(operation.contrat, [row.maitre_ouvrage or ""])
        if same and row.numero_fiche == operation.numero_fiche and row.titre:
            operation.titre = row.titre
            operation.sources["titre"] = row.sources["titre"].model_copy(
                update={"confiance": GUESSED}
            )
            return


def _find(text: str, names: Sequence[str]) -> str | None:
    """Find the partner that a text is, or else the first that it names."""
    same = find_same(text, names) if text else None
    named = (find_same(party, names) for party in find_parties(text))
    return same or next((name for name in named if name), None)


def _cite_contract(
    reading: Reading, part: FichePart, operation: Operation, contracts: list[Contract]
) -> None:
    """Name the contract of a fiche that comes alone, after its footer or its owner."""
    owners = find_parties(operation.maitre_ouvrage or "")[:1]
    footers = [name for text in find_footers(reading.lines, part) for name in find_parties(text)]
    agreed = [name for name in owners if find_same(name, footers)]
    parties = [*agreed, *footers, *owners]
    line = operation.sources["numero_fiche"]
    if not parties:
        reading.note(
            Level.WARNING,
            "fiche-sans-contrat",
            f"{name_operation(operation, line.ligne)} : le contrat n’a pas été trouvé.",
            line.ligne,
        )
        return
    contract = Contract(partenaire=parties[0], type_partenaire=kind_of(parties[0]), joint=False)
    contract.sources["partenaire"] = line.model_copy(update={"confiance": GUESSED})
    contracts.append(contract)
    operation.contrat = contract.partenaire
    operation.sources["contrat"] = contract.sources["partenaire"]
