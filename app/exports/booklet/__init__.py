"""Booklets: the printed map page of a perimeter, as PDF, SVG and PNG, one or all of them.

The interface::

    place = find_perimeter(catalogue, "epci:200090751")   # layers.catalogue.selection
    page = draw_page(catalogue, PageRequest(place.perimeter, contract=place.contract))
    page.to_pdf(), page.to_svg(), page.to_png(dpi=300)      # bytes
    page.to_printer_pdf(profile=None)                        # bytes: bleed, inks, PDF/X-4
    page.title, page.layout.frame.scale, page.placed.lost    # what was drawn, at 1:scale

    report = preflight(page.to_pdf())                        # report.light, report.checks
    for check in report.checks:                              # check.light is « vert », « orange »…
        check.light, check.title, check.message

    batch = Batch("epci", folder, PageRequest(DEPARTEMENT, paper="A4"))   # or contrats, communes
    outcome = write_all(catalogue, batch, progress, cancelled)

``write_all`` draws in processes of its own and returns when all is done: call it from a thread or a
process that is not the one that serves. ``progress(done, total, name)`` is told of each page;
``cancelled()`` is asked several times a second. The folder then holds a file a page and
``outcome.archive``, the ZIP; after a cancel or a crash the same call goes on where it was.

Everything that can go wrong is told as a French sentence: :class:`PageError` (the request),
:class:`app.exports.paper.PaperError` (the machine), ``SaveError`` (the disk), ``PlaceError`` and
``LayerError`` (the data).
"""
