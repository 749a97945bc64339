"""The page *Livrets* and its jobs, as each reader sees them."""

import datetime as dt
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from flask import request

from app.booklets.choices import choices_of, count_pages
from app.booklets.form import Form, edition_of, order_batch, order_page, read_form
from app.booklets.logos import keep_logo, keep_profile
from app.booklets.visitor import visitor_of_request
from app.exports.booklet.furniture import LARGEST_LOGO
from app.exports.booklet.press.condition import LARGEST_PROFILE
from app.exports.moment import last_change
from app.jobs.folder import PRIVATE
from app.jobs.order import Order, State
from app.jobs.queue_place import place_of
from app.jobs.register import Jobs
from app.jobs.turn_order import Asker
from app.jobs.workshop import Workshop
from app.parts.typography import shown_name
from app.readers.context import Readers
from app.settings import Settings
from app.web.addresses import BOOKLETS
from app.web.client import client_of_request
from app.web.render import Renderer
from layers.catalogue.layers import Catalogue
from layers.catalogue.selection import find_perimeter
from layers.indicators.every import list_indicators

JOBS: Final = f"{BOOKLETS}/travaux"
FILES: Final = "fichiers"
"""Folder of the logos and profiles that were given."""
MOST_BYTES: Final = 2 * LARGEST_LOGO + LARGEST_PROFILE + 500_000
"""Of a form: two logos, a profile and its texts."""


class Booklets:
    """The page and its jobs, as each reader sees them.

    Parameters
    ----------
    readers
        Who sees what.
    settings
        Choices of the operator.
    """

    def __init__(self, readers: Readers, settings: Settings) -> None:
        self.readers = readers
        self.workshop = Workshop(settings.workshop, place_of(settings))
        self.jobs = Jobs(settings.results, self.workshop, settings.client_jobs)
        self.renderer = Renderer()
        self.moment = last_change(readers.shared.catalogue)

    @property
    def catalogue(self) -> Catalogue:
        """What the reader of this request sees."""
        return self.readers.catalogue

    def own_jobs(self) -> Jobs | None:
        """Return the jobs that show layers of the reader's own, None when they have none."""
        session = self.readers.session()
        if session is None:
            return None
        return Jobs(session.folder / PRIVATE, self.workshop, self.jobs.most_each_client)

    def jobs_of(self, job_id: str) -> Jobs:
        """Return where a job is: nobody but its reader finds one that shows layers of their own."""
        own = self.own_jobs()
        return own if own and own.order(job_id) else self.jobs

    def page(self) -> str:
        """Return the page as its address asks for it; what it will draw with gets ready."""
        with suppress(OSError):
            self.workshop.wake()
        form, remarks = read_form(request.args, self.catalogue)
        own = self.readers.private()
        return self.render(
            "booklets.html",
            **choices_of(self.catalogue, form, own),
            remarks=remarks,
            asked=self.asked(),
        )

    def asked(self) -> list[State]:
        """Return the jobs that the visitor of this request asked for and did not take away."""
        visitor, own = visitor_of_request(), self.own_jobs()
        if not visitor:
            return []
        return [job for jobs in (own, self.jobs) if jobs for job in jobs.of_visitor(visitor)]

    def render(self, template: str, **values: Any) -> str:  # noqa: ANN401 - of the template
        """Return a page with the styles and scripts of this one."""
        return self.renderer.render(
            template,
            BOOKLETS,
            jobs=JOBS,
            **values,
        )

    def start(self, visitor: str) -> str:
        """Start what the form asks for, for a visitor; return the job.

        Raises
        ------
        FormError, JobError
            It cannot be done.
        """
        request.max_content_length = MOST_BYTES
        asked, _ = read_form(request.form, self.catalogue)
        folder, client = self.jobs.folder / FILES, client_of_request()
        partner, departement = (
            keep_logo(request.files.get(f"logo-{whose}"), folder, client)
            for whose in ("partenaire", "departement")
        )
        profile = keep_profile(request.files.get("profil"), folder, client)
        form = replace(asked, partner_logo=partner, departement_logo=departement, profile=profile)
        edition = edition_of(self.moment, self.readers.store.version(), dt.datetime.now(dt.UTC))
        output, what = request.form.get("sortie", ""), request.form.get("lot", "")
        if what:
            order = order_batch(
                form, what, output or "pdf", count_pages(self.catalogue, what), edition
            )
        else:
            order = order_page(form, output, self._name(form), edition)
        return self._begin(order, form, (visitor, client))

    def _begin(self, order: Order, form: Form, asker: Asker) -> str:
        session, own_jobs = self.readers.session(), self.own_jobs()
        own = self.readers.private().intersection(self._layers_of(form))
        if session is None or own_jobs is None or not own:
            return self.jobs.start(order, asker)
        edition = f"{order.edition} {session.store.version()}"
        owned = replace(
            order, owner=session.folder.name, layers=tuple(sorted(own)), edition=edition
        )
        return own_jobs.start(owned, asker)

    def _layers_of(self, form: Form) -> frozenset[str]:
        """Return the layers that a page shows: those on it, and that of its indicator."""
        chosen = self.catalogue.derive_own(list_indicators).get(form.indicator)
        return frozenset((*(form.layers or ()), chosen.brought if chosen else ""))

    def _name(self, form: Form) -> str:
        perimeter = find_perimeter(self.catalogue, form.place).perimeter
        return shown_name(self.catalogue.reference, perimeter)
