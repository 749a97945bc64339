"""``atlas62 actualiser deliberations``: new votes are read, wait as drafts, and are told of."""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from app.imports.act import read_act
from app.imports.limits import BroughtFileError
from app.opening.data import open_sources, start
from app.opening.journal import note
from app.settings import Settings
from layers.connectors.declaration import ConnectorError
from layers.connectors.taking import PATIENT
from layers.connectors.votes import (
    DRAFTS,
    SeenVote,
    SeenVotes,
    fetch,
    is_address,
    list_folder,
    list_page,
    name_of,
    sum_of,
)
from layers.deliberation.account import write_account
from layers.deliberation.draft.files import write_draft
from layers.deliberation.draft.model import DELIBERATION
from layers.french.wording import format_iso_date, plural, typeset

Found = tuple[Path, str]
"""A document on the disk, and its address."""
SHORT_SUM: Final = 8


@click.command("deliberations", short_help="Les délibérations parues depuis.")
@click.option(
    "--dossier",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
    metavar="DOSSIER",
    help="Où elles paraissent ; retenu pour la prochaine fois.",
)
@click.option(
    "--adresse",
    "address",
    metavar="ADRESSE",
    help="La page qui y mène, à la place du dossier ; retenue aussi.",
)
@click.option(
    "--depuis",
    "since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Laisse de côté les délibérations datées d’avant, AAAA-MM-JJ.",
)
def refresh_votes(folder: Path | None, address: str | None, since: datetime | None) -> None:
    """Lire les délibérations parues depuis la dernière fois, dans un dossier ou sur une page.

    Chacune devient un brouillon à relire, comme « atlas62 lire » le fait ; rien n’est adopté.
    Un document déjà lu, ou déjà adopté, n’est pas relu.
    """
    settings = start()
    seen = SeenVotes(open_sources(settings))
    place = str(folder) if folder else address or seen.place
    if not place:
        raise click.UsageError("--dossier ou --adresse est attendu, la première fois.")
    if address and not is_address(address):
        raise click.UsageError("--adresse : une adresse http ou https est attendue.")
    day = since.date().isoformat() if since else ""
    for line in read_new(place, seen, settings, day):
        click.echo(typeset(line))


def read_new(place: str, seen: SeenVotes, settings: Settings, since: str = "") -> Iterator[str]:
    """Read what has come to a place, and yield what is to be told of each document.

    Parameters
    ----------
    since
        Day, ISO, before which a deliberation is left aside; empty for none.

    Raises
    ------
    ConnectorError
        The place cannot be looked at, or what was read cannot be kept.
    """
    votes = dict(seen.votes())
    before, adopted = len(votes), seen.adopted(settings.data)
    try:
        with seen.alone(), tempfile.TemporaryDirectory() as folder:
            for path, address in _find(place, votes, Path(folder)):
                digest = sum_of(path)
                if digest in votes or digest in adopted:
                    continue
                votes[digest] = _read(path, address, digest, seen, since)
                seen.remember(place, votes)
                vote = votes[digest]
                if vote.draft:
                    what = f"Lit {vote.name} : {vote.said}."
                    note(settings, "brouillon", f"brouillon:{vote.draft}", what)
                yield f"{vote.name} : {vote.said}"
            seen.remember(place, votes)
    except OSError as error:
        raise ConnectorError(f"Délibérations : écriture impossible ({error.strerror}).") from error
    yield f"{plural(len(votes) - before, 'document nouveau', 'documents nouveaux')}."
    yield from tell_waiting(seen, settings)


def tell_waiting(seen: SeenVotes, settings: Settings) -> Iterator[str]:
    """Yield how many drafts wait, and where."""
    waiting = seen.waiting(settings.data)
    if waiting:
        count = plural(len(waiting), "brouillon à relire", "brouillons à relire")
        yield f"Délibérations : {count}, dans {seen.folder / DRAFTS}."


def _find(place: str, votes: Mapping[str, SeenVote], folder: Path) -> Iterator[Found]:
    """Yield the documents of a place; one of a page that was read is not fetched again."""
    if not is_address(place):
        yield from ((path, "") for path in list_folder(Path(place)))
        return
    known = {vote.address for vote in votes.values()}
    for number, address in enumerate(list_page(place, folder, PATIENT)):
        if address not in known:
            path = folder / str(number) / name_of(address)
            fetch(address, path, PATIENT)
            yield path, address


def _read(path: Path, address: str, digest: str, seen: SeenVotes, since: str) -> SeenVote:
    """Make the draft of a document; one that cannot be read is told, and not tried again."""
    try:
        draft = read_act(path)
    except BroughtFileError as error:
        return SeenVote(path.name, digest, address, "", f"illisible, {error}")
    act = draft.deliberation
    if act.nature != DELIBERATION:
        return SeenVote(path.name, digest, address, "", "pas une délibération")
    if since and act.date and act.date < since:
        return SeenVote(
            path.name, digest, address, "", f"du {format_iso_date(act.date)}, laissée de côté"
        )
    name = f"{act.date or 'sans-date'}-{digest[:SHORT_SUM]}"
    write_draft(draft, write_account(draft), seen.folder / DRAFTS / name)
    number = f"n° {act.numero}" if act.numero else "sans numéro lisible"
    count = plural(len(draft.operations), "opération")
    day = format_iso_date(act.date) if act.date else "(date non trouvée)"
    said = f"délibération {number} du {day}, {count} : brouillon {name}"
    return SeenVote(path.name, digest, address, name, said)
