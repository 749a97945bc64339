"""What the Explorer's scripts ask for when something is chosen, each written once for all readers.

A choice is asked for by an address, as a view is: the browser can ask before the choice has gone
through Dash, and keeps what it was told.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final, cast

from flask import Blueprint, Response, request

from app.explore.page import render_theme_panel, render_view_trail
from app.explore.picker import level_options, listed, picked, step_options
from app.explore.plain_table import render_plain_table
from app.explore.stores import choice_of, theme_data
from app.first_frame.drawing import Draughtsman
from app.first_frame.explorer import explorer_card, explorer_frame
from app.first_frame.page import FirstFrame
from app.gaps.address import parse_gap_view
from app.gaps.before_scripts import GapFrames
from app.gaps.calculator import GapCalculator
from app.gaps.one_at_a_time import BusyError
from app.jobs.one_turn import TurnError
from app.map.atlas import Atlas
from app.map.gathered import Window
from app.readers.layouts import render_layout, write_answer
from app.sheets.opened import opened_name, render_opened
from app.view.query import LONGEST_QUERY
from app.view.state import parse_view
from app.web.addresses import EMBED, EXPLORE, GAPS
from app.web.kept import Kept
from app.web.notice import notice
from app.web.page_address import page_of
from app.web.private import private
from app.web.static_files import StaticFile, send

Key = tuple[str, str, str]
"""Of an answer: its kind, the path and the query of its page."""
PREFIX: Final = "/choix"
MOST_BYTES: Final = 24_000_000
"""Of the answers that a process keeps in memory, fifty to a hundred and fifty kilobytes each."""


NO_SUCH_LAYER: Final = "Cette couche n’est pas de celles qui sont données par cadre."
NO_WINDOW: Final = (
    "Cadre illisible. Attendu : « ouest,sud,est,nord,zoom », en degrés, par exemple "
    "« 1.5,50,3.2,51,9 »."
)


class Answers:
    """Answers to those who see the same layers; the last ones are kept.

    Parameters
    ----------
    atlas, desk
        What they see.
    kept
        Where answers are kept, those to others too; by default they are kept nowhere else.
    draughtsman
        Draws first frames; whoever sees the same outlines may share one.
    """

    def __init__(
        self,
        atlas: Atlas,
        desk: GapCalculator,
        kept: Kept | None = None,
        draughtsman: Draughtsman | None = None,
    ) -> None:
        self.atlas = atlas
        self.desk = desk
        self._draughtsman = draughtsman or Draughtsman(atlas)
        self._gaps = GapFrames(atlas, self._draughtsman, desk)
        self._kept = Kept(MOST_BYTES) if kept is None else kept
        self._whose = object()  # tells these answers from those to others

    def layout(self, path: str, query: str) -> StaticFile:
        """Return the layout of a page."""
        key = ("layout", path, query)
        return self._found(key, lambda _: self._layout(path, query), nullcontext())

    def first_frame(self, path: str, query: str) -> FirstFrame | None:
        """Return what a page shows before any script; None for a page that has no such frame."""
        if path not in {EXPLORE, GAPS, EMBED}:
            return None
        key = ("frame", path, query)
        turn = self._draughtsman.turn
        frame = self._found(key, lambda kept: self._first_frame(path, query, kept), turn)
        return cast(FirstFrame, frame)

    def card(self, path: str, query: str) -> StaticFile:
        """Return the picture of a view of a page for who gets its link."""
        key = ("card", path, query)
        return self._found(key, lambda _: self._card(path, query), self._draughtsman.turn)

    def theme(self, query: str) -> StaticFile:
        """Return what the map, the legend and the fields show of the indicator of a view."""
        return self._kept.get((self._whose, "theme", query), lambda: self._theme(query))

    def sheet(self, query: str) -> StaticFile:
        """Return the sheet of what a view is about, the way to it, what the fields offer there."""
        return self._kept.get((self._whose, "sheet", query), lambda: self._sheet(query))

    def _found(
        self, key: Key, make: Callable[[Kept], StaticFile], turn: AbstractContextManager[object]
    ) -> StaticFile:
        """Return an answer; a refusal of *Écarts* for now is told, and asked again the next time.

        Parameters
        ----------
        make
            Makes it, and keeps what it makes beside it.
        turn
            Held meanwhile.
        """
        whose, (_, path, query) = (self._whose, *key), key

        def in_turn() -> StaticFile:
            if path == GAPS:  # what may wait for others is found before anything is held
                self._gaps.find(parse_gap_view(query, self.desk.words)[0])
            with turn:
                return self._kept.get(whose, lambda: make(self._kept))

        try:
            return self._kept.get(whose, in_turn)
        except BusyError:
            with turn:
                return make(Kept(0))

    def _layout(self, path: str, query: str) -> StaticFile:
        """Write the layout of a page."""
        return write_answer("layout", render_layout(self.atlas, self.desk, path, query))

    def _first_frame(self, path: str, query: str, kept: Kept) -> FirstFrame:
        """Draw a frame, and write the layout of the same page, which will be asked for next."""
        layout = render_layout(self.atlas, self.desk, path, query)
        kept.get((self._whose, "layout", path, query), lambda: write_answer("layout", layout))
        if path == GAPS:
            asked, _ = parse_gap_view(query, self.desk.words)
            return self._gaps.frame(asked, layout, query)
        view, _ = parse_view(query, self.atlas.vocabulary)
        table = render_plain_table(self.atlas, view, query) if view.table else None
        return explorer_frame(self.atlas, self._draughtsman, view, layout, table)

    def _card(self, path: str, query: str) -> StaticFile:
        """Draw a view for who gets its link."""
        if path == GAPS:
            asked, _ = parse_gap_view(query, self.desk.words)
            drawn = self._gaps.card(asked)
        else:
            view, _ = parse_view(query, self.atlas.vocabulary)
            drawn = explorer_card(self.atlas, self._draughtsman, view)
        return StaticFile("apercu", drawn, "png")

    def _theme(self, query: str) -> StaticFile:
        """Write what the map, the legend and the fields show of the indicator of a view."""
        view, remarks = parse_view(query, self.atlas.vocabulary)
        indicator = self.atlas.indicators[view.indicator]
        shown: dict[str, Any] = {
            "choice": choice_of(self.atlas, view),
            "theme": theme_data(self.atlas, view, remarks),
            "legend": render_theme_panel(self.atlas, view, remarks),
            "indicator": listed(indicator),
            "measure": indicator.kind,
            "levels": level_options(indicator),
            "level": str(view.level),
            "drawing": str(view.drawing or self.atlas.usual_drawing(view.indicator)),
        }
        return write_answer("theme", shown)

    def _sheet(self, query: str) -> StaticFile:
        """Write the sheet of what a view is about, the way to it, what the fields offer there."""
        view, _ = parse_view(query, self.atlas.vocabulary)
        reference = self.atlas.reference
        options = step_options(reference, view.place)
        shown: dict[str, Any] = {
            "sheet": render_opened(self.atlas, view),
            "trail": render_view_trail(self.atlas, view),
            "epcis": options["epci"],
            "communes": options["commune"],
            "picked": picked(reference, view.place),
            "name": opened_name(self.atlas, view),
        }
        return write_answer("sheet", shown)


def serve_answers(answers: Callable[[], Answers]) -> Blueprint:
    """Return the routes of the answers to whoever asks.

    Parameters
    ----------
    answers
        Gives those of the reader of the current request.
    """
    routes = Blueprint("answers", __name__, url_prefix=PREFIX)

    @routes.get("/theme")
    def theme() -> Response:
        return _answer(answers().theme(_query()))

    @routes.get("/fiche")
    def sheet() -> Response:
        return _answer(answers().sheet(_query()))

    @routes.get("/points")
    def points() -> Response:
        atlas, layer = answers().atlas, request.args.get("couche", "")
        if not atlas.is_large(layer):
            return notice(NO_SUCH_LAYER, 404)
        try:
            window = Window.parse(request.args.get("cadre", ""))
        except ValueError:
            return notice(NO_WINDOW, 400)
        return _answer(write_answer("points", atlas.gathered(layer).seen(window)))

    @routes.get("/apercu.png")
    def card() -> Response:
        try:
            drawn = answers().card(*page_of(_query()))
        except TurnError as error:
            answer = notice(str(error), error.status)
            answer.headers.update(error.headers)
            return answer
        return Response(drawn.body, content_type="image/png")

    @routes.get("/noms")
    def names() -> Response:
        # the file is named after what is in it: where it is may not be kept
        address = answers().atlas.files["search"].url
        return private(Response(status=302, headers={"Location": address}))

    return routes


def _query() -> str:
    return request.query_string[: LONGEST_QUERY + 1].decode("utf-8", "replace")


def _answer(file: StaticFile) -> Response:
    # layers may be adopted while the page is open, and some are for one reader alone
    return private(send(file))
