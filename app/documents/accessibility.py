"""The declaration of accessibility: a self-audit by criterion, its rate computed from it."""

from datetime import date
from typing import Any, Final

from app.settings import EMBEDDED_DATA
from app.web.accessibility_state import STATUSES, read_audit
from layers.french.wording import format_percent
from layers.model.schema import Field
from layers.model.tables import Table

TESTS: Final = Table(
    "accessibility/tests.csv",
    (
        Field("date", "Jour", "Jour de l’essai.", "date"),
        Field("subject", "Essai", "Ce qui a été essayé."),
        Field("means", "Moyens", "Avec quoi."),
        Field("result", "Constat", "Ce qui a été vu."),
    ),
)


def accessibility_page(contact: str) -> dict[str, Any]:
    """Return what the page shows.

    Parameters
    ----------
    contact
        Of the operator; empty when none was given.
    """
    audit = read_audit()
    tests = TESTS.read(EMBEDDED_DATA).to_dict("records")
    return {
        "audit": audit,
        "statuses": STATUSES,
        "rate": format_percent(audit.rate),
        "tests": tests,
        "day": max(date.fromisoformat(test["date"]) for test in tests),
        "contact": contact,
    }
