"""``atlas62 importer``, ``retirer``, ``restaurer``: files that people bring, into the store."""

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click
import orjson

from app.exports.formats import save
from app.imports.brought_file import SOURCE, Job
from app.imports.limits import BroughtFileError, read_bounded
from app.imports.report import left_out_csv, report_csv
from app.opening.data import open_catalogue, open_store, start
from app.opening.geocoding import open_geocoding
from app.settings import Settings
from geo.geocoder.table import GeocodesMany
from geo.whole_file import write_whole
from layers.brought.choice import Choice
from layers.brought.guess import Guess
from layers.brought.making import Made, name_layer
from layers.brought.problems import BroughtError, Problem
from layers.brought.roles import WORDS, Role
from layers.catalogue.layers import Catalogue
from layers.french.wording import format_percent, plural, typeset
from layers.model.schema import LayerError
from layers.store.geopackage import StoreError

MOST_SHOWN: Final = 10
READING: Final = 2
"""Counts the ways in which files were read: what was begun by an older one is begun again."""
_FILE: Final = click.Path(path_type=Path, dir_okay=False)


@click.command("importer", short_help="Faire une couche d’un fichier.", options_metavar="[OPTIONS]")
@click.argument("path", type=_FILE, metavar="FICHIER")
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="COLONNE=RÔLE",
    help=f"Corrige ce qu’est une colonne ; répétable. Rôles : {', '.join(Role)}.",
)
@click.option("--titre", "title", metavar="TEXTE", help="Titre de la couche.")
@click.option("--identifiant", "layer_id", metavar="ID", help="Identifiant de la couche.")
@click.option(
    "--producteur", "producer", default="", metavar="TEXTE", help="Qui a fait le fichier."
)
@click.option("--licence", default="", metavar="TEXTE", help="Sa licence.")
@click.option("--millesime", "vintage", default="", metavar="TEXTE", help="Sa date.")
@click.option("--feuille", "part", default="", metavar="NOM", help="Feuille ou couche à lire.")
@click.option(
    "--entete",
    "heading",
    type=click.IntRange(min=0),
    metavar="N",
    help="Ligne du fichier qui porte les noms des colonnes ; 0 si aucune. Trouvée sinon.",
)
@click.option("--rapport", "report", type=_FILE, metavar="FICHIER", help="Écrit le rapport en CSV.")
@click.option(
    "--ecartees",
    "left_out",
    type=_FILE,
    metavar="FICHIER",
    help="Écrit les lignes écartées en CSV.",
)
@click.option("--essai", "dry", is_flag=True, help="N’ajoute rien : montre ce qui serait fait.")
@click.option("--remplacer", "replacing", is_flag=True, help="Remplace la couche et les fichiers.")
@click.option("--json", "as_json", is_flag=True, help="Sortie JSON, pour un programme.")
def import_file(  # noqa: PLR0913 - one parameter an option
    path: Path,
    *,
    roles: tuple[str, ...],
    title: str | None,
    layer_id: str | None,
    producer: str,
    licence: str,
    vintage: str,
    part: str,
    heading: int | None,
    report: Path | None,
    left_out: Path | None,
    dry: bool,
    replacing: bool,
    as_json: bool,
) -> None:
    """Faire une couche d’un FICHIER et l’ajouter au magasin, sur la carte au prochain démarrage.

    CSV, XLSX, ODS, GeoJSON, GeoPackage ou Shapefile en ZIP. Ce qu’est chaque colonne est deviné
    et montré : --essai le montre sans rien ajouter, --role le corrige. Les adresses sont placées ;
    un import interrompu reprend où il en était. Ce qui ne va pas est dit ligne par ligne.
    """
    settings = start()
    catalogue = open_catalogue(settings)
    job = _open_job(path, part, heading, settings, catalogue)
    guesses = job.guess()
    guessed = Choice.guessed(path.name, guesses)
    choice = Choice(
        title or guessed.title, _corrected(guessed.roles, roles), producer, licence, vintage
    )
    store = open_store(settings)
    layer_id = _identify(layer_id, choice.title, catalogue)
    try:
        made = _make(job, choice, layer_id, open_geocoding(catalogue, settings).batch)
    except (BroughtError, BroughtFileError):
        # what the columns were taken for is what --role corrects
        click.echo(typeset("\n".join(_columns_as_text(job, choice, guesses))), err=True)
        raise
    for file, content in (
        (report, report_csv(made.problems)),
        (left_out, left_out_csv(job.table.frame, made.left_out)),
    ):
        if file is not None:
            save(content, file, replace=replacing)
    # written before the layer is adopted: nothing after that may fail
    if as_json:
        account = orjson.dumps(_as_record(job, made, choice, guesses, adopted=not dry)).decode()
    else:
        account = typeset("\n".join(_as_text(job, made, choice, guesses, adopted=not dry)))
    if not dry:
        store.adopt(made.description, made.rows, replace=replacing)
        job.forget()
    click.echo(account)


