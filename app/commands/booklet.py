"""``atlas62 livret``: the map page of a booklet, one or all of them."""

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import click

from app.commands.booklet_options import FileChoice, page_options
from app.commands.output_options import output_option
from app.exports.booklet.batch.pages import Batch, Outcome, What, write_all
from app.exports.booklet.page import Page, draw_page
from app.exports.booklet.press.preflight import Light, preflight
from app.exports.booklet.scene.request import PageError, PageRequest
from app.exports.booklet.scene.words import COMPARED
from app.exports.booklet.sheet import sheet_html
from app.exports.formats import check_free, save
from app.opening.data import open_catalogue, start
from app.view.state import parse_view
from app.view.words import make_vocabulary
from geo.perimeter import DEPARTEMENT, Perimeter, shorten
from layers.background import FOND
from layers.catalogue.layers import Catalogue
from layers.catalogue.selection import find_perimeter
from layers.french.wording import format_number, plural, typeset
from layers.sheets.subject import Subject


@click.command(
    "livret", options_metavar="[OPTIONS]", short_help="La page imprimée d’un territoire."
)
@click.option(
    "--perimetre",
    "place",
    metavar="LIEU",
    help="epci:200090751, commune:62193, territoire:calaisis, contrat:ct-ternois, departement…",
)
@click.option(
    "--tous",
    "what",
    type=click.Choice(("contrats", "epci", "communes")),
    help="Toutes les pages, dans un dossier et un ZIP avec sommaire ; relancer reprend.",
)
@output_option("Fichier .pdf, .svg ou .png (300 points par pouce) ; un dossier avec --tous.")
@page_options
def write_booklet(
    *,
    place: str | None,
    what: What | None,
    path: Path,
    file: FileChoice,
    words: dict[str, Any],
) -> None:
    """Dessiner la page « Le territoire de … » d’un livret, à une échelle vraie.

    Un fichier est écrit en entier ou pas du tout. SOURCE_DATE_EPOCH fixe la date de la page : la
    même demande donne alors le même fichier.
    """
    if (place is not None and what is not None) or not (place or what or words["view"]):
        raise click.UsageError("Donnez --perimetre LIEU ou --tous, l’un des deux.")
    settings = start()
    if what is not None:
        catalogue = open_catalogue(settings)
        words = _with_view(words, catalogue)[0]
        kind = "imprimeur" if file.printer or file.profile else "pdf"
        batch = Batch(what, path, _request(words, DEPARTEMENT), kind, file.profile)
        _tell(_write_batch(catalogue, batch))
        return
    writer = _writer(path, file)
    check_free(path, replace=file.replace)
    catalogue = open_catalogue(settings)
    words, shown = _with_view(words, catalogue)
    perimeter, remark, contract = find_perimeter(catalogue, place or str(shown))
    if remark:
        click.echo(remark, err=True)
    page = draw_page(catalogue, _request(words, perimeter, contract))
    content = page.to_pdf(sheet_html(catalogue, perimeter)) if file.sheet else writer(page)
    save(content, path, replace=file.replace)
    click.echo(f"{path} : {page.title}, au 1:{format_number(page.layout.frame.scale)}.")
    for lost in page.placed.lost:
        click.echo(f"Sans place sur la carte : {lost}.")
    untold = page.canvas.tell()
    for sentence in untold:
        click.echo(typeset(sentence))
    if file.check and path.suffix.lower() == ".pdf":
        report = preflight(content)
        click.echo(str(report))
        for sentence in untold:
            click.echo(f"  {Light.AMBER} : {typeset(sentence)}")
        if report.light is Light.RED:
            raise PageError("le contrôle avant impression a trouvé un défaut (rouge).")


def _with_view(
    words: Mapping[str, Any], catalogue: Catalogue
) -> tuple[dict[str, Any], Perimeter | Subject]:
    """Return what is asked, completed by the view that is to be printed, and what that shows."""
    asked = {**words}
    address = asked.pop("view")
    if address is None:
        return asked, DEPARTEMENT
    view, remarks = parse_view(address.rpartition("?")[2], make_vocabulary(catalogue))
    for remark in remarks:
        click.echo(remark, err=True)
    if view.compared:
        click.echo(COMPARED, err=True)
    if asked["layers"] is None:
        points = [one for one in view.layers if one == FOND or catalogue.layer(one).local]
        asked["layers"] = ",".join(points)
    if asked["indicator"] is None:
        asked["indicator"] = view.indicator
    parts = {"level": view.level, "drawing": view.drawing, "classes": view.classes}
    return {**asked, **parts, "operations": view.operations}, view.subject or view.place


def _request(
    words: Mapping[str, Any], perimeter: Perimeter, contract: str | None = None
) -> PageRequest:
    listed = words["layers"]
    layers = None if listed is None else [one.strip() for one in listed.split(",") if one.strip()]
    indicator = words["indicator"] or None
    captions = dict(_read_caption(text) for text in words["captions"])
    read = {"layers": layers, "indicator": indicator, "captions": captions}
    return PageRequest(perimeter, contract=contract, **{**words, **read})


def _read_caption(text: str) -> tuple[str, str]:
    operation, equals, caption = text.partition("=")
    if not equals or not caption.strip():
        raise PageError(
            f"Légende « {shorten(text)} » : OPÉRATION=TEXTE est attendu, comme "
            "2023-534-ternois-1=Hôtel de la formation."
        )
    return operation.strip(), caption.strip()


def _writer(path: Path, file: FileChoice) -> Callable[[Page], bytes]:
    """Return what makes the bytes of a page for the ending of a file's name."""
    ending = path.suffix.lower()
    if file.sheet and (file.printer or file.profile or ending != ".pdf"):
        raise PageError("La fiche se joint au PDF pour l’écran : ni SVG, ni PNG, ni imprimeur.")
    if file.printer or file.profile:
        if ending != ".pdf":
            raise PageError(
                f"« {path} » : pour l’imprimeur, un nom qui finit par .pdf est attendu."
            )
        return lambda page: page.to_printer_pdf(file.profile)
    writers: dict[str, Callable[[Page], bytes]] = {
        ".pdf": Page.to_pdf,
        ".svg": Page.to_svg,
        ".png": Page.to_png,
    }
    if ending not in writers:
        raise PageError(f"« {path} » : un nom qui finit par .pdf, .svg ou .png est attendu.")
    return writers[ending]


def _write_batch(catalogue: Catalogue, batch: Batch) -> Outcome:
    """Write all pages with a progress bar; an interruption lets the pages under way end."""
    with (
        _interruption() as stopped,
        click.progressbar(length=0, label="Pages", show_pos=True) as bar,
    ):

        def progress(done: int, total: int, _name: str) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        return write_all(catalogue, batch, progress, stopped.is_set)


@contextmanager
def _interruption() -> Iterator[Event]:
    """Turn Ctrl-C into an event, as long as the block lasts."""
    stopped = Event()
    before = signal.signal(signal.SIGINT, lambda *_: stopped.set())
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


def _tell(outcome: Outcome) -> None:
    for name, why in outcome.failures:
        click.echo(f"{name} : {why}", err=True)
    if outcome.archive is None:
        raise PageError(
            f"arrêt demandé, {plural(len(outcome.entries), 'page')} sur {outcome.total} : "
            "la même commande reprend où elle en était."
        )
    pages = plural(len(outcome.entries), "page")
    click.echo(f"{outcome.archive} : {pages} sur {outcome.total}, avec leur sommaire.")
    if outcome.failures:
        raise PageError(f"{plural(len(outcome.failures), 'page')} sans carte, voir ci-dessus.")
