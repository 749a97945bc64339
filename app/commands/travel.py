"""What the commands that travel share: service, threshold and travel model; how they answer."""

import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import click
import orjson

from app.opening.travel_models import networks_folder
from geo.travel.line import StraightLine
from geo.travel.matrix import TravelMatrix
from geo.travel.network import open_network
from geo.travel.roads import Roads
from geo.travel.times import TravelError, TravelModel
from layers.french.wording import typeset

MODELS: Final = (StraightLine.id, Roads.id, TravelMatrix.id)

_OPTIONS: Final = (
    click.option(
        "--service",
        "service_id",
        required=True,
        metavar="ID",
        help="colleges_publics, maisons_departement, france_services, centres_incendie, mairies, "
        "colleges, sites_departementaux, gares, hopitaux, urgences, ou une autre couche de points.",
    ),
    click.option(
        "--seuil-minutes",
        "threshold",
        type=float,
        required=True,
        metavar="N",
        help="Minutes de trajet en voiture ; N minutes juste sont en deçà.",
    ),
    click.option(
        "--modele",
        "model_id",
        type=click.Choice(MODELS),
        default=StraightLine.id,
        show_default=True,
        help="Comment les temps sont faits : à vol d’oiseau, par les routes d’un extrait "
        "OpenStreetMap, ou lus dans une matrice (CSV ou Parquet : from, to, minutes).",
    ),
    click.option(
        "--trajets",
        "file",
        type=click.Path(path_type=Path),
        metavar="FICHIER",
        help="L’extrait (.osm.pbf) du modèle « routes », ou la matrice du modèle « matrice ».",
    ),
)


def travel_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of the service, the threshold and the travel model."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def open_model(model_id: str, file: Path | None) -> TravelModel:
    """Make the travel model; the network of an extract is kept for the next time.

    Raises
    ------
    click.UsageError
        The model wants a file and there is none, or the reverse.
    TravelError
        The file cannot be read, or the network cannot be kept.
    """
    if model_id == StraightLine.id:
        if file is not None:
            raise click.UsageError(
                f"--trajets est donné, mais le modèle « {model_id} » ne lit aucun fichier ; "
                f"ajoutez --modele {Roads.id} ou --modele {TravelMatrix.id}."
            )
        return StraightLine()
    if file is None:
        raise click.UsageError(f"Le modèle « {model_id} » attend un fichier : --trajets FICHIER.")
    return TravelMatrix.read(file) if model_id == TravelMatrix.id else _open_roads(file)


def show_record(record: Mapping[str, Any], remarks: Iterable[str]) -> None:
    """Write JSON on standard output, and what must be known of it on standard error."""
    click.echo(orjson.dumps(record, option=orjson.OPT_INDENT_2))
    for remark in remarks:
        click.echo(typeset(remark), err=True)


def show_text(lines: Iterable[str]) -> None:
    """Write lines for a person, with the spaces and apostrophes of French."""
    click.echo(typeset("\n".join(lines)).replace("'", "’"))


def _open_roads(extract: Path) -> Roads:
    folder = networks_folder()
    with ExitStack() as shown:
        bars: list[Any] = []

        def advance(done: int, total: int) -> None:
            if not bars:
                label = f"Routes de {extract.name}"
                bar = click.progressbar(length=total, label=label, file=sys.stderr)
                bars.append(shown.enter_context(bar))
            bars[0].update(done - bars[0].pos)

        try:
            return Roads(open_network(extract, folder, progress=advance))
        except OSError as error:
            raise TravelError(
                f"Réseau routier : rien ne peut être gardé dans le dossier « {folder} »."
            ) from error
