"""``atlas62 lire`` and ``atlas62 adopter``: from a deliberation to the data, reviewed between."""

import getpass
from datetime import UTC, datetime
from pathlib import Path

import click

from app.imports.act import read_act
from app.opening.data import start
from app.opening.journal import note
from layers.deliberation.account import write_account
from layers.deliberation.adoption.transaction import adopt
from layers.deliberation.draft.files import write_draft
from layers.deliberation.draft.model import DELIBERATION, Draft, Remark
from layers.deliberation.draft.values import Level
from layers.french.wording import format_euros, format_iso_date, plural, typeset


@click.command("lire", short_help="Lire une délibération.", options_metavar="[OPTIONS]")
@click.argument("document", type=click.Path(path_type=Path), metavar="FICHIER")
@click.option(
    "--sortie",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DOSSIER",
    help="Dossier du brouillon ; il est créé s’il n’existe pas.",
)
def read_deliberation(document: Path, folder: Path) -> None:
    """Lire une délibération (.txt ou .pdf) et en faire un brouillon à relire.

    Le DOSSIER reçoit deliberation.yaml (à corriger à la main), deliberation.json (les mêmes
    valeurs pour un programme) et rapport.md (ce qui a été trouvé, ce qui manque, chaque
    rapprochement, chaque remarque). Un brouillon déjà corrigé est gardé sous un autre nom.
    """
    start()
    draft = read_act(document)
    paths = write_draft(draft, write_account(draft), folder)
    click.echo(typeset(_sum_up(draft)))
    _show_remarks(draft.remarques)
    for path in paths:
        click.echo(f"Écrit : {path}")


@click.command(
    "adopter", short_help="Ajouter aux données un brouillon relu.", options_metavar="[OPTIONS]"
)
@click.argument("draft", type=click.Path(path_type=Path), metavar="BROUILLON")
@click.option("--par", "who", metavar="NOM", help="Qui adopte, pour le journal ; vous, par défaut.")
def adopt_deliberation(draft: Path, who: str | None) -> None:
    """Ajouter aux données un BROUILLON relu, deliberation.yaml ou .json.

    Tout est ajouté ou rien. Adopter deux fois la même délibération ne change rien ; une
    délibération adoptée avec d’autres valeurs est refusée, avec les différences.
    """
    settings = start()
    adoption = adopt(draft, settings.data, who or _user(), datetime.now(UTC))
    if adoption.changed:
        what = f"Adopte la délibération {adoption.name}."
        note(settings, "délibération", f"délibération:{adoption.name}", what, who)
    words = "adoptée" if adoption.changed else "déjà adoptée avec les mêmes valeurs"
    click.echo(typeset(f"Délibération {adoption.name} : {words} ({adoption.path})."))
    _show_remarks(adoption.remarks)


def _sum_up(draft: Draft) -> str:
    act = draft.deliberation
    if act.nature != DELIBERATION:
        return "Ce document n’est pas une délibération."
    fits = [op.montant_fit for op in draft.operations if op.montant_fit is not None]
    parts = [plural(len(draft.contrats), "contrat"), plural(len(draft.operations), "opération")]
    if fits:
        parts.append(f"{format_euros(sum(fits))} de FIT")
    number = f"n° {act.numero}" if act.numero else "sans numéro lisible"
    day = format_iso_date(act.date) if act.date else "(date non trouvée)"
    return f"Délibération {number} du {day} : {', '.join(parts)}."


def _show_remarks(remarks: list[Remark] | tuple[Remark, ...]) -> None:
    """Show errors and warnings one by one, and count what is only told."""
    for level in (Level.ERROR, Level.WARNING):
        for remark in remarks:
            if remark.niveau is level:
                where = f" (ligne {remark.lignes[0]})" if remark.lignes else ""
                click.echo(typeset(f"{level.capitalize()} : {remark.message}{where}"), err=True)
    notes = sum(remark.niveau is Level.NOTE for remark in remarks)
    if notes:
        click.echo(f"{plural(notes, 'information')} au rapport.", err=True)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "inconnu"
