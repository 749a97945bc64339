"""What the commands that travel share: service, threshold and travel model; how they answer."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click
import orjson

from app.opening.travel_models import networks_folder
from geo.travel.line import Distance, StraightLine
from geo.travel.matrix import TravelMatrix
from geo.travel.network import open_network
from geo.travel.roads import Roads
from geo.travel.times import TravelError, TravelModel
from layers.catalogue.layers import Catalogue
from layers.french.wording import typeset
from layers.gaps.presets import find_service
from layers.gaps.public_words import CROSSING
from layers.gaps.publics import Public
from layers.gaps.question import FIRST, MOST_TOGETHER, SECOND, Question, unit_of

MODELS: Final = (StraightLine.id, Distance.id, Roads.id, TravelMatrix.id)
STRAIGHT: Final[Mapping[str, Callable[[], TravelModel]]] = {
    StraightLine.id: StraightLine,
    Distance.id: Distance,
}
"""Models that read no file."""

_OPTIONS: Final = (
    click.option(
        "--service",
        "service_ids",
        required=True,
        multiple=True,
        metavar="ID",
        help="colleges_publics, maisons_departement, france_services, centres_incendie, mairies, "
        "colleges, sites_departementaux, gares, hopitaux, urgences, lycees, pharmacies, "
        "supermarches, ou une autre couche de points. Donné plusieurs fois, c’est un panier : "
        "chacun est compté par le service qui est le plus loin de lui.",
    ),
    click.option(
        "--rang",
        "rank",
        type=click.IntRange(FIRST, SECOND),
        default=FIRST,
        show_default=True,
        metavar="N",
        help="1 pour le plus proche de chaque service, 2 pour le deuxième plus proche.",
    ),
    click.option(
        "--fermer",
        "closed",
        multiple=True,
        metavar="COUCHE:ID",
        help="Suppose fermé un lieu du service, comme colleges:0620004T ; se répète.",
    ),
    click.option(
        "--voisins",
        "neighbours",
        multiple=True,
        metavar="COUCHE",
        help="Compte aussi les points d’une couche apportée, comme les services d’un département "
        "voisin ; se répète.",
    ),
    click.option(
        "--seuil-minutes",
        "minutes",
        type=float,
        metavar="N",
        help="Minutes de trajet en voiture ; N minutes juste sont en deçà.",
    ),
    click.option(
        "--seuil-km",
        "kilometres",
        type=float,
        metavar="N",
        help="Kilomètres par la route, à la place des minutes : modèle « distance ».",
    ),
    click.option(
        "--public",
        "publics",
        type=click.Choice([str(public) for public in Public]),
        multiple=True,
        default=(str(Public.EVERYBODY),),
        show_default=True,
        metavar="PUBLIC",
        help="Qui est compté : population, moins-de-15, 15-29, 60-plus, 75-plus, sans-voiture "
        "(des ménages), qpv (les habitants des quartiers prioritaires). Un seul à la fois.",
    ),
    click.option(
        "--modele",
        "model_id",
        type=click.Choice(MODELS),
        help="Comment les temps sont faits : à vol d’oiseau (par défaut), en kilomètres estimés "
        "(distance, par défaut avec --seuil-km), par les routes d’un extrait "
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


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of a command that travels say."""

    service_ids: tuple[str, ...]
    threshold: float
    model_id: str
    file: Path | None
    public: Public
    rank: int
    closed: tuple[str, ...]
    neighbours: tuple[str, ...]

    def question(self, catalogue: Catalogue) -> Question:
        """Return the question about the layers of a catalogue.

        Raises
        ------
        LayerError, ServiceError
            A service or a layer is unknown.
        """
        ids = tuple(dict.fromkeys(self.service_ids))
        first, *others = (find_service(catalogue, service) for service in ids)
        layers = tuple(catalogue.layer(layer).id for layer in self.neighbours)
        services = (first.with_neighbours(layers), *others)
        return Question(services, self.threshold, self.public, self.rank, (), self.closed)


def read_asked(  # noqa: PLR0913 - one parameter an option
    *,
    service_ids: tuple[str, ...],
    minutes: float | None,
    kilometres: float | None,
    publics: Sequence[str],
    model_id: str | None,
    file: Path | None,
    rank: int,
    closed: tuple[str, ...],
    neighbours: tuple[str, ...],
) -> Asked:
    """Return what is asked for.

    Raises
    ------
    click.UsageError
        There is no threshold or there are two, its unit is not that of the model, several publics
        are to be crossed, or a basket is too large.
    """
    if len(set(service_ids)) > MOST_TOGETHER:
        raise click.UsageError(
            f"--service est donné {len(set(service_ids))} fois ; attendu {MOST_TOGETHER} au plus."
        )
    if len(set(publics)) > 1:
        raise click.UsageError(f"--public est donné deux fois ; attendu un seul. {CROSSING}")
    if (minutes is None) == (kilometres is None):
        raise click.UsageError("Seuil : attendu --seuil-minutes N, ou --seuil-km N, l’un des deux.")
    in_km = kilometres is not None
    model = model_id or (Distance.id if in_km else StraightLine.id)
    if in_km != (model == Distance.id):
        raise click.UsageError(
            f"Le modèle « {model} » compte en {unit_of(model)}s ; attendu "
            f"{'--seuil-minutes' if in_km else '--seuil-km'}."
        )
    threshold, public = kilometres or minutes or 0.0, Public(publics[0])
    return Asked(service_ids, threshold, model, file, public, rank, closed, neighbours)


def open_model(model_id: str, file: Path | None) -> TravelModel:
    """Make the travel model; the network of an extract is kept for the next time.

    Raises
    ------
    click.UsageError
        The model wants a file and there is none, or the reverse.
    TravelError
        The file cannot be read, or the network cannot be kept.
    """
    if model_id in STRAIGHT:
        if file is not None:
            raise click.UsageError(
                f"--trajets est donné, mais le modèle « {model_id} » ne lit aucun fichier ; "
                f"ajoutez --modele {Roads.id} ou --modele {TravelMatrix.id}."
            )
        return STRAIGHT[model_id]()
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
