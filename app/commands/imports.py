"""``atlas62 importer``: a file that somebody brings, into the store."""

import dataclasses
import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click
import orjson

from app.commands.import_told import Adopted, ImportTold, columns_as_text, refusal_as_record
from app.exports.differences import differences_csv
from app.exports.formats import save
from app.imports.brought_file import FileImport
from app.imports.divided import divided
from app.imports.file_folder import SOURCE
from app.imports.held import held
from app.imports.limits import BroughtFileError, read_bounded
from app.imports.replaced import compare_replaced
from app.imports.report import left_out_csv, report_csv
from app.imports.sandbox import warm_up
from app.opening.data import open_catalogue, open_store_patiently, start
from app.opening.geocoding import open_geocoding
from app.opening.journal import account, noting
from app.settings import Settings
from app.sign_on.undoing import adoption_noted
from geo.geocoder.table import GeocodesMany
from geo.whole_file import write_whole
from layers.brought.choice import Choice
from layers.brought.making import Made, name_layer
from layers.brought.problems import BroughtError
from layers.brought.roles import Role
from layers.brought.units import WORDS
from layers.catalogue.layers import Catalogue
from layers.french.wording import typeset
from layers.model.schema import LayerError
from layers.store.backups import OPERATOR
from layers.store.protocol import Store, StoreError

READING: Final = 2
"""Counts the ways in which files were read: what was begun by an older one is begun again."""
PLACE: Final = "lieu"
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
@click.option(
    "--lignes",
    "rows",
    type=click.Choice([PLACE, *filter(None, WORDS)]),
    help="Ce qu’est chaque ligne : un lieu à placer, ou un territoire que ses nombres colorent.",
)
@click.option("--rapport", "report", type=_FILE, metavar="FICHIER", help="Écrit le rapport en CSV.")
@click.option(
    "--ecartees",
    "left_out",
    type=_FILE,
    metavar="FICHIER",
    help="Écrit les lignes écartées en CSV.",
)
@click.option(
    "--differences",
    "changes",
    type=_FILE,
    metavar="FICHIER",
    help="Avec --remplacer : écrit en CSV ce qui change, cellule par cellule.",
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
    rows: str | None,
    report: Path | None,
    left_out: Path | None,
    changes: Path | None,
    dry: bool,
    replacing: bool,
    as_json: bool,
) -> None:
    """Faire une couche d’un FICHIER et l’ajouter au magasin, sur la carte au prochain démarrage.

    CSV, XLSX, ODS, GeoJSON, GeoPackage ou Shapefile en ZIP. Ce qu’est chaque colonne est deviné
    et montré : --essai le montre sans rien ajouter, et avec --remplacer ce qui changerait ; --role
    le corrige. Les adresses sont placées ; un import interrompu reprend où il en était. Ce qui ne
    va pas est dit ligne par ligne.

    Code de sortie : 0 si la couche est faite, même si des lignes en sont écartées (« left_out » du
    JSON les compte) ; 1 si elle est refusée, et « error » du JSON dit pourquoi ; 2 si la commande
    est mal écrite.
    """
    settings = start()
    warm_up()
    catalogue = open_catalogue(settings)
    with _open_job(path, part, heading, settings, catalogue) as job:
        guesses, guessed = job.guess(), job.guess_choice()
        choice = replace(
            guessed,
            title=title or guessed.title,
            roles=_corrected(guessed.roles, roles),
            producer=producer,
            licence=licence,
            vintage=vintage,
            level=guessed.level if rows is None else "" if rows == PLACE else rows,
        )
        wanted = _identify(layer_id, choice.title, catalogue)
        try:
            made = _make(job, choice, wanted, lambda: open_geocoding(catalogue, settings).batch)
        except (BroughtError, BroughtFileError) as error:
            # what the columns were taken for is what --role corrects
            if as_json:
                click.echo(orjson.dumps(refusal_as_record(job.table, choice, guesses, str(error))))
            taken = columns_as_text(job.table, choice, guesses)
            click.echo(typeset("\n".join(taken)), err=True)
            raise
        compared = (
            compare_replaced(open_store_patiently(settings), made, choice) if replacing else None
        )
        for file, content in (
            (report, report_csv(made.problems)),
            (left_out, left_out_csv(job.table.frame, made.left_out)),
            (changes, differences_csv(compared.differences if compared else ())),
        ):
            if file is not None:
                save(content, file, replace=replacing)
        # nothing can fail after the adoption
        told = ImportTold(job.table, made, choice, guesses, compared)
        if not dry:
            how = "replace" if replacing else "refuse" if layer_id else "add"
            told.adoption = _adopt_noted(settings, made, how, catalogue)
            job.forget()
    click.echo(orjson.dumps(told.as_record()) if as_json else typeset("\n".join(told.as_text())))


