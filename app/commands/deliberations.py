"""``atlas62 export deliberations``: the votes as open data, in the national format."""

from pathlib import Path
from typing import Final

import click

from app.commands.output_options import output_option, replace_option
from app.exports.deliberations import collect_deliberations, read_matters
from app.exports.formats import save
from app.opening.data import open_facts, start

INCOMPLETE: Final = 3
"""Exit code when the file is written and valid but not every deliberation is in it."""


@click.command("deliberations", options_metavar="[OPTIONS]")
@output_option("Fichier CSV à écrire.")
@click.option(
    "--matieres",
    "matters",
    type=click.Path(path_type=Path, dir_okay=False),
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
