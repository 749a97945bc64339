"""``atlas62 implanter``: where the next sites of a service would help most people."""

import math
from collections.abc import Iterator
from typing import Any

import click

from app.commands.text_table import write_table
from app.commands.travel import open_model, read_asked, show_record, show_text, travel_options
from app.opening.data import open_catalogue, start
from layers.french.wording import format_number
from layers.gaps.candidates import Choice
from layers.gaps.journeys import Journeys
from layers.gaps.new_sites import NewSites, propose_sites
from layers.gaps.public_words import WORDS
from layers.gaps.sentences import method, short_unit
from layers.gaps.site_sentences import (
    equals_sentences,
    new_sites_sentence,
    proof_sentence,
    range_sentence,
    stability_sentences,
)


@click.command("implanter", short_help="Où ouvrir de nouveaux sites.", options_metavar="[OPTIONS]")
@travel_options
@click.option(
    "--sites",
    "count",
    type=click.IntRange(1, 20),
    required=True,
    metavar="K",
    help="Nombre de sites à ouvrir, 20 au plus ; ceux qui existent restent.",
)
@click.option(
    "--taille-min",
    "smallest",
    type=click.IntRange(0, 100_000),
    default=0,
    metavar="N",
    help="Habitants à partir desquels une commune peut être proposée ; toutes par défaut.",
)
@click.option(
    "--candidats",
    "layer",
    default="",
    metavar="COUCHE",
    help="Couche de points où un site peut ouvrir, à la place des communes : une couche apportée, "
    "ou celle d’un service.",
)
@click.option("--json", "as_json", is_flag=True, help="Sortie JSON, pour un programme.")
def tell_new_sites(
    *,
    count: int,
    smallest: int,
    layer: str,
    as_json: bool,
    **travel: Any,  # noqa: ANN401 - the options of travel_options
) -> None:
    """Dire dans quelles communes ouvrir K sites, pour le plus d’habitants à moins du seuil.

    Un site ouvrirait à la mairie, ou, dans une ville qui a déjà ce service, là où il en rapproche
    le plus ses habitants. Le choix est le meilleur quand c’est prouvé ; sinon,
    l’écart dit de combien un autre pourrait le dépasser.
    """
    asked = read_asked(**travel)
    catalogue = open_catalogue(start())
    question = asked.question(catalogue)
    journeys = Journeys(catalogue, open_model(asked.model_id, asked.file))
    found = propose_sites(journeys, question, Choice(count, smallest, layer))
    if as_json:
        show_record(as_record(found), found.remarks)
    else:
        show_text(_as_text(found))


def as_record(found: NewSites) -> dict[str, Any]:
    """Return the new sites as JSON has them; the gap is null where nothing bounds it."""
    unit = WORDS[found.public].unit
    return {
        "sites": [
            {
                "code": new.site.word,
                "commune": new.site.commune,
                **({"nom": new.site.name} if new.site.name else {}),
                f"gain_{unit}": new.gain,
                "a_egalite": list(new.equals),
                "presque_autant": list(new.nearly),
            }
            for new in found.sites
        ],
        f"{unit}_couverts": found.after.central,
        "optimal": found.optimal,
        "ecart": None if math.isnan(found.gap) else found.gap,
    }


def _as_text(found: NewSites) -> Iterator[str]:
    yield new_sites_sentence(found)
    if found.sites:
        yield ""
        yield from write_table(
            ("", "Lieu" if found.choice.layer else "Commune", "Code", "EPCI", "Rapprochés"),
            [
                (str(rank), site.name or site.commune, site.word, site.epci, format_number(gain))
                for rank, (site, gain) in enumerate(((n.site, n.gain) for n in found.sites), 1)
            ],
        )
        yield "Chaque site est compté après ceux qui le précèdent.\n"
        unit = short_unit(found.model)
        saved = format_number(found.minutes_saved, 1)
        yield f"Trajet raccourci en moyenne, pour tous ceux que l’on compte : {saved} {unit}."
    yield proof_sentence(found)
    yield from equals_sentences(found)
    yield range_sentence(found)
    yield from stability_sentences(found)
    yield f"\nMéthode. {method(found)}"
    yield from found.remarks
