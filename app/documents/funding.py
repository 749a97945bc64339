"""The page of the money: every breakdown as a table to read and to download."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from app.documents.charts import Bar, funder_kind, stack
from app.exports.tables import (
    SOURCES_HEADING,
    cite,
    heading,
    to_csv,
    write_cell,
    write_csv,
)
from app.web.addresses import contract_url, map_url
from layers.catalogue.layers import Catalogue
from layers.communes import POPULATION
from layers.documents.register import OPERATION_ACTS
from layers.facts.acts import settle_sources
from layers.facts.operation_districts import stated_districts
from layers.french.wording import enumerate_words, format_euros, format_percent, plural
from layers.indicators.states import SIGNS, State
from layers.model.layer import Source
from layers.model.schema import Field
from layers.operation.funding import (
    BREAKDOWNS,
    UNDATED,
    Breakdown,
    Funding,
    Group,
    operations,
    say_share,
    total,
)
from layers.operation.payers import Payer, payers
from layers.operations import OPERATIONS


@dataclass(frozen=True, slots=True)
class Wording:
    """What a breakdown is called on the page.

    Parameters
    ----------
    title, heading, total
        Of the section, of the first column, of the last row.
    note
        French sentences: how it is counted.
    """

    title: str
    heading: str
    total: str
    note: str


WORDINGS: Final[Mapping[str, Wording]] = {
    "contrats": Wording(
        "Par contrat",
        "Contrat avec",
        "Tous les contrats",
        "Les euros par habitant divisent par la population du partenaire, EPCI ou commune.",
    ),
    "epci": Wording(
        "Par EPCI",
        "EPCI",
        "Pas-de-Calais",
        "Une opération compte dans l’EPCI où elle se trouve, même si son contrat est voté pour "
        "une commune. Là où une partie seulement des contrats est connue, la ligne est partielle : "
        "le FIT par habitant divise par les seuls habitants des communes connues.",
    ),
    "territoires": Wording(
        "Par territoire",
        "Territoire",
        "Pas-de-Calais",
        "Les sept territoires des maisons du Département aménagement et développement territorial. "
        "Une ligne est partielle là où une partie seulement des contrats est connue.",
    ),
    "pactes": Wording(
        "Par pacte",
        "Pacte",
        "Ensemble, chaque opération une fois",
        "Une opération compte en entier dans chaque pacte qu’elle sert : les lignes ne "
        "s’additionnent pas, le total compte chacune une fois.",
    ),
    "votes": Wording(
        "Par année de vote",
        "Vote en",
        "Ensemble",
        "L’année de la délibération qui attribue la subvention.",
    ),
    "travaux": Wording(
        "Par année de début des travaux",
        "Travaux prévus en",
        "Ensemble",
        "L’année que la fiche annonce, non celle où les travaux ont commencé.",
    ),
}

FIELDS: Final = (
    Field("title", "Libellé", "Ce dont parle la ligne."),
    Field("key", "Identifiant", "Contrat, périmètre, pacte ou année."),
    Field("operations", "Opérations", "Leur nombre.", "int"),
    Field("fit", "FIT", "Subventions votées.", "money", unit="€"),
    Field("cost", "Coût total HT", "Total des dépenses.", "money", unit="€"),
    Field("share", "Part du FIT", "FIT sur coût.", "float", unit="%"),
    Field("leverage", "Coût par euro de FIT", "Coût sur FIT.", "money", unit="€"),
    Field("population", "Population connue", "Habitants dont le contrat est connu.", "int"),
    Field("per_inhabitant", "FIT par habitant", "FIT sur population connue.", "money", unit="€"),
    Field("state", "État", "Ce que l’on sait de la ligne : connu, partiel, non disponible."),
    Field("partial", "Part connue", "De quelle partie sont les montants.", nullable=True),
)
TOTAL_KEY: Final = "total"
PAYERS: Final = "financeurs"
PAYER_FIELDS: Final = (
    Field("name", "Financeur", "Qui paie."),
    Field("operations", "Opérations", "Leur nombre.", "int"),
    Field("amount", "Montant HT", "Somme des recettes.", "money", unit="€"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """A breakdown and its words; the groups where nothing is known stand apart."""

    name: str
    words: Wording
    breakdown: Breakdown
    known: tuple[tuple[str, str, Funding], ...]
    unknown: tuple[Group, ...]

    @property
    def per_inhabitant(self) -> bool:
        """Whether the rows are about places."""
        return any(funding.population for _, _, funding in self.known)


def funding_page(catalogue: Catalogue) -> dict[str, Any]:
    """Return what the template of the money speaks of; raises LayerError."""
    money, paid = total(catalogue), payers(catalogue)
    receipts = sum((payer.amount for payer in paid), Decimal(0))
    return {
        "total": money,
        "sentence": money_sentence(money),
        "in_districts": districts_sentence(catalogue, money),
        "operations": operations(catalogue),
        "payers": [(_kind(payer), _name(payer), payer) for payer in paid],
        "bars": _bars(paid, money),
        "receipts": receipts,
        "tables": [_table(catalogue, name) for name in BREAKDOWNS],
    }


def funding_csv(catalogue: Catalogue, name: str) -> bytes | None:
    """Return a breakdown as CSV, None where there is none of that name; raises LayerError."""
    if name == OPERATIONS.id:
        return to_csv(catalogue.layer(name), catalogue.load(name))
    if name == PAYERS:
        return _payers_csv(catalogue)
    if name not in BREAKDOWNS:
        return None
    breakdown = BREAKDOWNS[name](catalogue)
    last = Group(TOTAL_KEY, WORDINGS[name].total, None, breakdown.total)
    sources = _told(catalogue, OPERATION_ACTS, POPULATION)
    headings = [*map(heading, FIELDS), SOURCES_HEADING]
    return write_csv(headings, ([*_cells(g), sources] for g in (*breakdown.groups, last)))


def _payers_csv(catalogue: Catalogue) -> bytes:
    paid, sources = payers(catalogue), _told(catalogue, OPERATION_ACTS)
    rows = ((_name(payer), payer.operations, payer.amount) for payer in paid)
    return write_csv(
        [*map(heading, PAYER_FIELDS), SOURCES_HEADING],
        ([*map(write_cell, PAYER_FIELDS, row), sources] for row in rows),
    )


def _told(catalogue: Catalogue, *sources: Source) -> str:
    settled = settle_sources(sources, catalogue.data)
    return "; ".join(cite(source) for source in settled)


def money_sentence(money: Funding) -> str:
    """Say all the money in a sentence to be read aloud."""
    text = (
        f"{format_euros(money.fit)} de FIT pour {money.operations} opérations qui coûtent "
        f"{format_euros(money.cost)} HT"
    )
    return f"{text}\u00a0: le FIT {share}." if (share := say_share(money)) else f"{text}."


def districts_sentence(catalogue: Catalogue, money: Funding) -> str:
    """Say how much of the FIT is in quartiers prioritaires by the documents' own words."""
    stated = stated_districts(catalogue.data)
    rows = catalogue.load(OPERATIONS.id)
    found = rows[rows["id"].isin(list(stated))]
    fit = sum(found["fit"], Decimal(0))
    if not fit:
        return ""
    acts = enumerate_words(f"{row.title} ({stated[row.id].lines})" for row in found.itertuples())
    return (
        f"{format_euros(fit)}, soit {format_percent(fit / money.fit, 0)} du FIT, vont à "
        f"{plural(len(found), 'opération située', 'opérations situées')} dans un quartier "
        f"prioritaire, d’après les documents eux-mêmes : {acts}. Des autres, ils ne le disent pas."
    )


