"""The words of a page: title, subtitle, sources."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from app.exports.booklet.scene.request import PageRequest
from app.parts.typography import shown_name, typeset
from app.view.operation_choice import OperationChoice
from geo.names import of_place
from geo.outlines.kept import Origin
from geo.perimeter import Level
from layers.catalogue.layers import Catalogue
from layers.french.wording import enumerate_words, format_date, plural
from layers.operation.ambitions import list_ambitions
from layers.sheets.contract_ties import Relation, contract_ties
from layers.sheets.sentences import named

COMPARED: Final = "Comparaison : la page montre le premier territoire seul."
"""Said of a view of the Explorer that shows several places."""


def page_title(request: PageRequest, catalogue: Catalogue) -> str:
    """Return the title asked for, or « Le territoire de … »."""
    if request.title.strip():
        return typeset(" ".join(request.title.split()))
    name = shown_name(catalogue.reference, request.perimeter)
    if request.perimeter.level is Level.COMMUNE:
        return f"Le territoire {of_place(name)}"
    if request.perimeter.level is Level.EPCI:
        return f"Le territoire de la {name}"
    if request.perimeter.level is Level.DEPARTEMENT:
        return f"Le {name}"
    words = named(request.perimeter, catalogue.reference)
    return typeset(words[:1].upper() + words[1:])


def page_subtitle(request: PageRequest, catalogue: Catalogue) -> str:
    """Return the subtitle asked for, or the contract, the communes and the inhabitants."""
    if request.subtitle.strip():
        return typeset(" ".join(request.subtitle.split()))
    reference, perimeter = catalogue.reference, request.perimeter
    ties = contract_ties(catalogue, "contrats", perimeter)
    parts = [f"Contrat de territoire {tie.period}" for tie in ties if tie.relation is Relation.OWN]
    held = [tie for tie in ties if tie.relation is Relation.HOLDS]
    if held and not parts:
        parts.append(f"{plural(len(held), 'contrat')} de territoire {held[0].period}")
    if perimeter.level is not Level.COMMUNE:
        count = plural(len(reference.members(perimeter)), "commune")
        outside = 0
        if perimeter.level is Level.EPCI:
            outside = len(reference.epcis[perimeter.code].communes_outside)
        parts.append(f"{count} dans le Pas-de-Calais et {outside} au-delà" if outside else count)
    people = reference.population(perimeter)
    if people is not None:
        parts.append(f"{plural(people, 'habitant')} (2023)")
    return typeset(" · ".join(parts))


def filter_note(choice: OperationChoice, catalogue: Catalogue) -> str:
    """Say which operations are shown, a French sentence; nothing when all are.

    Raises
    ------
    layers.model.layer.LayerError
        The pacts cannot be read.
    """
    parts = []
    if choice.period:
        first, last = choice.period
        when = f"du {first.words} au {last.words}" if last > first else f"au {first.words}"
        parts.append(f"prévues {when}")
    if choice.ambitions:
        labels = catalogue.derive(list_ambitions)
        served = enumerate_words(f"« {labels[one].label} »" for one in choice.ambitions)
        parts.append(f"au titre de {served}")
    return typeset(f"Opérations {', '.join(parts)} seulement.") if parts else ""


def page_notes(
    sources: Sequence[str], outlines: Origin | None, day: dt.date, lost: Sequence[str] = ()
) -> list[str]:
    """Return the lines of the foot: what has no place, sources with licences, the page's date.

    Parameters
    ----------
    outlines
        Whence the outlines come, None for those that come with the project.
    """
    shown = (
        f"{outlines.title} ({outlines.vintage})"
        if outlines
        else "Contours généralisés de 2020, un sommet tous les 570 m environ"
    )
    missing = [typeset(f"Sans place sur la carte : {enumerate_words(lost)}.")] if lost else []
    return [
        *missing,
        typeset(f"Sources : {' ; '.join(sources)}."),
        typeset(
            f"{shown} : ils ne valent pas à la parcelle. "
            f"Page éditée le {format_date(day)} avec Atlas 62."
        ),
    ]