@contextmanager
def _open_job(
    path: Path, part: str, heading: int | None, settings: Settings, catalogue: Catalogue
) -> Iterator[FileImport]:
    """Read a file, or find again what was begun of the same one.

    Whoever comes while another program imports the same file begins it in a folder of their own.
    """
    content = read_bounded(path)
    origin = f"{READING}/{path.name}/{part}/{heading}/{settings.ban}"
    digest = hashlib.sha256(content + origin.encode()).hexdigest()[:24]
    folder = settings.imports / digest
    folder.mkdir(parents=True, exist_ok=True)
    # a server that starts meanwhile sweeps what nobody holds
    with held(folder) as ours:
        if ours:
            yield _read_job(
                FileImport(folder, catalogue.reference), path.name, content, part, heading
            )
            return
    with TemporaryDirectory(prefix=f"{digest}-", dir=folder.parent) as own, held(Path(own)):
        yield _read_job(
            FileImport(Path(own), catalogue.reference), path.name, content, part, heading
        )


def _read_job(
    job: FileImport, name: str, content: bytes, part: str, heading: int | None
) -> FileImport:
    job.folder.mkdir(exist_ok=True)
    try:
        _ = job.table
    except BroughtFileError:
        write_whole(job.folder / SOURCE, content)
        try:
            job.read(name, part, heading)
        except BroughtFileError:
            job.forget()
            raise
        (job.folder / SOURCE).unlink()
    return job


def _adopt_noted(settings: Settings, made: Made, how: str, catalogue: Catalogue) -> Adopted:
    """Keep a layer, with its line in the journal where there is one."""
    store = open_store_patiently(settings)
    with noting(settings) as line:
        adopted = _adopt(store, made, how, catalogue)
        named = dataclasses.replace(made.description, id=adopted.layer_id)
        line.change = adoption_noted(store, account(), named, len(made.rows), adopted.replaced)
    return adopted


def _adopt(store: Store, made: Made, how: str, catalogue: Catalogue) -> Adopted:
    """Keep a layer; one that has its identifier is replaced, or refused for, or stays beside it."""
    description, rows = made.description, made.rows
    if how != "add":
        replaced = store.adopt(description, rows, replace=how == "replace", source=OPERATOR)
        return Adopted(description.id, replaced=replaced)
    kept = store.add(description, rows, source=OPERATOR, taken=frozenset(catalogue.layers))
    if kept.id == description.id:
        return Adopted(kept.id)
    with suppress(StoreError):  # it is adopted: the rest is only told
        return Adopted(kept.id, beside=store.adoptions().get(description.id))
    return Adopted(kept.id)


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


def _make(
    job: FileImport, choice: Choice, layer_id: str, geocoder: Callable[[], GeocodesMany]
) -> Made:
    if not job.chosen or job.choice != choice:
        job.choose(choice, layer_id)
    progress = job.progress()
    if not progress.over:
        with (
            divided(geocoder()) as quick,
            click.progressbar(
                length=progress.total, label="Adresses", file=sys.stderr, show_pos=True
            ) as bar,
        ):
            bar.update(progress.done)
            for each in job.advance(quick):
                bar.update(each.done - bar.pos)
    return job.make(layer_id)
