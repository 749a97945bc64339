"""The keys of the map and of the timeline: told in the page, and on the page of help."""

from typing import Final

MAP_KEYS: Final = (
    ("Flèches", "passer d’un territoire à l’autre"),
    ("Entrée", "ouvrir sa fiche ; de nouveau\u00a0: passer d’une de ses communes à l’autre"),
    ("P", "ouvrir le point suivant, ou la surface suivante, de ce qu’on voit"),
    ("Plus et moins", "zoom"),
    ("Majuscule et flèches", "déplacer la carte"),
    ("Échap", "fermer ce qui est ouvert, revenir des communes à leur territoire"),
)
"""Keys while the map has the focus, and what each does."""

TIMELINE_KEYS: Final = (
    ("Flèches, Début, Fin", "passer d’un semestre à l’autre"),
    ("Entrée ou Espace", "garder ce qui est prévu ce semestre ; de nouveau\u00a0: tout montrer"),
    ("Majuscule et flèches", "étendre la période"),
)
"""Keys while a semester of the timeline has the focus, and what each does."""

Keys = tuple[tuple[str, str], ...]


def _told(keys: Keys) -> str:
    return " ".join(f"{key}\u00a0: {does}." for key, does in keys)


MAP_HELP: Final = f"{_told(MAP_KEYS)} Le tableau sous la carte contient les mêmes valeurs."
"""What describes the map to those who do not see it."""
TIMELINE_HELP: Final = _told(TIMELINE_KEYS)
"""What describes the timeline to them."""
