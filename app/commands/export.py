"""``atlas62 export``: what can be taken away as a file."""

from pathlib import Path

import click

from app.commands.output_options import output_option, replace_option
from app.commands.scdl import export_deliberations, export_subventions
from app.exports.formats import WRITERS, save
from app.exports.tables import cite
from app.opening.data import open_catalogue, start
from layers.catalogue.selection import find_perimeter, select
from layers.french.wording import plural


@click.group(
    "export",
    commands=(export_subventions, export_deliberations),
    subcommand_metavar="QUOI …",
    options_metavar="",
)
def export() -> None:
    """Écrire un fichier à emporter."""


@export.command("couche", short_help="Les lignes d’une couche.", options_metavar="[OPTIONS]")
@click.argument("layer_id", metavar="COUCHE")
@click.option(
    "--format",
    "file_format",
    type=click.Choice(tuple(WRITERS)),
    required=True,
    help="geojson (RFC 7946), gpkg (GeoPackage) csv (Excel français) ou xlsx (Excel).",
)
@output_option("Fichier à écrire, dans un dossier qui existe.")
@click.option(
    "--perimetre",
    "place",
    metavar="LIEU",
    help="Seulement ce qui s’y trouve : epci:200090751, commune:62193, contrat:… ou un nom.",
)
@replace_option
def export_layer(
    layer_id: str, file_format: str, path: Path, place: str | None, *, replace: bool
) -> None:
    """Écrire les lignes d’une COUCHE, dont « atlas62 couches » donne l’identifiant.

    Le fichier est écrit en entier ou pas du tout. Un fichier qui existe n’est pas écrasé, sauf
    avec --remplacer.
    """
    catalogue = open_catalogue(start())
    layer = catalogue.layer(layer_id)
    rows = catalogue.load(layer_id)
    if place is not None:
        perimeter, remark, _ = find_perimeter(catalogue, place)
        layer, rows = select(layer, rows, perimeter, catalogue.reference)
        if remark:
            click.echo(remark, err=True)
    save(WRITERS[file_format](layer, rows), path, replace=replace)
    click.echo(f"{path} : {layer.title}, {plural(len(rows), 'ligne')}.")
    for source in layer.sources:
        click.echo(f"Source à citer : {cite(source)}")
