"""What every store refuses, and the identifier that a layer gets where its own is taken."""

from collections.abc import Collection
from dataclasses import replace
from itertools import count

from layers.store.adoptions import Adoption
from layers.store.backups import OPERATOR
from layers.store.description import Description
from layers.store.protocol import StoreError


def check_adopting(layer_id: str, held: Adoption | None, source: str, *, replacing: bool) -> None:
    """Refuse an adoption that would replace what is not to be replaced.

    Parameters
    ----------
    held
        What the store has under that identifier.
    replacing
        Whether that may be replaced. Whoever is not the operator replaces only what they have
        adopted themselves.

    Raises
    ------
    StoreError
        Says why.
    """
    if held is not None and not replacing:
        raise StoreError(
            f"La couche « {layer_id} » est déjà dans le magasin ; ajoutez --remplacer pour la "
            "remplacer."
        )
    if replacing and source != OPERATOR and (held is None or held.source != source):
        raise StoreError(
            f"La couche « {layer_id} » n’a pas été adoptée depuis ce navigateur : seul "
            "l’exploitant peut la remplacer. Rien n’est changé."
        )


def check_removing(layer_id: str, known: Collection[str]) -> None:
    """Refuse to forget a layer that is not there; raises StoreError."""
    if layer_id not in known:
        raise StoreError(
            f"Couche « {layer_id} » absente du magasin ; il contient : "
            f"{', '.join(known) or 'rien'}."
        )


def with_free_id(description: Description, known: Collection[str]) -> Description:
    """Return a layer under its identifier, or under that and the first number that is free."""
    if description.id not in known:
        return description
    numbered = (f"{description.id}_{number}" for number in count(2))
    return replace(description, id=next(one for one in numbered if one not in known))
