"""``atlas62 implanter``: where the next sites of a service would help most people."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from app.commands.text_table import write_table
from app.commands.travel import open_model, show_record, show_text, travel_options
from app.opening.data import open_catalogue, start
from layers.french.wording import format_number
from layers.gaps.journeys import Journeys
from layers.gaps.new_sites import NewSites, propose_sites
from layers.gaps.sentences import (
    method,
    new_sites_sentence,
    proof_sentence,
    range_sentence,
    stability_sentences,
)
from layers.gaps.services import find_service


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
@click.option("--json", "as_json", is_flag=True, help="Sortie JSON, pour un programme.")
def tell_new_sites(  # noqa: PLR0913 - one parameter an option
    *,
    service_id: str,
    threshold: float,
    model_id: str,
    file: Path | None,
    count: int,
    as_json: bool,
) -> None:
    """Dire dans quelles communes ouvrir K sites, pour le plus d’habitants à moins du seuil.

    Chaque mairie est un emplacement possible. Le choix est le meilleur quand c’est prouvé ; sinon,
    l’écart dit de combien un autre pourrait le dépasser.
    """
    catalogue = open_catalogue(start())
    service = find_service(catalogue, service_id)
    found = propose_sites(
        Journeys(catalogue, open_model(model_id, file)), service, threshold, count
    )
    if as_json:
        show_record(as_record(found), found.remarks)
    else:
        show_text(_as_text(found))


def as_record(found: NewSites) -> dict[str, Any]:
    """Return the new sites as JSON has them; the gap is null where nothing bounds it."""
    return {
        "sites": [
            {"code": site.code, "commune": site.commune, "gain_habitants": site.gain}
            for site in found.sites
        ],
        "habitants_couverts": found.after.central,
        "optimal": found.optimal,
        "ecart": None if math.isnan(found.gap) else found.gap,
    }


def _as_text(found: NewSites) -> Iterator[str]:
    yield new_sites_sentence(found)
    if found.sites:
        yield ""
        yield from write_table(
            ("", "Commune", "Code", "EPCI", "Habitants rapprochés"),
            [
                (str(rank), site.commune, site.code, site.epci, format_number(site.gain))
                for rank, site in enumerate(found.sites, 1)
            ],
        )
        yield "Chaque site est compté après ceux qui le précèdent.\n"
        saved = format_number(found.minutes_saved, 1)
        yield f"Temps gagné en moyenne sur toute la population : {saved} min."
    yield proof_sentence(found)
    yield range_sentence(found)
    yield from stability_sentences(found)
    yield f"\nMéthode. {method(found.model)}"
    yield from found.remarks
