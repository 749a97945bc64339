"""A question in one line."""

from dataclasses import replace

from layers.gaps.candidates import Choice
from layers.gaps.measure import measure_gaps as measure
from layers.gaps.new_sites import propose_sites as propose
from layers.gaps.publics import Public
from layers.gaps.question import Question


def asked(service, threshold, changes=(), public=Public.EVERYBODY, **more):
    """Return a question about one service, or about several."""
    services = service if isinstance(service, tuple) else (service,)
    return replace(Question(services, threshold, public).changed(changes), **more)


def measure_gaps(journeys, service, threshold, changes=(), public=Public.EVERYBODY, **more):
    """Measure the gaps of a question."""
    return measure(journeys, asked(service, threshold, changes, public, **more))


def propose_sites(journeys, service, threshold, count, **choice):
    """Propose sites for everybody."""
    return propose(journeys, asked(service, threshold), Choice(count, **choice))