@click.command("retirer", short_help="Retirer une couche du magasin.")
@click.argument("layer_id", metavar="COUCHE")
def remove_layer(layer_id: str) -> None:
    """Retirer une COUCHE du magasin ; « atlas62 restaurer » la remet."""
    open_store(start()).remove(layer_id)
    click.echo(typeset(f"Couche « {layer_id} » retirée ; « atlas62 restaurer » la remet."))


@click.command("restaurer", short_help="Remettre le magasin dans un état d’avant.")
@click.argument("name", metavar="[SAUVEGARDE]", required=False)
@click.option(
    "--liste", "listing", is_flag=True, help="Montre les sauvegardes, la dernière d’abord."
)
def restore_store(name: str | None, *, listing: bool) -> None:
    """Remettre le magasin comme l’avait gardé une SAUVEGARDE, la dernière par défaut.

    Une sauvegarde est faite avant chaque changement, celui-ci compris : restaurer deux fois
    revient au point de départ.
    """
    store = open_store(start())
    backups = {path.name: path for path in store.backups()}
    if listing:
        click.echo("\n".join(backups) or "Aucune sauvegarde.")
        return
    if not backups or (name is not None and name not in backups):
        raise StoreError(
            f"Sauvegarde « {name or 'la dernière'} » absente ; il y a : "
            f"{', '.join(backups) or 'rien'}."
        )
    chosen = backups[name] if name else next(iter(backups.values()))
    aside = store.restore(chosen)
    held = ", ".join(layer.id for layer in store.layers()) or "aucune couche"
    click.echo(typeset(f"Magasin remis comme le {chosen.name} l’avait gardé : {held}."))
    if aside is not None:
        click.echo(typeset(f"Le magasin d’avant, endommagé, est gardé : {aside.name}."))


def _open_job(
    path: Path, part: str, heading: int | None, settings: Settings, catalogue: Catalogue
) -> Job:
    """Read a file, or find again what was begun of the same one."""
    content = read_bounded(path)
    origin = f"{READING}/{path.name}/{part}/{heading}/{settings.ban}"
    digest = hashlib.sha256(content + origin.encode()).hexdigest()[:24]
    job = Job(settings.cache / "imports" / digest, catalogue.reference)
    job.folder.mkdir(parents=True, exist_ok=True)
    try:
        _ = job.table
    except BroughtFileError:
        write_whole(job.folder / SOURCE, content)
        try:
            job.read(path.name, part, heading)
        except BroughtFileError:
            job.forget()
            raise
        (job.folder / SOURCE).unlink()
    return job


def _corrected(guessed: Mapping[str, Role], corrections: tuple[str, ...]) -> dict[str, Role]:
    """Return the roles with those that the command line gives."""
    roles = dict(guessed)
    for correction in corrections:
        column, equals, role = correction.rpartition("=")
        if not equals or role not in list(Role):
            raise click.UsageError(
                f"--role « {correction} » : attendu COLONNE=RÔLE, le rôle parmi {', '.join(Role)}."
            )
        if column not in roles:
            raise click.UsageError(
                f"--role « {correction} » : colonne absente ; colonnes : {', '.join(roles)}."
            )
        roles[column] = Role(role)
    return roles


