"""The program ``atlas62``: its commands, and the one place where an error becomes a sentence."""

from collections.abc import Iterator, Mapping
from pkgutil import resolve_name
from typing import Final

import click
import structlog

import app.commands  # noqa: F401 - from here on click speaks French

COMMANDS: Final[Mapping[str, str]] = {
    "servir": "app.commands.serve:serve_map",
    "couches": "app.commands.layers:list_layers",
    "export": "app.commands.export:export",
    "carte-hors-ligne": "app.commands.offline_map:make_offline_map",
    "ecarts": "app.commands.gaps:tell_gaps",
    "implanter": "app.commands.new_sites:tell_new_sites",
    "verifier": "app.commands.verification:verify_data",
    "lire": "app.commands.deliberation:read_deliberation",
    "adopter": "app.commands.deliberation:adopt_deliberation",
    "geocoder": "app.commands.geocode:geocode_file",
    "positions": "app.commands.positions:positions",
    "actualiser": "app.commands.refresh:refresh",
    "livret": "app.commands.booklet:write_booklet",
    "importer": "app.commands.imports:import_file",
    "retirer": "app.commands.stored_layers:remove_layer",
    "restaurer": "app.commands.stored_layers:restore_store",
    "journal": "app.commands.stored_layers:show_journal",
    "store": "app.commands.stored_layers:whole_store",
}
"""Where each command is; imported when it is asked for, for all of them take seconds."""
VERSION: Final = "app.commands.version:tell_version"
EXPECTED_ERRORS: Final = frozenset(
    {
        "app.exports.booklet.scene.request.PageError",
        "app.exports.formats.SaveError",
        "app.exports.paper.PaperError",
        "app.imports.limits.BroughtFileError",
        "app.web.serving.PortError",
        "app.settings.SettingsError",
        "geo.access.nearest.AccessError",
        "geo.ban.answers.BanError",
        "geo.finer_outlines.match.OutlineError",
        "geo.perimeter.PlaceError",
        "geo.siting.case.SitingError",
        "geo.tables.DamagedReferenceError",
        "geo.travel.times.TravelError",
        "layers.brought.problems.BroughtError",
        "layers.connectors.declaration.ConnectorError",
        "layers.deliberation.draft.error.DeliberationError",
        "layers.gaps.question.GapError",
        "layers.model.schema.LayerError",
        "layers.gaps.services.ServiceError",
        "layers.store.protocol.StoreError",
    }
)
"""By module and name; their message is a French sentence for a person."""


class Commands(Mapping[str, click.Command]):
    """The commands by name, each imported at its first use."""

    def __getitem__(self, name: str) -> click.Command:
        command: click.Command = resolve_name(COMMANDS[name])
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Atlas(click.Group):
    """The group of commands; an error leaves it as one French line and exit code 1.

    A wrong use of the command line gives 2, as click has it.
    """

    def invoke(self, ctx: click.Context) -> None:
        """Run the command that was asked for, and tell its failure without a traceback."""
        try:
            super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if is_expected(error):
                raise click.ClickException(str(error)) from error
            structlog.get_logger("app").debug("unexpected_error", exc_info=True)
            raise click.ClickException(
                f"défaut du programme ({type(error).__name__} : {error}) ; "
                "ATLAS62_LOG_LEVEL=DEBUG en dit plus."
            ) from error


def is_expected(error: Exception) -> bool:
    """Return whether the message of an error is meant for a person."""
    kinds = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}
    return not kinds.isdisjoint(EXPECTED_ERRORS)


@click.group(
    cls=Atlas,
    commands=Commands(),
    subcommand_metavar="COMMANDE …",
    no_args_is_help=True,
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, asked: asked and resolve_name(VERSION)(context),
    help="Dire la version du programme et celle des données.",
)
def main() -> None:
    """Atlas 62 : la carte des contrats de territoire du Pas-de-Calais."""


if __name__ == "__main__":
    main()
