"""Booklets: the printed map page of a perimeter, as PDF, SVG and PNG.

The interface::

    perimeter, contract = read_perimeter("epci:200090751", catalogue)
    page = draw_page(catalogue, PageRequest(perimeter, paper="A4", contract=contract))
    page.to_pdf(), page.to_svg(), page.to_png(dpi=300)      # bytes
    page.title, page.layout.frame.scale, page.placed.lost    # what was drawn, at 1:scale

Everything that can go wrong is told as a French sentence: :class:`PageError` (the request),
:class:`app.exports.paper.PaperError` (the machine), ``PlaceError`` and ``LayerError`` (the data).
"""

from app.exports.booklet.page import Page, draw_page
from app.exports.booklet.request import PageError, PageRequest, read_perimeter

__all__ = ["Page", "PageError", "PageRequest", "draw_page", "read_perimeter"]
