"""``atlas62 actualiser``: brings data up to date from the services that publish them, or files."""

import datetime as dt
import re
from pathlib import Path
from typing import Final

import click
import geopandas as gpd

from app.commands.sources import (
    Brought,
    choose,
    nothing_chosen,
    place_again,
    source_command,
    take_source,
    tell_states,
)
from app.commands.votes import read_new, refresh_votes, tell_waiting
from app.opening.data import open_outlines, open_sources, start
from app.opening.journal import note
from app.settings import Settings
from geo.finer_outlines.border import fit_around
from geo.finer_outlines.files import ADDRESS, fetch_outlines, read_file
from geo.finer_outlines.match import OutlineError, match_outlines
from geo.finer_outlines.wfs import fetch_from_ign
from geo.outlines.kept import Origin, drop_newest, find_kept, keep_outlines
from geo.reference.places import Reference
from layers.connectors.declaration import ConnectorError
from layers.connectors.registry import CONNECTORS
from layers.connectors.votes import SeenVotes
from layers.french.wording import format_date, plural, typeset

IGN: Final = "ign"
NO_YEAR: Final = "millésime non précisé"
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")


@click.group(
    "actualiser", short_help="Mettre des données à jour.", chain=True, invoke_without_command=True
)
@click.option("--tout", "everything", is_flag=True, help="Toutes les sources, l’une après l’autre.")
@click.pass_context
def refresh(context: click.Context, *, everything: bool) -> None:
    """Mettre des données à jour, d’un service public ou d’un fichier.

    Sans source : dit de chacune quel âge ont ses données, et comment a fini le dernier essai.
    """
    if context.invoked_subcommand is not None:
        return
    settings = start()
    if everything:
        _refresh_all(context, settings)
        return
    states = tell_states(settings, dt.datetime.now(dt.UTC).date())
    for line in (*states, *tell_waiting(SeenVotes(open_sources(settings)), settings)):
        click.echo(typeset(line))


def _refresh_all(context: click.Context, settings: Settings) -> None:
    """Take every source; one that cannot be taken is told, and the others go on."""
    failed = False
    brought: Brought = {}
    try:
        for connector in CONNECTORS.values():
            try:
                asked = choose(connector, settings, ())
                if nothing_chosen(asked):
                    continue
                if lacking := connector.feed.missing():
                    click.echo(typeset(f"{connector.id} : laissé de côté. {lacking}"), err=True)
                    continue
                told = take_source(asked, settings, None, trial=False, brought=brought)
                click.echo(typeset(told))
            except ConnectorError as error:
                failed = True
                click.echo(typeset(str(error)), err=True)
    finally:
        place_again(settings)
    seen = SeenVotes(open_sources(settings))
    try:
        for line in read_new(seen.place, seen, settings) if seen.place else ():
            click.echo(typeset(line))
    except ConnectorError as error:
        failed = True
        click.echo(typeset(str(error)), err=True)
    if failed:
        context.exit(1)


for _connector in CONNECTORS.values():
    refresh.add_command(source_command(_connector))
refresh.add_command(refresh_votes)


@refresh.command("contours", short_help="Des contours de communes plus fins.")
@click.option(
    "--fichier",
    "file",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="ADMIN EXPRESS de l’IGN (GeoPackage, Shapefile) ou GeoJSON ; sans lui, geo.api.gouv.fr.",
)
@click.option(
    "--service",
    type=click.Choice(["etalab", "ign"]),
    default="etalab",
    help="À qui les demander sans fichier : geo.api.gouv.fr, ou l’IGN (WFS).",
)
@click.option("--producteur", "producer", metavar="TEXTE", help="Qui a fait le fichier (IGN).")
@click.option("--licence", metavar="TEXTE", help="Sa licence (Licence Ouverte).")
@click.option("--millesime", "vintage", metavar="TEXTE", help="L’année des contours du fichier.")
@click.option("--revenir", "back", is_flag=True, help="Revient aux contours d’avant.")
def refresh_outlines(  # noqa: PLR0913 - one for each option
    file: Path | None,
    service: str,
    producer: str | None,
    licence: str | None,
    vintage: str | None,
    *,
    back: bool,
) -> None:
    """Prendre des contours de communes plus fins, sur la carte au prochain démarrage.

    Les communes d’autrefois sont réunies en celles d’aujourd’hui ; codes, superficies et
    partition sont confrontés à la référence. Ce qui ne convient pas est refusé avec ses raisons,
    et rien n’est changé. Les contours d’avant sont gardés.
    """
    settings = start()
    folder = open_outlines(settings)
    reference = Reference.load(settings.data / "communes")
    if back:
        if not drop_newest(folder):
            raise OutlineError("Aucun contour à retirer : ceux du projet sont montrés.")
        note(settings, "source", "source:contours", "Revient aux contours d’avant.")
        click.echo(typeset(_shown(folder, reference)))
        return
    if file:
        brought = read_file(file)
    else:
        brought = fetch_from_ign() if service == IGN else fetch_outlines(ADDRESS)
    communes = match_outlines(brought, reference)
    origin = _origin(file, service, producer, licence, vintage)
    _keep(communes, reference, folder, origin)
    note(settings, "source", "source:contours", f"Prend {origin.title} ({origin.vintage}).")
    vertices = int(communes.count_coordinates().sum())
    click.echo(
        typeset(
            f"{plural(len(communes), 'contour')} de communes, {plural(vertices, 'sommet')}, pour "
            f"{plural(len(brought), 'ligne lue', 'lignes lues')}.\n{_shown(folder, reference)}"
        )
    )


def _origin(
    file: Path | None,
    service: str,
    producer: str | None,
    licence: str | None,
    vintage: str | None,
) -> Origin:
    if file is not None:
        return Origin(
            f"Contours des communes, fichier {file.name}",
            producer or "IGN",
            licence or "Licence Ouverte",
            vintage or year_of(file),
        )
    day = format_date(dt.datetime.now(dt.UTC).date())
    if service == IGN:
        return Origin(
            "Limites administratives (ADMIN EXPRESS), service WFS",
            producer or "IGN",
            licence or "Licence Ouverte 2.0",
            vintage or f"téléchargées le {day}",
            "https://geoservices.ign.fr/adminexpress",
        )
    return Origin(
        "Contours des communes, geo.api.gouv.fr",
        producer or "Etalab, d’après l’IGN",
        licence or "Licence Ouverte",
        vintage or f"téléchargés le {day}",
        "https://geo.api.gouv.fr/decoupage-administratif",
    )


def year_of(file: Path) -> str:
    """Return the year that the name of a file or of its folder holds, in words."""
    for name in (file.stem, file.absolute().parent.name):
        found = _YEAR.findall(re.sub(r"[_-]", " ", name))
        if found:
            return f"communes de {found[-1]}"
    return NO_YEAR


def _keep(communes: gpd.GeoDataFrame, reference: Reference, folder: Path, origin: Origin) -> None:
    frames = fit_around(communes, reference.coverage)
    try:
        keep_outlines(folder, frames, origin)
    except OSError as error:
        raise OutlineError(
            f"Dossier « {folder} » : écriture impossible ({error.strerror}), rien n’est changé."
        ) from error


def _shown(folder: Path, reference: Reference) -> str:
    kept = find_kept(folder, frozenset(reference.communes))
    if kept is None:
        return "La carte montre les contours du projet."
    return f"La carte montre : {kept.origin.title}, {kept.origin.producer} ({kept.origin.vintage})."
