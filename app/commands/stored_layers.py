"""``atlas62 retirer``, ``restaurer``, ``journal``, ``store``: the store changed, and by whom."""

from pathlib import Path

import click
from pydantic import SecretStr

from app.opening.data import open_store_at, open_store_patiently, start
from app.opening.journal import account, note, noting, open_journal
from app.settings import ADDRESS
from app.sign_on.undoing import Undoing, layer_as_it_was
from layers.french.wording import plural, typeset
from layers.store.backups import Backup
from layers.store.journal import Change
from layers.store.protocol import Store, StoreError


@click.command("retirer", short_help="Retirer une couche du magasin.")
@click.argument("layer_id", metavar="COUCHE")
def remove_layer(layer_id: str) -> None:
    """Retirer une COUCHE du magasin ; « atlas62 restaurer » la remet."""
    settings = start()
    store = open_store_patiently(settings)
    with noting(settings) as line:
        held = store.adoptions().get(layer_id)
        store.remove(layer_id)
        if held is not None:
            what = f"Retire la couche {held.told}."
            before = layer_as_it_was(store, held)
            line.change = Change(account(), "retrait", f"couche:{layer_id}", what, before, {})
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
    settings = start()
    store = open_store_patiently(settings)
    backups = store.backups()
    if listing:
        click.echo(
            typeset("\n".join(_told(store, backup) for backup in backups) or "Aucune sauvegarde.")
        )
        return
    ahead = [backup for backup in backups if store.is_ahead(backup)]
    wanted = [b for b in backups if (b.name == name if name else b not in ahead)]
    if not wanted:
        names = ", ".join(backup.name for backup in backups)
        raise StoreError(
            f"Sauvegarde « {name or 'la dernière'} » absente ; il y a : {names or 'rien'}."
        )
    before = store.layers()
    aside = store.restore(wanted[0])
    note(settings, "restauration", "magasin", f"Remet le magasin de {wanted[0].name}.")
    after = store.layers()
    held = ", ".join(layer.id for layer in after) or "aucune couche"
    lines = [f"Magasin remis comme le {wanted[0].name} l’avait gardé : {held}."]
    for words, some, others in (("Reviennent", after, before), ("Partent", before, after)):
        ids = [layer.id for layer in some if layer.id not in {other.id for other in others}]
        lines += [f"{words} : {', '.join(ids)}."] if ids else []
    if aside:
        lines.append(f"Le magasin d’avant, endommagé, est gardé : {aside}.")
    if ahead and not name:
        names = ", ".join(backup.name for backup in ahead)
        lines.append(
            f"Datées de l’avenir, donc laissées de côté : {names} ; l’horloge était fausse. Pour "
            "en prendre une, la nommer."
        )
    click.echo(typeset("\n".join(lines)))


@click.command("journal", short_help="Qui a changé quoi.", options_metavar="[OPTIONS]")
@click.option("--annuler", "number", type=click.IntRange(1), metavar="N", help="Annule la ligne N.")
@click.option("--par", "who", metavar="NOM", help="Qui annule ; votre compte, par défaut.")
def show_journal(number: int | None, who: str | None) -> None:
    """Montrer les changements faits depuis que l’on se connecte (réglage ATLAS62_OIDC).

    Une ligne annulée reste au journal, avec celle qui l’annule.
    """
    settings = start()
    journal = open_journal(settings)
    if number is not None:
        Undoing(journal, open_store_patiently(settings), settings.data).undo(number, account(who))
    for line in journal.lines():
        undone = f" (annulée par la ligne {line.undone})" if line.undone else ""
        told = f"{line.number}  {line.moment[:16]}  {line.change.who}  {line.change.what}{undone}"
        click.echo(typeset(told))


@click.group("store", short_help="Le magasin : le porter d’un fichier à une base, ou l’inverse.")
def whole_store() -> None:
    """Le magasin des couches adoptées (réglage ATLAS62_STORE)."""


@whole_store.command("migrer", short_help="Copier le magasin dans un autre.")
@click.argument("target", metavar="VERS")
@click.option(
    "--remplacer", "replacing", is_flag=True, help="Prend la place des couches qui y sont déjà."
)
def migrate_store(target: str, *, replacing: bool) -> None:
    """Copier les couches du magasin VERS un autre : un fichier GeoPackage ou une base PostGIS.

    Tout y entre en un seul changement, après relecture : chaque ligne, chaque type, chaque
    géométrie et ce qui est noté de chaque couche. Interrompue, la copie n’a rien changé. Le
    magasin d’origine reste tel quel ; ses sauvegardes n’y passent pas. Ne tapez pas de mot de
    passe dans l’adresse (postgresql://compte@serveur/base) : PGPASSWORD ou un fichier
    (?passfile=…) le donnent.
    """
    settings = start()
    origin = open_store_patiently(settings)
    other = open_store_at(SecretStr(target) if ADDRESS in target else Path(target))
    adoptions = origin.adoptions()
    if not adoptions:
        raise StoreError(f"{origin.name} : vide, rien à copier.")
    there = other.adoptions()
    if there and not replacing:
        raise StoreError(
            f"{other.name} : il contient déjà {', '.join(there)} ; ajoutez --remplacer pour que la "
            "copie en prenne la place."
        )
    other.fill((one, origin.read(one.description)) for one in adoptions.values())
    if origin.adoptions() != other.adoptions():
        raise StoreError(
            f"{origin.name} : il a changé pendant la copie ; recommencez avec --remplacer."
        )
    told = ", ".join(f"{id_} ({plural(one.rows, 'ligne')})" for id_, one in adoptions.items())
    click.echo(typeset(f"Copié dans {other.name}, relu identique : {told}."))


def _told(store: Store, backup: Backup) -> str:
    """Return the name of a backup and what it is: before which change, of whom, with what."""
    who = "un visiteur" if backup.source else "une commande"
    when = backup.moment.astimezone().strftime("%d/%m/%Y à %H:%M")
    try:
        held = ", ".join(store.open_backup(backup).adoptions()) or "aucune couche"
    except StoreError as error:
        held = str(error)
    return f"{backup.name}  le {when}, avant un changement par {who} : {held}"