def _table(catalogue: Catalogue, name: str) -> Table:
    breakdown = BREAKDOWNS[name](catalogue)
    known = tuple(
        (_title(name, group), _link(name, group), group.funding)
        for group in breakdown.groups
        if group.funding is not None
    )
    unknown = tuple(group for group in breakdown.groups if group.funding is None)
    return Table(name, WORDINGS[name], breakdown, known, unknown)


def _title(name: str, group: Group) -> str:
    if name == "pactes":
        return f"Pacte des {group.title}"
    return f"Date inconnue ({UNDATED})" if group.key == UNDATED else group.title


def _link(name: str, group: Group) -> str:
    if name == "contrats":
        return contract_url(group.key)
    return map_url(group.perimeter) if group.perimeter else ""


def _bars(paid: tuple[Payer, ...], money: Funding) -> tuple[Bar, ...]:
    return stack(((_kind(payer), payer.amount) for payer in paid), money.cost)


def _kind(payer: Payer) -> str:
    return funder_kind(payer.funder, is_fit=payer.is_fit)


def _name(payer: Payer) -> str:
    if payer.is_fit:
        return "Département, FIT"
    return f"{payer.funder}, autres aides" if payer.funder == "Département" else str(payer.funder)


def _state(money: Funding | None) -> State:
    if money is None:
        return State.UNKNOWN
    if money.coverage:
        return State.PARTIAL
    return State.KNOWN if money.fit else State.ZERO


def _cells(group: Group) -> Iterator[str]:
    money = group.funding
    for field in FIELDS:
        value = getattr(group if field.name in {"title", "key"} else money, field.name, None)
        if field.name == "state":
            value = SIGNS[_state(money)].word
        if field.name == "share" and value is not None:
            value = round(float(value) * 100, 2)
        yield write_cell(field, value)
