"""A page of a booklet: drawn once, written as PDF, SVG or PNG."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import pypdfium2
import shapely

from app.exports.booklet.background import background_block
from app.exports.booklet.drawing import draw_map
from app.exports.booklet.furniture import Logos, draw_foot, draw_header, locator_block
from app.exports.booklet.layout import Layout, lay_out
from app.exports.booklet.legend import (
    COMMUNE_LINE,
    LARGEST_TOTAL,
    OUTLINE_LINE,
    LineStyle,
    classes_block,
    limits_block,
    numbers_block,
    operations_block,
    sites_block,
    totals_block,
)
from app.exports.booklet.panel import Block, draw_panel
from app.exports.booklet.pen.canvas import Canvas
from app.exports.booklet.pen.writing import Told, to_html, to_svg
from app.exports.booklet.placement import Placed, place_everything
from app.exports.booklet.press.printer import to_printer_pdf
from app.exports.booklet.scene.background import credit_of, detail_of, kinds_in
from app.exports.booklet.scene.content import OPERATIONS, Content, Scene, gather
from app.exports.booklet.scene.ground import Ground, ground_of
from app.exports.booklet.scene.request import LONGEST_TITLE, PageError, PageRequest
from app.exports.booklet.scene.words import page_notes, page_subtitle, page_title
from app.exports.paper import to_pdf
from app.parts.typography import typeset
from app.view.levels import LEVEL_PLURALS
from geo.perimeter import Level, shorten
from layers.catalogue.layers import Catalogue
from layers.french.wording import plural

SIDE: Final = {Level.TERRITORY: 2.9, Level.MDS: 2.9, Level.DEPARTEMENT: 2.6}
"""Width of a sign, millimetres, where it is not :data:`WIDEST_SIDE`."""
WIDEST_SIDE: Final = 3.4
NARROW_SIDE: Final = 2.8
MANY_COMMUNES: Final = 60
"""Beyond so many communes on a page, signs are narrower."""
PNG_DPI: Final = 300
NOTHING_KNOWN: Final = "Aucune valeur n’y est connue en entier."
NOTHING_DRAWN: Final = "Les valeurs connues y sont toutes nulles."
_MOST_TRIES: Final = 4


@dataclass(frozen=True)
class Page:
    """A drawn page.

    Parameters
    ----------
    told
        Title, words for whoever cannot see the page, date.
    canvas
        Everything that is drawn, millimetres.
    layout
        Where it is; ``layout.frame.scale`` is the denominator of the scale.
    placed
        Labels and marks with their boxes; ``placed.lost`` is what could not be placed.
    side
        Width of a site's sign, millimetres.
    """

    told: Told
    canvas: Canvas
    layout: Layout
    placed: Placed
    side: float

    @property
    def title(self) -> str:
        """As printed."""
        return self.told.title

    def to_pdf(self, more: str = "") -> bytes:
        """Return the PDF for screens: tagged, with title, language and bookmarks.

        Parameters
        ----------
        more
            HTML for the pages after the map: see :func:`app.exports.booklet.sheet.sheet_html`.

        Raises
        ------
        app.exports.paper.PaperError
            WeasyPrint cannot work on this machine.
        """
        return to_pdf(to_html(self.canvas, self.told, more=more))

    def to_printer_pdf(self, profile: Path | None = None) -> bytes:
        """Return the PDF for a printer: see :mod:`app.exports.booklet.press.printer`."""
        return to_printer_pdf(self.canvas, self.told, profile)

    def to_svg(self) -> bytes:
        """Return the SVG, its fonts inside."""
        return to_svg(self.canvas, self.told).encode()

    def to_png(self, dpi: int = PNG_DPI) -> bytes:
        """Return a picture of the PDF.

        Raises
        ------
        app.exports.paper.PaperError
            WeasyPrint cannot work on this machine.
        """
        with pypdfium2.PdfDocument(self.to_pdf()) as document:
            picture = document[0].render(scale=dpi / 72).to_pil()
        written = io.BytesIO()
        picture.save(written, "PNG", dpi=(dpi, dpi), optimize=False)
        return written.getvalue()


def draw_page(catalogue: Catalogue, request: PageRequest) -> Page:
    """Draw the map page of a perimeter.

    Raises
    ------
    PageError
        The page cannot be drawn as asked: no such format, a list too long, a logo that is none.
    geo.perimeter.UnknownPlaceError
        There is no such perimeter.
    layers.model.schema.LayerError
        A layer or an indicator is unknown or cannot be loaded.
    """
    if len(request.title) > LONGEST_TITLE:
        raise PageError(
            f"Titre de {len(request.title)} caractères : {LONGEST_TITLE} au plus sont attendus."
        )
    _check_captions(catalogue, request.captions)
    scene = _scene(catalogue, request)
    layout, placed = _placed(scene)
    canvas = Canvas(layout.width, layout.height)
    limits = draw_map(canvas, scene, placed, layout.frame)
    title, subtitle = page_title(request, catalogue), page_subtitle(request, catalogue)
    logos = Logos(request.partner_logo, request.departement_logo, request.logo_frames)
    draw_header(canvas, layout.header, title, subtitle, logos)
    inset, width = placed.inset is not None, layout.columns[0].width
    blocks = _blocks(scene, placed.numbered, limits, width, inset=inset)
    if not draw_panel(canvas, blocks, layout.columns):
        raise PageError("La légende ne tient pas sur la page : retirez des couches.")
    draw_foot(canvas, layout.foot, layout.frame, _notes(scene, placed.lost))
    alternative = (
        f"Carte au 1:{layout.frame.scale} : {title}. {subtitle}. "
        f"{plural(len(scene.ground.own), 'commune')}, {plural(len(placed.circles), 'opération')}."
    )
    return Page(Told(title, alternative, request.day), canvas, layout, placed, scene.side)


def _check_captions(catalogue: Catalogue, captions: Mapping[str, str]) -> None:
    if not captions:
        return
    known = frozenset(catalogue.load(OPERATIONS)["id"])
    for operation, words in captions.items():
        if operation not in known:
            raise PageError(
                f"Légende de « {shorten(operation)} » : opération inconnue ; "
                "« atlas62 export couche operations » donne les identifiants."
            )
        if len(words) > LONGEST_TITLE:
            raise PageError(
                f"Légende de {operation}, {len(words)} caractères : "
                f"{LONGEST_TITLE} au plus sont attendus."
            )


def _scene(catalogue: Catalogue, request: PageRequest) -> Scene:
    ground = ground_of(request.perimeter, catalogue)
    content = gather(catalogue, request, ground)
    side = SIDE.get(request.perimeter.level, WIDEST_SIDE)
    if len(ground.own) > MANY_COMMUNES:
        side = min(side, NARROW_SIDE)
    return Scene(request, catalogue.reference, ground, content, side)


def _placed(scene: Scene) -> tuple[Layout, Placed]:
    """Lay the page out; again when the list of numbered communes turns out to need more room."""
    request = scene.request
    limits = _expected_limits(scene.ground)
    bounds = tuple(shapely.bounds(scene.ground.outline).tolist())
    numbered: Sequence[tuple[str, str]] = ()
    lost: Sequence[str] = ()
    inset = True
    for _ in range(_MOST_TRIES):
        blocks = partial(_blocks, scene, tuple(numbered), limits, inset=inset)
        layout = lay_out(request.paper, request.orientation, bounds, blocks, _notes(scene, lost))
        placed = place_everything(scene, layout.frame)
        inset = placed.inset is not None
        width = layout.columns[0].width
        actual = _blocks(scene, placed.numbered, limits, width, inset=inset)
        fits = draw_panel(Canvas(0, 0), actual, layout.columns)
        if fits and len(placed.lost) <= len(lost):
            return layout, placed
        lost = placed.lost
        numbered = (*placed.numbered, *placed.numbered[:2])
    raise PageError(
        f"{len(placed.numbered)} communes n’ont pas de place pour leur nom et leur liste ne tient "
        f"pas sur une page {request.paper} : choisissez A3."
    )


def _expected_limits(ground: Ground) -> list[tuple[str, LineStyle]]:
    """Return the most limits that a map may show, to measure the legend before it is drawn."""
    count = 1 + (len(ground.epcis) > 1) + (len(ground.own) > 1)
    return [("Limite du département", COMMUNE_LINE)] * count


def _blocks(
    scene: Scene,
    numbered: Sequence[tuple[str, str]],
    limits: Sequence[tuple[str, LineStyle]],
    width: float,
    *,
    inset: bool,
) -> list[Block]:
    content, ground = scene.content, scene.ground
    shown = [("Limite du territoire", OUTLINE_LINE), *limits]
    found = [
        operations_block(content.legend_circles(), scene.request.captions, width),
        _indicator_block(content, width),
        sites_block(content.legend_marks(), width),
        limits_block(shown, width),
        _background_block(scene, width),
        numbers_block(numbered, width),
    ]
    if not inset and scene.perimeter.level is not Level.DEPARTEMENT:
        locator = locator_block(ground.departement, ground.outline, min(width, 44.0), 27.0)
        found.append(locator)
    return [block for block in found if block]


def _background_block(scene: Scene, width: float) -> Block | None:
    background, detail = scene.content.background, detail_of(scene.perimeter)
    if background is None:
        return None
    return background_block(kinds_in(background, detail, scene.ground.outline), detail, width)


def _indicator_block(content: Content, width: float) -> Block | None:
    painted = content.painted
    if painted is None:
        return None
    vintage = f"{painted.indicator.vintage[:1].upper()}{painted.indicator.vintage[1:]}."
    note = " ".join([*painted.told, vintage])
    if painted.classes is None:
        references = painted.references(LARGEST_TOTAL)
        empty = NOTHING_KNOWN if np.isnan(painted.values).all() else NOTHING_DRAWN
        meaning = "Surface des cercles en proportion." if references else empty
        note = typeset(f"{meaning} {note}")
        return totals_block(painted.title, references, painted.rows(), note, width)
    places = LEVEL_PLURALS[painted.level]
    places = f"{places[:1].upper()}{places[1:]}"
    note = f"{painted.classes.method} {places} de tout le département. {note}"
    return classes_block(painted.title, painted.rows(), typeset(note), width)


def _notes(scene: Scene, lost: Sequence[str] = ()) -> list[str]:
    sources = [source.printed for source in scene.content.sources]
    outlines = scene.reference.coverage.origin
    background = scene.content.background
    filtered = [scene.content.filtered] if scene.content.filtered else []
    credit = [typeset(credit_of(background))] if background else []
    return [*filtered, *credit, *page_notes(sources, outlines, scene.request.day, lost)]
