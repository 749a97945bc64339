"""``atlas62 export subventions`` and ``deliberations``: open data in the national formats."""

from pathlib import Path
from typing import Final

import click

from app.commands.output_options import output_option, replace_option
from app.exports.complements import FILE, read_complements
from app.exports.deliberations import collect_deliberations, read_matters
from app.exports.formats import save
from app.exports.subventions import Grants, KeptOut, Lack, collect_grants, to_scdl
from app.opening.data import open_catalogue, open_facts, start
from layers.french.wording import format_euros, plural

INCOMPLETE: Final = 3
"""Exit code when the file is written and valid but not every row is in it."""

_FILE: Final = click.Path(path_type=Path, dir_okay=False)


@click.command("subventions", options_metavar="[OPTIONS]")
@click.option(
    "--sortie", "path", type=_FILE, required=True, metavar="FICHIER", help="Fichier CSV à écrire."
)
@click.option(
    "--complements",
    type=_FILE,
    metavar="FICHIER",
    help="Ce que les délibérations ne disent pas ; par défaut contracts/conventions.csv des "
    "données.",
)
@click.option(
    "--rapport", "report_path", type=_FILE, metavar="FICHIER", help="Écrit aussi le rapport ici."
)
@click.option("--remplacer", "replace", is_flag=True, help="Écrase les fichiers qui existent déjà.")
@click.pass_context
def export_subventions(
    context: click.Context,
    path: Path,
    complements: Path | None,
    report_path: Path | None,
    *,
    replace: bool,
) -> None:
    """Écrire les subventions au format SCDL « Subventions » 2.1.1.

    Rien n’est inventé : une subvention dont il manque une valeur obligatoire (le jour de la
    signature, le SIRET…) reste hors du fichier ; le rapport, sur la sortie d’erreur, la nomme et
    dit ce qui manque. Les compléments sont un fichier CSV (UTF-8, virgules) dont les colonnes sont
    operation, dateConvention, idBeneficiaire, datesPeriodeVersement, notificationUE et
    dispositifAide.

    Code de retour : 0 quand toutes les subventions y sont, 3 quand il en manque, 1 quand rien n’a
    pu être écrit.
    """
    catalogue = open_catalogue(start())
    operations = frozenset(catalogue.load("operations")["id"])
    known = read_complements(complements or catalogue.data / FILE, operations)
    grants = collect_grants(catalogue, known)
    report = write_report(grants)
    save(to_scdl(grants.complete), path, replace=replace)
    if report_path is not None:
        save(f"{report}\n".encode(), report_path, replace=replace)
    click.echo(report, err=True)
    if grants.kept_out:
        context.exit(INCOMPLETE)


@click.command("deliberations", options_metavar="[OPTIONS]")
@output_option("Fichier CSV à écrire.")
@click.option(
    "--matieres",
    "matters",
    type=_FILE,
    metavar="FICHIER",
    help="CSV numero, code, matiere ; par défaut celui du réglage ATLAS62_MATTERS.",
)
@replace_option
@click.pass_context
def export_deliberations(
    context: click.Context, path: Path, matters: Path | None, *, replace: bool
) -> None:
    """Écrire les délibérations du Département au format SCDL « Délibérations » 2.1.5.

    Rien n’est inventé : la matière d’un acte (nomenclature ACTES) n’est dans aucun document ; une
    délibération dont elle n’est pas dite reste hors du fichier, et le rapport la nomme.

    Code de retour : 0 quand toutes les délibérations y sont, 3 quand il en manque, 1 quand rien n’a
    pu être écrit.
    """
    settings = start()
    known = read_matters(matters or settings.matters_file)
    made = collect_deliberations(open_facts(settings), known)
    save(made.write(), path, replace=replace)
    click.echo(made.report(), err=True)
    if len(made.complete) < len(made.rows):
        context.exit(INCOMPLETE)


def write_report(grants: Grants) -> str:
    """Say in French how many grants are in the file, and why each of the others is not."""
    written = sum(grant.montant for grant in grants.complete)
    total = (
        f"Format SCDL Subventions 2.1.1 : {plural(len(grants.complete), 'subvention')} dans le "
        f"fichier ({format_euros(written)}), {len(grants.kept_out)} hors du fichier."
    )
    lines = [total, *(_tell(kept_out) for kept_out in grants.kept_out)]
    if grants.kept_out:
        lines.append(
            f"Pour compléter : une ligne par opération dans {FILE}, ou --complements FICHIER."
        )
    return "\n\n".join(lines)


def _tell(kept_out: KeptOut) -> str:
    title = f"{kept_out.operation} : {kept_out.title} ({format_euros(kept_out.amount)})"
    return "\n".join([title, *(f"  {_tell_lack(lack)}" for lack in kept_out.lacks)])


def _tell_lack(lack: Lack) -> str:
    found = f"trouvé « {lack.found} »" if lack.found else "manque"
    return f"{lack.column} : {found} ; attendu : {lack.expected}."
