"""What ``atlas62 actualiser`` does with official sources: takes them, goes back, tells all."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import Final

import click

from app.opening.data import open_catalogue, open_facts, open_sources, start
from app.opening.geocoding import open_layer_geocoding
from app.opening.journal import note
from app.settings import Settings
from geo.download import Told
from geo.reference.places import Reference
from geo.whole_file import write_whole
from layers.connectors.bpe import FacilityFeed, read_categories
from layers.connectors.declaration import Connector, ConnectorError, DataGouv, Direct
from layers.connectors.kept import KeptSource
from layers.connectors.registry import CONNECTORS
from layers.connectors.taking import bring, now, origin_of, refuse, take_file
from layers.french.wording import plural, typeset
from layers.located_facilities import TABLE, categories_in
from layers.model.schema import LayerError
from layers.placing.answers import FILE as ANSWERS
from layers.placing.answers import all_asked, geocode_asked, write_answers

NOTHING_TAKEN: Final = "rien n’est changé"
CHOICE: Final = click.Option(
    ["--categorie", "categories"],
    multiple=True,
    metavar="CODE[=TITRE]",
    help="Une catégorie qui devient une couche, D307 ou « A206=Bureaux de poste » ; à répéter. "
    "Sans elle, celles de la fois d’avant.",
)
Brought = dict[DataGouv | Direct, Path]
"""What was downloaded in one run, by where: several layers may come of one file."""


class StoppedError(click.ClickException):
    """Somebody pressed Ctrl-C; the exit code is that of shells (128 and the signal)."""

    exit_code = 130


def take_source(
    connector: Connector,
    settings: Settings,
    file: Path | None,
    *,
    trial: bool,
    brought: Brought | None = None,
) -> str:
    """Take a source, from its address or from a file, and return what is to be told.

    Parameters
    ----------
    trial
        Check everything, keep nothing.
    brought
        Files that this run has downloaded already; one that is new is added.

    Raises
    ------
    ConnectorError
        It cannot be taken; the reason is remembered, nothing else is changed.
    StoppedError
        It was stopped meanwhile; that is remembered, nothing else is changed.
    """
    if lacking := connector.feed.missing():
        raise ConnectorError(lacking)
    brought = {} if brought is None else brought
    kept = KeptSource(open_sources(settings), connector)
    reference = Reference.load(settings.data / "communes")
    at = now()
    try:
        with kept.alone(), _progress(connector) as told:
            path = file or brought.get(connector.where) or bring(kept, told=told)
            if file is None:
                brought[connector.where] = path
            taken = take_file(path, kept, reference, settings.data, at)
            origin = origin_of(path, taken, kept, at)
            said = f"{plural(taken.count, connector.feed.counted)}, {origin.vintage}"
            if not trial:
                _keep_answers(settings)
                kept.keep(taken.files, origin, said)
                note(
                    settings, "source", f"source:{connector.id}", f"Prend {connector.id} : {said}."
                )
    except ConnectorError as error:
        if not trial:
            refuse(kept, error, at)
        raise
    except KeyboardInterrupt:
        stopped = f"{connector.id} : arrêté, {NOTHING_TAKEN} ; la carte garde ce qu’elle montrait."
        if not trial:
            refuse(kept, ConnectorError(stopped), at)
        raise StoppedError(typeset(stopped)) from None
    except OSError as error:
        raise ConnectorError(
            f"{connector.title} : écriture impossible ({error.strerror}), {NOTHING_TAKEN}."
        ) from error
    end = f" Essai : {NOTHING_TAKEN}." if trial else ""
    return "\n".join([f"{connector.id} : {said}.{end}", *taken.told])


def go_back(connector: Connector, settings: Settings) -> str:
    """Use the rows of before, and return what is shown from now on.

    Raises
    ------
    ConnectorError
        The embedded rows are in use already.
    """
    kept = KeptSource(open_sources(settings), connector)
    with kept.alone():
        if not kept.go_back():
            raise ConnectorError(f"{connector.id} : les lignes du projet sont déjà montrées.")
    note(
        settings, "source", f"source:{connector.id}", f"Revient aux lignes d’avant, {connector.id}."
    )
    version = kept.current()
    shown = version.origin.vintage if version else "celles du projet"
    return f"{connector.id} : les lignes montrées sont de nouveau celles d’avant ({shown})."


def place_again(settings: Settings) -> None:
    """Ask the geocoder where the rows are that have come, and keep its answers with them."""
    if open_facts(settings) == settings.data:
        return
    catalogue = open_catalogue(settings)
    geocoding = open_layer_geocoding(catalogue, settings)
    answers = geocode_asked(geocoding.batch, dict.fromkeys(all_asked(catalogue)))
    try:
        write_whole(catalogue.data / ANSWERS, write_answers(answers))
    except OSError as error:
        raise LayerError(f"Fichier {ANSWERS} : écriture impossible ({error.strerror}).") from error


def elsewhere(connector: Connector, address: str) -> Connector:
    """Return a connector whose file is at another address; who may be asked stays the same."""
    return replace(connector, where=Direct(address, connector.where.origins))


def choose(connector: Connector, settings: Settings, categories: Sequence[str]) -> Connector:
    """Return a connector that takes the categories asked for, else those of before.

    Raises
    ------
    ConnectorError
        One is no category.
    """
    feed = connector.feed
    if not isinstance(feed, FacilityFeed):
        return connector
    version = KeptSource(open_sources(settings), connector).current()
    before = categories_in(version.files[TABLE.file]) if version else {}
    return replace(connector, feed=replace(feed, categories=read_categories(categories) or before))


def nothing_chosen(connector: Connector) -> bool:
    """Tell whether a source has categories and none of them is wanted."""
    return isinstance(connector.feed, FacilityFeed) and not connector.feed.categories


def source_command(connector: Connector) -> click.Command:
    """Return the command that takes one source."""

    @click.command(connector.id, short_help=f"{connector.title}.")
    @click.option(
        "--fichier",
        "file",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        metavar="FICHIER",
        help="Le même fichier, d’un disque : pour une machine sans réseau.",
    )
    @click.option(
        "--adresse",
        "address",
        metavar="ADRESSE",
        help="Où est le fichier, quand le producteur l’a déplacé ; sur le même serveur.",
    )
    @click.option("--essai", "trial", is_flag=True, help="Tout vérifier, ne rien garder.")
    @click.option("--revenir", "back", is_flag=True, help="Revient aux lignes d’avant.")
    @click.pass_context
    def command(  # noqa: PLR0913 - one for each option
        context: click.Context,
        file: Path | None,
        address: str | None,
        *,
        trial: bool,
        back: bool,
        categories: tuple[str, ...] = (),
    ) -> None:
        settings = start()
        asked = choose(connector, settings, categories)
        if nothing_chosen(asked) and not back:
            raise ConnectorError(f"{connector.id} : aucune catégorie ; {CHOICE.help}")
        asked = elsewhere(asked, address) if address else asked
        brought: Brought = context.meta.setdefault(__name__, {})
        if back:
            click.echo(typeset(go_back(connector, settings)))
        else:
            click.echo(typeset(take_source(asked, settings, file, trial=trial, brought=brought)))
        if not trial:
            place_again(settings)

    if isinstance(connector.feed, FacilityFeed):
        command.params.append(CHOICE)
    command.help = (
        f"{connector.title} ({connector.producer}) : met à jour {connector.feed.title}, "
        "au prochain démarrage de la carte. Ce qui ne convient pas "
        "est refusé avec ses raisons, et rien n’est changé."
    )
    return command


def tell_states(settings: Settings, today: date) -> Iterator[str]:
    """Yield a line for each source: what it feeds, how old its data are, how the last try went."""
    for name, connector in CONNECTORS.items():
        kept = KeptSource(open_sources(settings), connector)
        version, attempt = kept.current(), kept.attempt()
        embedded = connector.feed.layer or connector.feed.replaces
        none = "lignes du projet" if embedded else "pas encore pris"
        shown = version.origin.vintage if version else none
        yield f"{name} : {connector.title} ({connector.producer}) ; {shown}."
        age = version.origin.age(today) if version else None
        if age is not None and age > connector.rhythm:
            yield f"  Ancien : {plural(age, 'jour')}, {connector.rhythm} d’ordinaire."
        if attempt and not attempt.good:
            yield f"  Dernier essai, {attempt.at[:10]} : {attempt.said}"


def _keep_answers(settings: Settings) -> None:
    """Let the geocoder's answers for other rows than the embedded ones be kept beside them."""
    answers = open_sources(settings) / ANSWERS
    if not answers.exists():
        answers.parent.mkdir(parents=True, exist_ok=True)
        copyfile(settings.data / ANSWERS, answers)


@contextmanager
def _progress(connector: Connector) -> Iterator[Told]:
    """Show how much has come, where somebody looks."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=1, label=connector.id, file=sys.stderr, hidden=hidden) as bar:

        def told(come: int, whole: int | None) -> None:
            bar.length = max(whole or come, 1)
            bar.pos = come
            bar.update(0)

        yield told