def _identify(layer_id: str | None, title: str, catalogue: Catalogue) -> str:
    stored = {layer.id for layer in catalogue.stored}
    if layer_id is None:
        return name_layer(title, frozenset(catalogue.layers) - stored)
    if name_layer(layer_id, frozenset()) != layer_id:
        raise click.UsageError(
            f"--identifiant « {layer_id} » : attendu des minuscules sans accent, des chiffres et "
            "des « _ »."
        )
    if layer_id in catalogue.layers and layer_id not in stored:
        raise LayerError(
            f"Couche « {layer_id} » : c’est une couche d’Atlas 62, prenez un autre nom."
        )
    return layer_id


def _make(job: Job, choice: Choice, layer_id: str, geocoder: GeocodesMany) -> Made:
    if not job.chosen or job.choice != choice:
        job.choose(choice)
    progress = job.progress()
    if not progress.over:
        with click.progressbar(
            length=progress.total, label="Adresses", file=sys.stderr, show_pos=True
        ) as bar:
            bar.update(progress.done)
            for each in job.advance(geocoder):
                bar.update(each.done - bar.pos)
    return job.make(layer_id)


def _as_record(
    job: Job, made: Made, choice: Choice, guesses: Mapping[str, Guess], *, adopted: bool
) -> dict[str, Any]:
    return {
        "file": job.table.name,
        "part": job.table.part,
        "parts": job.table.parts,
        "hidden": job.table.hidden,
        "heading": job.table.heading,
        "encoding": job.table.encoding,
        "layer": made.description.id,
        "title": made.description.title,
        "adopted": adopted,
        "rows": len(job.table.frame),
        "imported": len(made.rows),
        "left_out": len(made.left_out),
        "columns": [
            {
                "name": column,
                "role": str(choice.roles[column]),
                "guessed": str(guess.role),
                "share": round(guess.share, 4),
                "samples": guess.samples,
            }
            for column, guess in guesses.items()
        ],
        "problems": [asdict(problem) for problem in made.problems],
    }


def _as_text(
    job: Job, made: Made, choice: Choice, guesses: Mapping[str, Guess], *, adopted: bool
) -> Iterator[str]:
    table = job.table
    yield from _columns_as_text(job, choice, guesses)
    yield from _problems_as_text(made.problems)
    written = f"{plural(len(made.rows), 'ligne placée', 'lignes placées')} sur {len(table.frame)}"
    if adopted:
        yield f"{written}, dans la couche « {made.description.id} » ({made.description.title})."
        yield f"La retirer : atlas62 retirer {made.description.id}"
    else:
        yield f"{written}. Essai : rien n’est ajouté."


def _columns_as_text(job: Job, choice: Choice, guesses: Mapping[str, Guess]) -> Iterator[str]:
    """Yield what was read, and what each column was taken for."""
    table = job.table
    read = [plural(len(table.frame), "ligne")]
    if len(table.parts) > 1:
        read.append(f"« {table.part} » lue sur {len(table.parts)}")
    if table.heading > 1:
        read.append(f"noms des colonnes en ligne {table.heading}")
    if table.encoding not in {"", "UTF-8"}:
        read.append(f"encodage {table.encoding}")
    yield f"{table.name} : {', '.join(read)}."
    if not guesses:
        yield "  Le fichier n’a aucune colonne."
        return
    width = max(len(column[:30]) for column in guesses)
    for column, guess in guesses.items():
        role = choice.roles[column]
        share = "" if role is not guess.role else f" ({format_percent(guess.share, 0)})"
        yield f"  {column[:30]:{width}}  {WORDS[role]}{share}"


def _problems_as_text(problems: tuple[Problem, ...]) -> Iterator[str]:
    counts = Counter(problem.outcome for problem in problems)
    for problem in problems[:MOST_SHOWN]:
        line = f"ligne {problem.line}" if problem.line else "tout le fichier"
        column = f", colonne « {problem.column} »" if problem.column else ""
        yield (
            f"{line}{column} : trouvé « {problem.value} », attendu {problem.expected} ; "
            f"{problem.outcome}."
        )
    if len(problems) > MOST_SHOWN:
        told = ", ".join(f"{count} × {outcome}" for outcome, count in counts.items())
        yield f"En tout : {told}. Le détail : --rapport FICHIER."
