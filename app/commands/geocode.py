"""``atlas62 geocoder``: places the addresses of a CSV file, or explains the place of one text."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
import pandas as pd

from app.commands.output_options import replace_option
from app.exports.formats import save
from app.imports.address_table import join_columns, read_address_table, write_address_table
from app.opening.data import open_catalogue, start
from app.opening.geocoding import Geocoding, find_context, open_geocoding
from geo.geocoder.table import COLUMNS, geocode_frame
from geo.perimeter import Perimeter
from geo.precision import Precision
from layers.french.wording import format_percent, plural, typeset

TEXT: Final = "adresse"
SURE: Final = 0.9
"""Confidence below which a row is counted as one to check."""

PLACES: Final = {
    Precision.ADDRESS: "à l’adresse",
    Precision.STREET: "à la rue",
    Precision.SITE: "sur un site",
    Precision.DISTRICT: "au quartier ou lieu-dit",
    Precision.COMMUNE: "à la commune",
    Precision.EPCI: "à un territoire de plusieurs communes",
    Precision.NONE: "sans lieu dans le Pas-de-Calais",
}


@click.command(
    "geocoder", short_help="Placer les adresses d’un fichier.", options_metavar="[OPTIONS]"
)
@click.argument(
    "path", type=click.Path(path_type=Path, dir_okay=False), metavar="[FICHIER]", required=False
)
@click.option(
    "--colonne", "columns", multiple=True, metavar="NOM", help="Colonne à placer ; répétable."
)
@click.option(
    "--sortie",
    "output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER",
    help="Fichier CSV à écrire.",
)
@click.option(
    "--territoire",
    "context_text",
    metavar="TERRITOIRE",
    help="Où sont les lieux : nom ou « epci:200090751 ».",
)
@replace_option
@click.option(
    "--expliquer", "explained", metavar="TEXTE", help="Montre le chemin de la réponse à ce texte."
)
def geocode_file(  # noqa: PLR0913 - the command's options
    path: Path | None,
    columns: tuple[str, ...],
    output: Path | None,
    context_text: str | None,
    *,
    replace: bool,
    explained: str | None,
) -> None:
    """Placer les adresses d’un FICHIER : CSV (tout encodage et séparateur usuels), XLSX ou ODS.

    Ajoute longitude, latitude, code_commune, commune, precision, confiance, source et remarque.
    La confiance est la probabilité que la commune soit juste. Plusieurs --colonne font une seule
    adresse. Le bilan va sur la sortie d’erreur.

    Sans réseau, sauf si le réglage ATLAS62_BAN donne l’adresse d’un service de géocodage : les
    adresses lui sont alors envoyées, et ses réponses gardées.
    """
    settings = start()
    if explained is None and (path is None or not columns or output is None):
        raise click.UsageError("FICHIER, --colonne et --sortie sont attendus, ou --expliquer.")
    catalogue = open_catalogue(settings)
    context = find_context(catalogue.reference, context_text or "")
    geocoding = open_geocoding(catalogue, settings)
    if explained is not None:
        click.echo(typeset(str(geocoding.local.explain(explained, context))))
    if path is None or output is None:
        return
    table = read_address_table(path)
    texts = join_columns(table, columns).to_frame(TEXT)
    placed = _geocode(texts, geocoding, context)[[*COLUMNS]]
    placed["remarque"] = placed["remarque"].map(typeset, na_action="ignore")
    save(write_address_table(table, placed), output, replace=replace)
    click.echo(typeset("\n".join(_sum_up(placed, geocoding))), err=True)


def _geocode(texts: pd.DataFrame, geocoding: Geocoding, context: Perimeter | None) -> pd.DataFrame:
    with click.progressbar(
        length=len(texts), label="Adresses", file=sys.stderr, show_pos=True
    ) as bar:
        return geocode_frame(
            texts, TEXT, geocoding.batch, context, lambda done, _: bar.update(done - bar.pos)
        )


def _sum_up(placed: pd.DataFrame, geocoding: Geocoding) -> Iterator[str]:
    """Yield how many rows are placed how exactly, and how many are to be checked."""
    yield f"{plural(len(placed), 'ligne')} :"
    counts = Counter(placed["precision"])
    for precision, words in PLACES.items():
        if counts[precision]:
            share = format_percent(counts[precision] / len(placed))
            yield f"  {counts[precision]} {words} ({share})"
    unsure = int((placed["code_commune"].notna() & (placed["confiance"] < SURE)).sum())
    if unsure:
        yield f"À vérifier : {plural(unsure, 'commune')} de confiance inférieure à 0,9."
    if geocoding.online is not None and geocoding.online.failure:
        yield geocoding.online.failure
