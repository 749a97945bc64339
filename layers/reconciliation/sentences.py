"""How a finding is written: its values in French, with their unit."""

from decimal import Decimal

from layers.french.wording import format_euros, format_number
from layers.reconciliation.confrontation import Confrontation, Finding, Status, Value

STATUS_NAMES = {Status.OK: "exact", Status.KNOWN: "écart connu", Status.NEW: "écart nouveau"}


def write_value(value: Value, unit: str) -> str:
    """Write one of the two values: ``481 374,20 €``, ``255 communes``, or the text as printed."""
    if isinstance(value, str):
        return value
    if unit == "€":
        return format_euros(value, cents=True)
    space = "\u202f" if unit == "%" else "\u00a0"
    # In French the plural begins at two.
    named = unit if abs(value) >= 2 else " ".join(w.removesuffix("s") for w in unit.split())  # noqa: PLR2004
    return f"{format_number(value)}{space}{named}".rstrip()


def write_difference(confrontation: Confrontation) -> str:
    """Write the difference with its sign, to the cent for euros."""
    if confrontation.difference is None:
        return "sans nombre"
    text = write_value(abs(confrontation.difference), confrontation.unit)
    sign = {1: "+", 0: "", -1: "−"}[int(confrontation.difference.compare(Decimal(0)))]
    return f"{sign}{text}"


def write_source(confrontation: Confrontation) -> str:
    """Write where the first value is printed: document, line, words."""
    source = confrontation.source
    line = f", ligne {source.line}" if source.line else ""
    words = f" : « {source.text} »" if source.text else ""
    return f"{source.document}{line}{words}"


def write_finding(finding: Finding) -> str:
    """Write a finding in a few lines of plain text."""
    found = finding.confrontation
    first, second = finding.check.labels
    values = (
        f"{first} : {write_value(found.printed, found.unit)}",
        f"{second} : {write_value(found.computed, found.unit)}",
        f"écart : {write_difference(found)}",
    )
    lines = [
        f"{STATUS_NAMES[finding.status]} [{finding.id}] {found.subject}",
        f"  {' ; '.join(values)}",
    ]
    if found.source.document:
        lines.append(f"  source : {write_source(found)}")
    lines += [f"  {text}" for text in (found.note, finding.reason) if text]
    return "\n".join(lines)
