"""``atlas62 carte-hors-ligne``: the map of a perimeter in one file that opens without a network."""

from pathlib import Path

import click

from app.commands.output_options import output_option, replace_option
from app.exports.formats import save
from app.exports.offline.contents import OfflineChoice
from app.exports.offline.page import offline_map
from app.exports.tables import cite
from app.opening.data import open_catalogue, start
from app.parts.footer import all_sources
from geo.perimeter import Level
from layers.background import FOND, asked_background
from layers.catalogue.layers import Catalogue
from layers.catalogue.selection import find_perimeter
from layers.french.wording import format_number
from layers.indicators.every import find_indicator
from layers.model.layer import LayerError


def _layers(catalogue: Catalogue, text: str | None) -> tuple[str, ...]:
    """Return the layers that a list names; a stranger among them is an error."""
    if text is None:
        return OfflineChoice().layers
    asked = [part.strip() for part in text.split(",") if part.strip()]
    if FOND in asked:
        asked_background(catalogue)
    return tuple(one if one == FOND else catalogue.layer(one).id for one in asked)


@click.command(
    "carte-hors-ligne",
    short_help="Une carte en un fichier, sans réseau.",
    options_metavar="[OPTIONS]",
)
@click.option(
    "--perimetre",
    "place",
    required=True,
    metavar="LIEU",
    help="epci:200090751, territoire:calaisis, commune:62193, contrat:…, departement:62 ou un nom.",
)
@output_option("Fichier HTML à écrire, dans un dossier qui existe.")
@click.option(
    "--couches",
    "layers",
    metavar="COUCHE,…",
    help="Couches affichées à l’ouverture ; le lecteur a toutes les autres ; « fond » (routes, "
    "eau, rail) n’est dans le fichier que s’il y est.",
)
@click.option("--indicateur", "indicator_id", metavar="ID", help="Indicateur à l’ouverture.")
@click.option("--titre", "title", default="", metavar="TITRE", help="À la place du nom du lieu.")
@replace_option
def make_offline_map(  # noqa: PLR0913 - one parameter an option
    place: str,
    path: Path,
    layers: str | None,
    indicator_id: str | None,
    title: str,
    *,
    replace: bool,
) -> None:
    """Écrire la carte d’un lieu dans un seul fichier HTML, qui s’ouvre sans réseau.

    Recherche, couches, légende, fiches et sources sont dans le fichier : il s’envoie par courriel
    et s’ouvre d’un double clic, sur un ordinateur ou un téléphone.
    """
    catalogue = open_catalogue(start())
    perimeter, remark, _ = find_perimeter(catalogue, place)
    if remark:
        click.echo(remark, err=True)
    choice = OfflineChoice(
        perimeter=perimeter,
        layers=_layers(catalogue, layers),
        indicator=_indicator(catalogue, indicator_id),
        title=title,
    )
    content = offline_map(catalogue, choice)
    save(content, path, replace=replace)
    name = catalogue.reference.name_of(perimeter)
    click.echo(f"{path} : {name}, {format_number(len(content) / 1e6, 1)} Mo.")
    for source in all_sources(catalogue):
        click.echo(f"Source à citer : {cite(source)}")


def _indicator(catalogue: Catalogue, indicator_id: str | None) -> str:
    """Return the identifier of an indicator that this map can paint."""
    if not indicator_id:
        return OfflineChoice().indicator
    chosen = find_indicator(catalogue, indicator_id)
    if Level.COMMUNE not in chosen.levels:
        raise LayerError(
            f"Indicateur « {chosen.id} » : il n’a pas de valeur par commune ni par EPCI, que la "
            "carte hors ligne peint."
        )
    return chosen.id
