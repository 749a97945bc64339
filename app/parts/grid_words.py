"""What the grid of rows says in French."""

from typing import Final

WORDS: Final = {
    "noRowsToShow": "Aucune ligne",
    "ariaSearch": "Rechercher",
    "ariaRowSelect": "Espace : sélectionner la ligne",
    "ariaSortableColumn": "Entrée : trier",
    "loadingOoo": "Chargement…",
}
