"""The program ``atlas62``: its commands, and the one place where an error becomes a sentence."""

import click
import structlog

from app.commands.booklet import write_booklet
from app.commands.deliberation import adopt_deliberation, read_deliberation
from app.commands.export import export
from app.commands.gaps import tell_gaps
from app.commands.geocode import geocode_file
from app.commands.imports import import_file, remove_layer, restore_store
from app.commands.layers import list_layers
from app.commands.new_sites import tell_new_sites
from app.commands.offline_map import make_offline_map
from app.commands.positions import positions
from app.commands.refresh import refresh
from app.commands.serve import serve_map
from app.commands.verification import verify_data
from app.exports.booklet import PageError
from app.exports.formats import SaveError
from app.exports.paper import PaperError
from app.imports.limits import BroughtFileError
from app.serving import PortError
from app.settings import SettingsError
from geo.access import AccessError
from geo.ban_answers import BanError
from geo.outline_match import OutlineError
from geo.perimeter import PlaceError
from geo.siting import SitingError
from geo.tables import DamagedReferenceError
from geo.travel import TravelError
from layers.brought.problems import BroughtError
from layers.deliberation import DeliberationError
from layers.gaps import GapError
from layers.schema import LayerError
from layers.service_choice import ServiceError
from layers.store import StoreError

EXPECTED_ERRORS = (
    AccessError,
    BanError,
    BroughtError,
    BroughtFileError,
    DamagedReferenceError,
    DeliberationError,
    GapError,
    LayerError,
    OutlineError,
    PageError,
    PaperError,
    PlaceError,
    PortError,
    SaveError,
    ServiceError,
    SettingsError,
    SitingError,
    StoreError,
    TravelError,
)
"""Their message is a French sentence for a person."""


class Atlas(click.Group):
    """The group of commands; an error leaves it as one French line and exit code 1.

    A wrong use of the command line gives 2, as click has it.
    """

    def invoke(self, ctx: click.Context) -> None:
        """Run the command that was asked for, and tell its failure without a traceback."""
        try:
            super().invoke(ctx)
        except EXPECTED_ERRORS as error:
            raise click.ClickException(str(error)) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            structlog.get_logger("app").debug("unexpected_error", exc_info=True)
            raise click.ClickException(
                f"défaut du programme ({type(error).__name__} : {error}) ; "
                "ATLAS62_LOG_LEVEL=DEBUG en dit plus."
            ) from error


@click.group(
    cls=Atlas,
    commands=(
        serve_map,
        list_layers,
        export,
        make_offline_map,
        tell_gaps,
        tell_new_sites,
        verify_data,
        read_deliberation,
        adopt_deliberation,
        geocode_file,
        positions,
        refresh,
        write_booklet,
        import_file,
        remove_layer,
        restore_store,
    ),
    subcommand_metavar="COMMANDE …",
    no_args_is_help=True,
)
@click.version_option(package_name="atlas62", prog_name="Atlas 62")
def main() -> None:
    """Atlas 62 : la carte des contrats de territoire du Pas-de-Calais."""


if __name__ == "__main__":
    main()
