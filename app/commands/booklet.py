"""``atlas62 livret``: the map page of a booklet, one or all of them."""

from collections.abc import Callable
from pathlib import Path

import click

from app.commands.opening import open_catalogue, start
from app.exports.booklet import PageError, PageRequest, draw_page, read_perimeter
from app.exports.booklet.page import Page
from app.exports.formats import check_free, save
from layers.wording import format_number

ENDINGS = (".pdf", ".svg", ".png")


@click.command(
    "livret", options_metavar="[OPTIONS]", short_help="La page imprimée d’un territoire."
)
@click.option(
    "--perimetre",
    "place",
    required=True,
    metavar="LIEU",
    help="epci:200090751, commune:62193, territoire:calaisis, contrat:ct-ternois, departement…",
)
@click.option(
    "--sortie",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FICHIER",
    help="Fichier à écrire, en .pdf, .svg ou .png (300 points par pouce).",
)
@click.option(
    "--format",
    "paper",
    type=click.Choice(("A4", "A3"), case_sensitive=False),
    default="A4",
    show_default=True,
    help="Format du papier.",
)
@click.option(
    "--orientation",
    type=click.Choice(("auto", "portrait", "paysage")),
    default="auto",
    show_default=True,
    help="auto : celle où le territoire est le plus grand.",
)
@click.option("--titre", "title", default="", metavar="TEXTE", help="À la place du nom.")
@click.option("--sous-titre", "subtitle", default="", metavar="TEXTE", help="Sous le titre.")
@click.option("--couches", metavar="A,B…", help="Couches de points à montrer.")
@click.option("--indicateur", "indicator", metavar="ID", help="Indicateur à peindre par commune.")
@click.option(
    "--logo-partenaire", type=click.Path(path_type=Path), metavar="FICHIER", help="SVG, PNG, JPEG."
)
@click.option(
    "--logo-departement", type=click.Path(path_type=Path), metavar="FICHIER", help="SVG, PNG, JPEG."
)
@click.option("--remplacer", "replace", is_flag=True, help="Écrase le fichier s’il existe déjà.")
def write_booklet(  # noqa: PLR0913 - one for each option
    *,
    place: str,
    path: Path,
    paper: str,
    orientation: str,
    title: str,
    subtitle: str,
    couches: str | None,
    indicator: str | None,
    logo_partenaire: Path | None,
    logo_departement: Path | None,
    replace: bool,
) -> None:
    """Dessiner la page « Le territoire de … » d’un livret, à une échelle vraie.

    Le fichier est écrit en entier ou pas du tout. SOURCE_DATE_EPOCH fixe la date de la page : la
    même demande donne alors le même fichier.
    """
    catalogue = open_catalogue(start())
    writer = writer_of(path)
    check_free(path, replace=replace)
    perimeter, contract = read_perimeter(place, catalogue)
    layers = None if couches is None else [word.strip() for word in couches.split(",") if word]
    page = draw_page(
        catalogue,
        PageRequest(
            perimeter,
            paper=paper.upper(),  # type: ignore[arg-type]
            orientation=orientation,  # type: ignore[arg-type]
            title=title,
            subtitle=subtitle,
            layers=layers,
            indicator=indicator,
            partner_logo=logo_partenaire,
            departement_logo=logo_departement,
            contract=contract,
        ),
    )
    save(writer(page), path, replace=replace)
    click.echo(f"{path} : {page.title}, au 1:{format_number(page.layout.frame.scale)}.")
    for words in page.placed.lost:
        click.echo(f"Sans place sur la carte : {words}.")


def writer_of(path: Path) -> Callable[[Page], bytes]:
    """Return what makes the bytes of a page for the ending of a file's name.

    Raises
    ------
    PageError
        The ending is none of :data:`ENDINGS`.
    """
    writers: dict[str, Callable[[Page], bytes]] = {
        ".pdf": Page.to_pdf,
        ".svg": Page.to_svg,
        ".png": Page.to_png,
    }
    try:
        return writers[path.suffix.lower()]
    except KeyError:
        raise PageError(
            f"« {path} » : un nom qui finit par .pdf, .svg ou .png est attendu."
        ) from None
