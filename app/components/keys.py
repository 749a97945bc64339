"""The keys of the map: told to those who hear the page, and on the page of help."""

from typing import Final

MAP_KEYS: Final = (
    ("Flèches", "passer d’un territoire à l’autre"),
    ("Entrée", "ouvrir sa fiche"),
    ("P", "ouvrir le point suivant de ceux qu’on voit"),
    ("Plus et moins", "zoom"),
    ("Majuscule et flèches", "déplacer la carte"),
    ("Échap", "fermer ce qui est ouvert"),
)
"""Keys while the map has the focus, and what each does."""

MAP_HELP: Final = " ".join(
    (
        *(f"{key}\u00a0: {does}." for key, does in MAP_KEYS),
        "Le tableau sous la carte contient les mêmes valeurs.",
    )
)
"""What describes the map to those who do not see it."""
