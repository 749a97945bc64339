"""The first visit: four steps, in the words of the page of help."""

from typing import Final, NamedTuple


class Step(NamedTuple):
    """A step of the tour.

    Parameters
    ----------
    title, text
        What it says.
    shows
        Identifiers of the parts of the page that it speaks of, spaces between them.
    """

    title: str
    text: str
    shows: str


STEPS: Final = (
    Step(
        "Cherchez un lieu",
        "Commune, EPCI, collège, opération… : tapez les premières lettres, puis Entrée. "
        "Un clic sur la carte fait de même.",
        "search",
    ),
    Step(
        "Choisissez ce que la carte montre",
        "Un indicateur, un découpage, des couches. La légende dit le sens de chaque couleur ; "
        "une surface hachurée n’est pas zéro, sa valeur n’est pas connue.",
        "controls",
    ),
    Step(
        "Lisez la fiche",
        "Une phrase à lire à voix haute, puis le contrat, les opérations, leur financement, "
        "et d’où vient chaque chiffre.",
        "sheet",
    ),
    Step(
        "Emportez la vue",
        "Imprimez la fiche et sa carte, ou copiez le lien\u00a0: il rouvre la même vue. "
        "Le tableau porte les mêmes valeurs que la carte.",
        "take-along table-panel",
    ),
)
