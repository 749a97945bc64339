"""What a place has from the contract of a wider partner: it comes first on its sheet."""

from collections.abc import Sequence
from dataclasses import replace

from geo.perimeter import Perimeter
from layers.catalogue.layers import Catalogue
from layers.sheets.contract_ties import ContractTie, Relation
from layers.sheets.key_figures import KeyFigure


def partner_of(contracts: Sequence[ContractTie]) -> Perimeter | None:
    """Return the wider partner whose contract alone holds a place; None where it has its own."""
    if contracts and contracts[0].relation is Relation.INSIDE:
        return contracts[0].perimeter
    return None


def say_contract(catalogue: Catalogue, partner: Perimeter, figures: Sequence[KeyFigure]) -> str:
    """Return what the contract of a partner brings, from its key figures.

    As ``CA de Béthune-Bruay : 255 000 € de FIT, 2 opérations``; empty where it is not known whole.
    """
    by_id = {figure.id: figure for figure in figures}
    fit, count = by_id["fit"], by_id["operations"]
    if fit.value is None or count.value is None:
        return ""
    return f"{_short_name(catalogue, partner)} : {fit.text} de FIT, {count.text}"


def name_money(
    catalogue: Catalogue, partner: Perimeter, figures: Sequence[KeyFigure]
) -> tuple[KeyFigure, ...]:
    """Return what is known of a contract's money, each figure with its partner in its title."""
    name = _short_name(catalogue, partner)
    return tuple(
        replace(figure, title=f"{figure.title}, {name}")
        for figure in figures
        if figure.id in {"fit", "fit_par_habitant"} and figure.value is not None
    )


def _short_name(catalogue: Catalogue, partner: Perimeter) -> str:
    return catalogue.reference.name_of(partner).partition(",")[0]
